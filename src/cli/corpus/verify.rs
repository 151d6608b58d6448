//! `epitome corpus verify`: compares imported corpora with their lock files and the published
//! versions.

use clap::Args;
use serde::Serialize;
use serde_json::json;

use crate::{
    cli::{
        failure::{Code, Failure},
        output::Output,
    },
    corpus::{CorpusLock, CorpusManifest, CorpusOpener, Library, LockedSplit},
    name::FileName,
};

use super::library::LibraryArgs;

/// Check imported corpora.
#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// Names of imported corpora [default: all]
    names: Vec<FileName>,
    #[command(flatten)]
    library: LibraryArgs,
    /// JSON instead of text
    #[arg(long)]
    json: bool,
}

/// The result of checking a split.
#[derive(Serialize)]
struct CheckedSplit {
    corpus: String,
    split: String,
    records: u64,
    /// Whether the file is the same as when it was imported, by its lock file.
    unchanged: bool,
    /// Whether its contents are those of the published version.
    as_published: bool,
    /// Message about a difference.
    problem: Option<String>,
}

impl VerifyArgs {
    /// Reads every file and compares it with the lock file, and counts and contents with the
    /// published version if it is known. The exit code is 2 if a file has changed.
    pub(super) fn run(self) -> Result<Code, Failure> {
        let library = self.library.library();
        let names = match self.names.is_empty() {
            true => library.names()?,
            false => self.names.iter().map(ToString::to_string).collect(),
        };
        if names.is_empty() {
            return Ok(Code::NothingToDo);
        }
        let mut found = Vec::new();
        for name in &names {
            found.extend(check(&library, name)?);
        }

        let mut output = Output::new();
        match self.json {
            true => output.answer("corpus verify", &json!({ "splits": found }))?,
            false => {
                for split in &found {
                    output.text(&split.lines())?;
                }
            }
        }
        output.finish()?;
        match found.iter().filter(|split| !split.unchanged).count() {
            0 => Ok(Code::Fine),
            changed => Err(Failure::input(format!("{changed} splits have changed"))),
        }
    }
}

/// Checks every split of an imported corpus.
fn check(library: &Library, name: &str) -> Result<Vec<CheckedSplit>, Failure> {
    let Some(lock) = CorpusLock::read(&library.folder(name))? else {
        return Err(Failure::input(format!("no corpus `{name}` was imported")));
    };
    let known = CorpusManifest::named(name);
    let is_published = |split: &str, locked: &LockedSplit| {
        known
            .as_ref()
            .is_some_and(|known| is_published(known, split, locked))
    };
    let here = CorpusOpener {
        library: library.clone(),
        ..CorpusOpener::default()
    };

    let mut found = Vec::new();
    for (split, locked) in &lock.splits {
        let digest = here.open(&format!("{name}:{split}"))?.digest();
        let unchanged = digest.is_ok();
        let published = known.as_ref().and_then(|it| it.splits.get(split));
        let differs = published.and_then(|published| published.difference(locked));
        found.push(CheckedSplit {
            corpus: name.to_owned(),
            split: split.clone(),
            records: locked.records,
            unchanged,
            as_published: unchanged && is_published(split, locked),
            problem: digest.err().map(|error| error.to_string()).or(differs),
        });
    }
    Ok(found)
}

impl CheckedSplit {
    /// Returns the result as lines of text.
    fn lines(&self) -> String {
        let Self {
            corpus,
            split,
            records,
            ..
        } = self;
        let problem = self.problem.as_deref().unwrap_or_default();
        if !self.unchanged {
            return format!("{problem}\n");
        }

        let published = if self.as_published {
            ", as published"
        } else {
            ""
        };
        let checked =
            format!("{corpus}:{split}: {records} records, unchanged{published}\n");
        if problem.is_empty() {
            return checked;
        }
        format!("{checked}{corpus}:{split}: {problem}\n")
    }
}

/// Returns whether the published texts of a split are known, and are those that were imported.
fn is_published(manifest: &CorpusManifest, split: &str, locked: &LockedSplit) -> bool {
    let known = manifest
        .splits
        .get(split)
        .and_then(|split| split.content.as_ref());
    known.is_some_and(|content| *content == locked.content)
}

/// Returns the splits of an imported corpus that differ from the published version, with messages.
pub(super) fn differences(
    manifest: &CorpusManifest,
    lock: &CorpusLock,
) -> Vec<(String, String)> {
    lock.splits
        .iter()
        .filter_map(|(split, locked)| {
            let difference = manifest.splits.get(split)?.difference(locked)?;
            Some((split.clone(), difference))
        })
        .collect()
}
