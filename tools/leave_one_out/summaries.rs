//! The summariser `epitome` and what was tried for it.

use std::error::Error;

use epitome::{metric::Task, registry::Registry, summarise::Summariser};

use crate::{
    Asked,
    consensus::{Fusion, LeastRisk},
    idea::{Idea, LearntOn},
    measure::{self, Named, OF_SUMMARIES},
    ranker::Ranker,
    table::{self, Trial},
};

pub(crate) fn print(asked: &Asked) -> Result<(), Box<dyn Error>> {
    let trial = Trial {
        task: Task::Summaries,
        name: "summaries",
        metrics: &OF_SUMMARIES,
        others: others()?,
        measure_others: measure::summarisers,
        ideas: ideas(),
        measure: measure::summarisers,
        steepness: 20.0,
        prepare: |_| Ok(()),
    };
    table::print(&trial, asked)
}

/// Returns all other summarisers of the registry with their defaults.
fn others() -> Result<Vec<Named<dyn Summariser>>, Box<dyn Error>> {
    let registry = Registry::standard();
    let mut others = Vec::new();
    for entry in registry.summarisers() {
        if entry.name != "epitome" {
            others.push(Named {
                name: entry.name.to_owned(),
                system: registry.summariser(&entry.name.parse()?)?.value,
            });
        }
    }
    Ok(others)
}

/// The parameters of `epitome` with the values that are tried.
const EPITOME: [(&str, &[f64]); 15] = [
    ("cluster", &[0.5, 0.1, 0.3, 1.0]),
    ("growth", &[2.0, 0.0, 0.5, 1.0, 4.0]),
    ("long", &[100.0, 50.0, 70.0, 150.0]),
    ("room", &[0.05, 0.0, 0.1, 0.2]),
    ("dialogue", &[1.0, 0.0, 0.3, 2.0]),
    ("lead", &[0.35, 0.2, 0.3, 0.5]),
    ("opening", &[1.5, 0.5, 1.0, 2.0]),
    ("place", &[0.1, 0.0, 0.2, 0.3]),
    ("again", &[0.3, 0.2, 0.4]),
    ("length", &[4.0, 2.0, 6.0, 8.0]),
    ("once", &[0.4, 0.3, 0.5, 0.7]),
    ("function", &[0.5, 0.35, 0.65]),
    ("short", &[8.0, 4.0, 12.0]),
    ("title", &[4.0, 2.0, 6.0, 9.0]),
    ("quote", &[0.2, 0.0, 0.1, 0.3]),
];

/// The weights of the ranker with the values that are tried.
const RANKER: [(&str, &[f64]); 6] = [
    ("place", &[0.5, 0.1, 0.3, 1.0, 2.0]),
    ("central", &[0.5, 0.0, 0.2, 1.0]),
    ("frequent", &[1.0, 0.0, 0.5, 2.0]),
    ("title", &[1.0, 0.0, 0.5, 2.0]),
    ("words", &[0.5, 0.0, 0.25, 1.0]),
    ("growth", &[1.0, 0.0, 0.5, 2.0, 4.0]),
];

fn ideas() -> Vec<Idea<dyn Summariser>> {
    vec![
        Idea {
            name: "defaults",
            learnt_on: LearntOn::All,
            grid: Vec::new(),
            build: Box::new(|_| of_registry("epitome")),
        },
        Idea {
            name: "epitome",
            learnt_on: LearntOn::Others,
            grid: EPITOME.to_vec(),
            build: Box::new(|values| of_registry(&spec(values))),
        },
        Idea {
            name: "no-growth",
            learnt_on: LearntOn::All,
            grid: Vec::new(),
            build: Box::new(|_| of_registry("epitome(growth=0)")),
        },
        Idea {
            name: "no-room",
            learnt_on: LearntOn::All,
            grid: Vec::new(),
            build: Box::new(|_| of_registry("epitome(room=0)")),
        },
        Idea {
            name: "no-dialogue",
            learnt_on: LearntOn::All,
            grid: Vec::new(),
            build: Box::new(|_| of_registry("epitome(dialogue=0)")),
        },
        Idea {
            name: "fusion",
            learnt_on: LearntOn::Nothing,
            grid: Vec::new(),
            build: Box::new(|_| fusion(&SCORERS, false)),
        },
        Idea {
            name: "fusion-by-agreement",
            learnt_on: LearntOn::Nothing,
            grid: Vec::new(),
            build: Box::new(|_| fusion(&SCORERS, true)),
        },
        Idea {
            name: "fusion-with-epitome",
            learnt_on: LearntOn::All,
            grid: Vec::new(),
            build: Box::new(|_| fusion(&["epitome", "pac-sum", "text-rank"], true)),
        },
        Idea {
            name: "least-risk",
            learnt_on: LearntOn::All,
            grid: Vec::new(),
            build: Box::new(|_| {
                let systems = systems(&PICKERS)?;
                Ok(Box::new(LeastRisk { systems }))
            }),
        },
        Idea {
            name: "linear-ranker",
            learnt_on: LearntOn::Others,
            grid: RANKER.to_vec(),
            build: Box::new(|values| {
                let weights = std::array::from_fn(|at| values[at]);
                Ok(Box::new(Ranker { weights }))
            }),
        },
    ]
}

/// Systems of different kinds that score every sentence.
const SCORERS: [&str; 4] = ["lead", "pac-sum", "text-rank", "hits"];

/// Systems of different kinds, of whose summaries one is chosen.
const PICKERS: [&str; 7] = [
    "epitome",
    "lead",
    "pac-sum",
    "text-rank",
    "grasshopper",
    "lex-rank",
    "sum-basic",
];

fn spec(values: &[f64]) -> String {
    let pairs = EPITOME.iter().zip(values);
    let pairs: Vec<String> = pairs
        .map(|((name, _), value)| format!("{name}={value}"))
        .collect();
    format!("epitome({})", pairs.join(", "))
}

fn fusion(
    names: &[&str],
    by_agreement: bool,
) -> Result<Box<dyn Summariser>, Box<dyn Error>> {
    let systems = systems(names)?;
    Ok(Box::new(Fusion {
        systems,
        by_agreement,
    }))
}

fn systems(names: &[&str]) -> Result<Vec<Box<dyn Summariser>>, Box<dyn Error>> {
    names.iter().map(|name| of_registry(name)).collect()
}

fn of_registry(spec: &str) -> Result<Box<dyn Summariser>, Box<dyn Error>> {
    Ok(Registry::standard().summariser(&spec.parse()?)?.value)
}
