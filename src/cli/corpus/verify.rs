//! `epitome corpus verify`: are imported corpora what they were, and what is published?

use clap::Args;

use crate::{
    cli::{
        failure::{Code, Failure},
        output::Output,
    },
    corpus::{CorpusLock, CorpusManifest, CorpusOpener, LockedSplit},
    name::FileName,
};

use super::library::LibraryArgs;

/// What to check.
#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// Names of imported corpora; all without any
    names: Vec<FileName>,
    #[command(flatten)]
    library: LibraryArgs,
}

impl VerifyArgs {
    /// Every file is read and compared with the lock; counts and contents are compared
    /// with the manifest where there is one. Ends with exit code 2 where a file changed.
    pub(super) fn run(self) -> Result<Code, Failure> {
        let library = self.library.library();
        let names = match self.names.is_empty() {
            true => library.names()?,
            false => self.names.iter().map(ToString::to_string).collect(),
        };
        if names.is_empty() {
            return Ok(Code::NothingToDo);
        }
        let mut output = Output::new();
        let mut changed = 0;
        for name in names {
            let Some(lock) = CorpusLock::read(&library.folder(&name))? else {
                return Err(Failure::input(format!("no corpus `{name}` was imported")));
            };
            let known = CorpusManifest::named(&name);
            for (split, locked) in &lock.splits {
                let here = CorpusOpener {
                    library: library.clone(),
                    ..CorpusOpener::default()
                };
                let corpus = here.open(&format!("{name}:{split}"))?;
                match corpus.digest() {
                    Ok(_) => {
                        let published = known
                            .as_ref()
                            .is_some_and(|known| is_published(known, split, locked));
                        let published = if published { ", as published" } else { "" };
                        let records = locked.records;
                        output.line(&format!(
                            "{name}:{split}: {records} records, unchanged{published}"
                        ))?;
                    }
                    Err(error) => {
                        changed += 1;
                        output.line(&error.to_string())?;
                    }
                }
            }
            for (split, problem) in
                known.iter().flat_map(|known| differences(known, &lock))
            {
                output.line(&format!("{name}:{split}: {problem}"))?;
            }
        }
        output.finish()?;
        match changed {
            0 => Ok(Code::Fine),
            _ => Err(Failure::input(format!("{changed} splits have changed"))),
        }
    }
}

/// Whether the texts of a split are known and these are they.
fn is_published(manifest: &CorpusManifest, split: &str, locked: &LockedSplit) -> bool {
    let known = manifest
        .splits
        .get(split)
        .and_then(|split| split.content.as_ref());
    known.is_some_and(|content| *content == locked.content)
}

/// Where an imported corpus is not what is published.
pub(super) fn differences(
    manifest: &CorpusManifest,
    lock: &CorpusLock,
) -> Vec<(String, String)> {
    let known = |split: &String| manifest.splits.get(split);
    let found = lock.splits.iter().filter_map(|(split, locked)| {
        Some((split.clone(), known(split)?.difference(locked)?))
    });
    found.collect()
}
