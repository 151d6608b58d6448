//! `epitome list`: what can be named.

use clap::Args;
use serde_json::{Value, json};

use crate::{
    registry::Registry,
    run::{HUMAN, ORACLE},
    spec::{self, Entry, Parameter, SpecError},
    summarise,
    text::LANGUAGES,
};

use super::{
    failure::{Code, Failure},
    output::Output,
    width::{columns, wrapped},
};

/// What to list.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// Only these: `systems`, `summarisers`, `extractors`, `oracles`, `metrics`, `languages`,
    /// or the name of one of them, such as `text-rank`
    what: Option<String>,
    /// JSON instead of text
    #[arg(long)]
    json: bool,
}

/// What `list` knows, in its order.
const FAMILIES: [&str; 5] = [
    "summarisers",
    "extractors",
    "oracles",
    "metrics",
    "languages",
];

/// The first three of them together.
const SYSTEMS: &str = "systems";

impl ListArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let sections = sections(registry);
        let wanted = self.wanted(&sections)?;
        let mut output = Output::new();
        if self.json {
            let of_family = |(title, entries): &(&str, Vec<&Listed>)| {
                entries
                    .iter()
                    .map(|entry| entry.json(title))
                    .collect::<Vec<_>>()
            };
            let entries: Vec<Value> = wanted.iter().flat_map(of_family).collect();
            output.answer("list", &json!({ "entries": entries }))?;
            output.finish()?;
            return Ok(Code::Fine);
        }
        let is_entry = self
            .what
            .as_deref()
            .is_some_and(|what| what != SYSTEMS && !FAMILIES.contains(&what));
        for (title, entries) in wanted {
            if self.what.is_none() {
                output.line(&format!("{title}:"))?;
            }
            for entry in entries {
                match is_entry {
                    true => output.text(&entry.whole(columns()))?,
                    false => output.text(&entry.short(columns()))?,
                }
            }
        }
        if !is_entry {
            output
                .line("`epitome list NAME` shows the parameters and the source of one")?;
        }
        output.finish()?;
        Ok(Code::Fine)
    }

    /// The sections that are wanted, or those of what has the name.
    fn wanted<'a>(
        &self,
        sections: &'a [Section],
    ) -> Result<Vec<(&'static str, Vec<&'a Listed>)>, Failure> {
        let all = |sections: &'a [Section]| {
            sections
                .iter()
                .map(|(title, entries)| (*title, entries.iter().collect()))
        };
        let Some(what) = self.what.as_deref() else {
            return Ok(all(sections).collect());
        };
        if what == SYSTEMS {
            return Ok(all(&sections[..3]).collect());
        }
        if let Some(at) = FAMILIES.iter().position(|family| *family == what) {
            return Ok(all(&sections[at..=at]).collect());
        }
        let of_this_name = |(title, entries): &'a Section| {
            let of_name = entries.iter().filter(|entry| entry.name == what);
            (*title, of_name.collect::<Vec<&Listed>>())
        };
        let mut found: Vec<_> = sections.iter().map(of_this_name).collect();
        found.retain(|(_, entries)| !entries.is_empty());
        if found.is_empty() {
            let names = sections.iter().flat_map(|(_, entries)| entries);
            let names = names.map(|entry| entry.name);
            let names = FAMILIES.into_iter().chain([SYSTEMS]).chain(names);
            return Err(SpecError::unknown_name("list or entry", what, names).into());
        }
        Ok(found)
    }
}

/// A family with all that can be named in it.
type Section = (&'static str, Vec<Listed>);

/// Everything that can be named, by family.
fn sections(registry: &Registry) -> Vec<Section> {
    let summarisers = listed(registry.summarisers(), |entry| {
        spec::parameters_of(entry, summarise::SHARED)
    });
    let extractors = listed(registry.extractors(), |entry| entry.parameters.to_vec());
    let oracles = [ORACLE, HUMAN].map(|entry| {
        listed(std::slice::from_ref(&entry), |entry| {
            entry.parameters.to_vec()
        })
    });
    let metrics = listed(registry.metrics(), |entry| entry.parameters.to_vec());
    let entries = [
        summarisers,
        extractors,
        oracles.into_iter().flatten().collect(),
        metrics,
        languages(),
    ];
    FAMILIES.into_iter().zip(entries).collect()
}

/// One thing that can be named.
struct Listed {
    name: &'static str,
    about: String,
    source: &'static str,
    parameters: Vec<(&'static str, &'static str, String)>,
}

fn listed<T: ?Sized>(
    entries: &[Entry<T>],
    parameters_of: impl Fn(&Entry<T>) -> Vec<Parameter>,
) -> Vec<Listed> {
    let parameters = |entry: &Entry<T>| {
        let listed = |parameter: &Parameter| {
            let about = format!("{}; {}", parameter.about, parameter.kind.wanted());
            (parameter.name, parameter.default, about)
        };
        parameters_of(entry).iter().map(listed).collect()
    };
    entries
        .iter()
        .map(|entry| Listed {
            name: entry.name,
            about: entry.about.to_owned(),
            source: entry.source,
            parameters: parameters(entry),
        })
        .collect()
}

fn languages() -> Vec<Listed> {
    LANGUAGES
        .iter()
        .map(|entry| Listed {
            name: entry.code,
            about: format!(
                "{}: stemmer {}, stop words {}",
                entry.name,
                entry.stemmer_name(),
                entry.stop_list_name()
            ),
            source: "",
            parameters: Vec::new(),
        })
        .collect()
}

impl Listed {
    /// Returns the name and what it is.
    fn short(&self, columns: usize) -> String {
        let name = format!("  {:<NAMES$}  ", self.name);
        wrapped(&name, &self.about, columns)
    }

    /// Returns the name, what it is, its parameters with their defaults, and its source.
    fn whole(&self, columns: usize) -> String {
        let mut text = format!("{}: {}\n", self.name, self.about);
        for (name, default, about) in &self.parameters {
            text += &wrapped("  ", &format!("{name}={default}"), columns);
            text += &wrapped("      ", about, columns);
        }
        if !self.source.is_empty() {
            text += &wrapped("  source: ", self.source, columns);
        }
        text
    }

    fn json(&self, family: &str) -> Value {
        let parameters: Vec<Value> = self
            .parameters
            .iter()
            .map(|(name, default, about)| {
                json!({ "name": name, "default": default, "about": about })
            })
            .collect();
        json!({
            "family": family,
            "name": self.name,
            "about": self.about,
            "source": self.source,
            "parameters": parameters,
        })
    }
}

/// The width of the column of names.
const NAMES: usize = 20;
