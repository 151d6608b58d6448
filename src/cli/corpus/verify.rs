//! `epitome corpus verify`: are imported corpora what they were, and what is published?

use clap::Args;

use crate::{
    cli::{
        failure::{Code, Failure},
        output::Output,
    },
    corpus::{Lock, Manifest, Shelf},
};

use super::LibraryArgs;

/// What to check.
#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// Names of imported corpora; all without any
    names: Vec<String>,
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
            false => self.names,
        };
        if names.is_empty() {
            return Ok(Code::NothingToDo);
        }
        let mut output = Output::new();
        let mut changed = 0;
        for name in names {
            let Some(lock) = Lock::read(&library.folder(&name))? else {
                return Err(Failure::input(format!("no corpus `{name}` was imported")));
            };
            let known = Manifest::named(&name);
            for (split, locked) in &lock.splits {
                let shelf = Shelf { library: library.clone(), ..Shelf::default() };
                let corpus = shelf.open(&format!("{name}:{split}"))?;
                match corpus.digest() {
                    Ok(_) => output.line(&format!(
                        "{name}:{split}: {} records, unchanged",
                        locked.records
                    ))?,
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

/// Where an imported corpus is not what is published.
pub(super) fn differences(manifest: &Manifest, lock: &Lock) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (split, locked) in &lock.splits {
        let Some(known) = manifest.splits.get(split) else {
            continue;
        };
        if known.records != locked.records {
            let (found_, known) = (locked.records, known.records);
            found.push((
                split.clone(),
                format!("{found_} records; {known} are published"),
            ));
        } else if known.content.as_ref().is_some_and(|content| *content != locked.content)
        {
            let problem = "as many records as are published, but other texts".to_owned();
            found.push((split.clone(), problem));
        }
    }
    found
}
