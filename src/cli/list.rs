//! `epitome list`: what can be named.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::{
    registry::Registry,
    run::{HUMAN, ORACLE},
    spec::{self, Entry, Parameter},
    summarise,
    text::LANGUAGES,
};

use super::{
    failure::{Code, Failure},
    output::Output,
};

/// What to list.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// Only these
    what: Option<What>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    Summarisers,
    Extractors,
    Oracles,
    Metrics,
    Languages,
}

impl ListArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let mut output = Output::new();
        let wanted = |what: What| self.what.is_none_or(|only| only == what);
        let mut section = |what: What, title: &str, entries: Vec<Listed>| {
            if !wanted(what) {
                return Ok(());
            }
            if self.json {
                return entries
                    .iter()
                    .try_for_each(|entry| output.json(&entry.json(title)));
            }
            if self.what.is_none() {
                output.line(&format!("{title}:"))?;
            }
            entries
                .iter()
                .try_for_each(|entry| output.text(&entry.text()))
        };
        section(
            What::Summarisers,
            "summarisers",
            listed(registry.summarisers(), |entry| {
                spec::parameters_of(entry, summarise::SHARED)
            }),
        )?;
        section(
            What::Extractors,
            "extractors",
            listed(registry.extractors(), |entry| entry.parameters.to_vec()),
        )?;
        section(
            What::Oracles,
            "oracles",
            [
                listed(&[ORACLE], |entry| entry.parameters.to_vec()),
                listed(&[HUMAN], |entry| entry.parameters.to_vec()),
            ]
            .into_iter()
            .flatten()
            .collect(),
        )?;
        section(
            What::Metrics,
            "metrics",
            listed(registry.metrics(), |entry| entry.parameters.to_vec()),
        )?;
        section(What::Languages, "languages", languages())?;
        output.finish()?;
        Ok(Code::Fine)
    }
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
    fn text(&self) -> String {
        let mut text = format!("  {:<16}  {}\n", self.name, self.about);
        for (name, default, about) in &self.parameters {
            let _ = writeln!(text, "  {:<16}    {name}={default}: {about}", "");
        }
        if !self.source.is_empty() {
            let _ = writeln!(text, "  {:<16}    {}", "", self.source);
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
