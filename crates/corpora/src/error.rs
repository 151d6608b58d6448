//! What can be wrong with a corpus. Messages read after "error: ".

use std::{
    io,
    path::{Path, PathBuf},
};

use epitome_base::spec::SpecError;
use epitome_text::UnknownLanguage;

/// Why a corpus or one of its records cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// Nothing is there.
    #[error(
        "no file or folder `{path}`\nhint: a corpus is a JSON Lines file, a folder of texts, or `sampler`"
    )]
    Missing {
        /// The path as given.
        path: PathBuf,
    },
    /// No corpus of that name was imported.
    #[error(
        "no corpus `{name}` in `{library}`, and no file or folder of that name\nhint: `epitome corpus add {name} PATH` imports it; `epitome corpus list` shows what is known"
    )]
    NotImported {
        /// The name.
        name: String,
        /// The library.
        library: PathBuf,
    },
    /// A corpus has no such split, or several and none is named.
    #[error("the corpus `{name}` has no split `{split}`; it has {known}")]
    NoSplit {
        /// The corpus.
        name: String,
        /// The split that was asked for.
        split: String,
        /// What there is.
        known: String,
    },
    /// A corpus is not what was imported.
    #[error(
        "the corpus `{name}` has changed since it was imported: its BLAKE3 is {found}, the lock says {locked}\nhint: import it again, or take it as it is with --allow-drift"
    )]
    Drift {
        /// `name:split`.
        name: String,
        /// What the lock says.
        locked: String,
        /// What the file has.
        found: String,
    },
    /// A name of a corpus cannot be read.
    #[error("`{argument}` names no corpus: {problem}")]
    Argument {
        /// What was given.
        argument: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A corpus or split is called what no folder or file can be called.
    #[error(
        "`{}` names no {what}: wanted are letters, digits, `-`, `_` and `.`, the last and `-` not at an end",
        name.escape_debug()
    )]
    Name {
        /// The name.
        name: String,
        /// `corpus` or `split`.
        what: String,
    },
    /// A perturbation is unknown or takes something else.
    #[error(transparent)]
    Perturbation(#[from] SpecError),
    /// A text would be changed after its boilerplate was left out.
    #[error("`+clean` comes last: `+{perturbation}` would change what it decides on")]
    AfterClean {
        /// The perturbation behind it.
        perturbation: String,
    },
    /// The system refused to read it.
    #[error("{path}: {error}")]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A folder without texts.
    #[error(
        "{path}: the folder holds no texts\nhint: put them into `documents/`, their references under the same names into `summaries/`"
    )]
    NoTexts {
        /// The folder.
        path: PathBuf,
    },
    /// A line is longer than a document may be.
    #[error("{path}:{line}: the line is longer than {limit} MiB")]
    LongLine {
        /// The file.
        path: String,
        /// Line number, from 1.
        line: u64,
        /// The limit.
        limit: usize,
    },
    /// A record is broken.
    #[error("{place}: {problem}")]
    Record {
        /// `file:line`, or the file.
        place: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A record's language is unknown.
    #[error("{place}: {error}")]
    Language {
        /// `file:line`, or the file.
        place: String,
        /// Which one.
        error: UnknownLanguage,
    },
    /// What reads, analyses or scores a record panicked on it.
    #[error(
        "{place}: epitome itself failed on this document: {problem}\nhint: please report it with the document"
    )]
    Panic {
        /// `file:line`, or the file.
        place: String,
        /// What the panic said.
        problem: String,
    },
    /// A corpus that is read once cannot be read for its digest.
    #[error("{origin}: it is read once, so it has no digest")]
    NoDigest {
        /// Where it comes from.
        origin: String,
    },
    /// Two records have the same id.
    #[error("{place}: the id `{id}` is used before; each document needs its own")]
    Duplicate {
        /// Where it stands the second time.
        place: String,
        /// The id.
        id: String,
    },
}

impl CorpusError {
    pub(super) fn unreadable(path: &Path, error: io::Error) -> Self {
        Self::Unreadable {
            path: path.to_owned(),
            error,
        }
    }
}
