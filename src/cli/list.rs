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

/// List systems, metrics or languages.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// `systems`, `summarisers`, `extractors`, `oracles`, `metrics` or `languages`, or the name
    /// of one of them, such as `text-rank` [default: all]
    what: Option<String>,
    /// JSON instead of text
    #[arg(long)]
    json: bool,
}

/// Names of the lists, in order.
const FAMILIES: [&str; 5] = [
    "summarisers",
    "extractors",
    "oracles",
    "metrics",
    "languages",
];

/// Name of the first three lists together.
const SYSTEMS: &str = "systems";

impl ListArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let sections = sections(registry);
        let wanted = self.wanted(&sections)?;

        let mut output = Output::new();
        if self.json {
            let entries: Vec<Value> = wanted
                .iter()
                .flat_map(|(title, entries)| {
                    entries.iter().map(|entry| entry.json(title))
                })
                .collect();
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
                    true => output.text(&entry.whole(title, columns()))?,
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

    /// Returns the lists of the argument, or the entries with its name.
    ///
    /// # Errors
    /// Returns an error if there is no list or entry of the name.
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

        let mut found: Vec<_> = sections
            .iter()
            .map(|(title, entries)| {
                let of_name = entries.iter().filter(|entry| entry.name == what);
                (*title, of_name.collect::<Vec<&Listed>>())
            })
            .collect();
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

/// A list with its name.
type Section = (&'static str, Vec<Listed>);

/// Returns all lists.
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
    let with_limit = |entry: Listed| Listed {
        limits: limits(registry, entry.name),
        ..entry
    };
    let summarisers = summarisers.into_iter().map(with_limit).collect();
    let entries = [
        summarisers,
        extractors,
        oracles.into_iter().flatten().collect(),
        metrics,
        languages(),
    ];
    FAMILIES.into_iter().zip(entries).collect()
}

/// Returns the limits of a summariser without parameters. A summariser that is not built
/// without parameters has none here.
fn limits(registry: &Registry, name: &str) -> Limits {
    let spec = name.parse().ok();
    let built = spec.and_then(|spec| registry.summariser(&spec).ok());
    built.map_or(Limits::default(), |built| Limits {
        most_sentences: built.value.most_sentences(),
        most_steps: built.value.most_steps(),
    })
}

/// What of a document a summariser takes at most.
#[derive(Clone, Copy, Default)]
struct Limits {
    /// The largest number of sentences; `None` if there is none.
    most_sentences: Option<usize>,
    /// The largest number of steps that compare sentences; `None` if there is none.
    most_steps: Option<u64>,
}

/// An entry of a list.
struct Listed {
    name: &'static str,
    about: String,
    source: &'static str,
    limits: Limits,
    /// Name, default and description of each parameter.
    parameters: Vec<(&'static str, &'static str, String)>,
}

/// Returns the list of entries of the registry.
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
            limits: Limits::default(),
            parameters: parameters(entry),
        })
        .collect()
}

/// Returns the list of languages.
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
            limits: Limits::default(),
            parameters: Vec::new(),
        })
        .collect()
}

impl Listed {
    /// Returns the name and description.
    fn short(&self, columns: usize) -> String {
        let name = format!("  {:<NAMES$}  ", self.name);
        wrapped(&name, &self.about, columns)
    }

    /// Returns the name with the list that it is in (a summariser and an extractor may have the
    /// same name), description, parameters with their defaults, and source.
    fn whole(&self, family: &str, columns: usize) -> String {
        let name = format!("{} ({family}): ", self.name);
        let mut text = wrapped(&name, &self.about, columns);
        for (name, default, about) in &self.parameters {
            text += &wrapped("  ", &format!("{name}={default}"), columns);
            text += &wrapped("      ", about, columns);
        }
        if let Some(most) = self.limits.most_sentences {
            let limit =
                format!("at most {most} sentences of a document; it fails on others");
            text += &wrapped("  limit: ", &limit, columns);
        }
        if let Some(most) = self.limits.most_steps {
            let limit = format!(
                "at most {} thousand million steps that compare sentences; it fails on long \
                 documents in which most sentences are alike",
                most / 1_000_000_000
            );
            text += &wrapped("  limit: ", &limit, columns);
        }
        if !self.source.is_empty() {
            text += &wrapped("  source: ", self.source, columns);
        }
        text
    }

    /// Returns the entry as JSON.
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
            "most_sentences": self.limits.most_sentences,
            "most_steps": self.limits.most_steps,
            "parameters": parameters,
        })
    }
}

/// Width of the column of names.
const NAMES: usize = 20;
