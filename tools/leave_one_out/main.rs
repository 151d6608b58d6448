//! Measures the methods `epitome` of this project on corpora that they are not fitted on:
//! every open corpus is left out once, the fit sees the others, and the score is of the
//! corpus left out.
//!
//! ```text
//! leave_one_out summaries|keyphrases SHARED [--kept FOLDER] [--idea NAME]… [--fit]
//!     [--fingerprints FILE] [NAME=PATH]…
//! ```
//!
//! `SHARED` is the folder that holds `corpora`; `NAME=PATH` adds a corpus (module `corpora`).
//! With `--kept`, scores of other systems are read from `FOLDER` if they are there, else
//! written to it. `--idea` measures this idea only. `--fit` prints the parameters that are
//! searched on all corpora, in place of scores; `--fingerprints FILE` writes the fingerprints of the
//! documents that the fit looks at, by which runs mark scores on them. `scripts/leave-one-out` calls
//! it.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of tables"
)]

mod consensus;
mod corpora;
mod fingerprints;
mod idea;
mod kept;
mod keywords;
mod measure;
mod phrases;
mod ranker;
mod summaries;
mod table;
mod verdict;

use std::{error::Error, path::PathBuf};

use epitome::metric::Task;

/// What is asked for.
#[derive(Default)]
pub(crate) struct Asked {
    pub(crate) shared: PathBuf,
    /// The folder of scores that are kept.
    pub(crate) kept: Option<PathBuf>,
    /// The ideas to be measured; all if there are none.
    pub(crate) ideas: Vec<String>,
    /// Corpora in addition, as `NAME=FILE`.
    pub(crate) more: Vec<String>,
    /// Whether the parameters that are fitted on all corpora are printed instead.
    pub(crate) fit: bool,
    /// The file that fingerprints are written to instead.
    pub(crate) fingerprints: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let task = arguments.next().unwrap_or_default();
    let mut asked = Asked::default();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--kept" => asked.kept = Some(arguments.next().ok_or("no folder")?.into()),
            "--idea" => asked.ideas.push(arguments.next().ok_or("no idea")?),
            "--fit" => asked.fit = true,
            "--fingerprints" => {
                asked.fingerprints = Some(arguments.next().ok_or("no file")?.into());
            }
            more if more.contains('=') => asked.more.push(more.to_owned()),
            shared => asked.shared = shared.into(),
        }
    }

    match (task.as_str(), &asked.fingerprints) {
        ("summaries", Some(file)) => fingerprints::write(Task::Summaries, &asked, file),
        ("keyphrases", Some(file)) => fingerprints::write(Task::Keyphrases, &asked, file),
        ("summaries", None) => summaries::print(&asked),
        ("keyphrases", None) => keywords::print(&asked),
        _ => Err("usage: leave_one_out summaries|keyphrases SHARED [NAME=PATH]…".into()),
    }
}
