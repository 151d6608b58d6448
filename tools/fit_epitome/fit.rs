//! The defaults, and how they carry over to a corpus that they were not fitted on.

use std::{collections::BTreeMap, error::Error, path::Path};

use crate::{
    corpora::{self, Corpus},
    measure::{METRICS, best, measure, others},
};

/// Documents of a corpus that are looked at.
const LIMIT: usize = 400;

/// The values that are tried, one parameter after the other, from the first on.
const GRID: [(&str, &[f64]); 10] = [
    ("lead", &[0.35, 0.2, 0.3, 0.4, 0.5]),
    ("opening", &[1.5, 0.5, 1.0, 2.0]),
    ("place", &[0.1, 0.0, 0.2, 0.3]),
    ("again", &[0.3, 0.2, 0.25, 0.4]),
    ("length", &[4.0, 2.0, 3.0, 5.0, 6.0]),
    ("once", &[0.4, 0.2, 0.3, 0.5, 0.7]),
    ("function", &[0.5, 0.25, 0.35, 0.65]),
    ("short", &[8.0, 4.0, 12.0, 20.0]),
    ("title", &[4.0, 3.0, 6.0, 9.0]),
    ("quote", &[0.2, 0.0, 0.1, 0.3]),
];

type Values = [f64; GRID.len()];

/// Fits on all corpora, then on all but each.
pub(crate) fn print(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut fit = Fit::new(corpora::read(folder, LIMIT)?)?;
    println!("all: {}", spec(&fit.best(None)?));
    for held_out in 0..fit.corpora.len() {
        let values = fit.best(Some(held_out))?;
        let utility = fit.utilities(&values)?[held_out];
        let name = fit.corpora[held_out].name;
        println!("without {name}: {utility:+.3} on it with {}", spec(&values));
    }
    Ok(())
}

/// The system that these values make.
fn spec(values: &Values) -> String {
    let pairs = GRID
        .iter()
        .zip(values)
        .map(|((name, _), value)| format!("{name}={value}"));
    format!("epitome({})", pairs.collect::<Vec<_>>().join(", "))
}

struct Fit {
    corpora: Vec<Corpus>,
    /// For each corpus and budget what the best other system has.
    to_beat: Vec<Vec<[f64; METRICS.len()]>>,
    known: BTreeMap<String, Vec<f64>>,
}

impl Fit {
    fn new(corpora: Vec<Corpus>) -> Result<Self, Box<dyn Error>> {
        let mut to_beat = Vec::new();
        for corpus in &corpora {
            let mut of_budgets = Vec::new();
            for budget in corpus.budgets {
                let others = others(corpus, budget)?;
                of_budgets.push([0, 1].map(|metric| best(&others, metric).mean(metric)));
            }
            to_beat.push(of_budgets);
        }
        Ok(Self {
            corpora,
            to_beat,
            known: BTreeMap::new(),
        })
    }

    /// The values of the largest utility, found one parameter at a time in two rounds.
    fn best(&mut self, held_out: Option<usize>) -> Result<Values, Box<dyn Error>> {
        let mut values = GRID.map(|(_, tried)| tried[0]);
        let mut utility = self.utility(&values, held_out)?;
        for _ in 0..2 {
            for (at, (_, tried)) in GRID.iter().enumerate() {
                for &value in *tried {
                    let mut next = values;
                    next[at] = value;
                    let found = self.utility(&next, held_out)?;
                    if found > utility + 1e-9 {
                        (values, utility) = (next, found);
                    }
                }
            }
        }
        Ok(values)
    }

    fn utility(
        &mut self,
        values: &Values,
        held_out: Option<usize>,
    ) -> Result<f64, Box<dyn Error>> {
        let utilities = self.utilities(values)?;
        let corpora = self.corpora.iter().zip(utilities).enumerate();
        let counted = corpora.filter(|&(at, _)| Some(at) != held_out);
        Ok(counted
            .map(|(_, (corpus, utility))| weight(corpus.name) * utility)
            .sum())
    }

    /// For each corpus the mean over its budgets of `tanh(30 d₁) + ½ tanh(15 d₂)`, `d`
    /// being the relative difference to the best other system by ROUGE-1 and ROUGE-2: a
    /// large win on one corpus does not pay for losses on many.
    fn utilities(&mut self, values: &Values) -> Result<Vec<f64>, Box<dyn Error>> {
        let spec = spec(values);
        if let Some(known) = self.known.get(&spec) {
            return Ok(known.clone());
        }
        let mut utilities = Vec::new();
        for (corpus, to_beat) in self.corpora.iter().zip(&self.to_beat) {
            let mut sum = 0.0;
            for (&budget, to_beat) in corpus.budgets.iter().zip(to_beat) {
                let ours = measure(&spec, corpus, budget)?;
                let off = |metric| ours.mean(metric) / to_beat[metric] - 1.0;
                sum += (30.0 * off(0)).tanh() + 0.5 * (15.0 * off(1)).tanh();
            }
            utilities.push(sum / to_beat.len() as f64);
        }
        self.known.insert(spec, utilities.clone());
        Ok(utilities)
    }
}

/// Small sets, and those that share their texts with others, count less; news more.
fn weight(corpus: &str) -> f64 {
    match corpus {
        "cnndm1000" => 1.5,
        "summeval" | "newsroom60" => 0.6,
        "summa10" => 0.3,
        _ => 1.0,
    }
}
