//! The errors of corpora and their records. Messages read after "error: ".

use std::{
    io,
    path::{Path, PathBuf},
};

use epitome_base::spec::SpecError;
use epitome_text::UnknownLanguage;

/// Why a corpus or one of its records cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// No file or folder has this path.
    #[error(
        "no file or folder `{path}`\nhint: a corpus is a file of JSON, CSV or TSV, a folder of texts, `-` or `sampler`"
    )]
    Missing {
        /// The path as the user wrote it.
        path: PathBuf,
    },
    /// No corpus of this name has been imported.
    #[error(
        "no corpus `{name}` in `{library}`, and no file or folder of that name\nhint: `epitome corpus add {name} PATH` imports it; `epitome corpus list` shows what is known"
    )]
    NotImported {
        /// The name of the corpus.
        name: String,
        /// The folder of the library.
        library: PathBuf,
    },
    /// The corpus has no split of this name, or it has several and none is named.
    #[error("the corpus `{name}` has no split `{split}`; it has {known}")]
    NoSplit {
        /// The name of the corpus.
        name: String,
        /// The name of the split.
        split: String,
        /// The names of its splits.
        known: String,
    },
    /// The corpus differs from what was imported.
    #[error(
        "the corpus `{name}` has changed since it was imported: its BLAKE3 is {found}, the lock says {locked}\nhint: import it again, or take it as it is with --allow-drift"
    )]
    Drift {
        /// The corpus and split as `name:split`.
        name: String,
        /// The digest in the lock.
        locked: String,
        /// The digest of the file.
        found: String,
    },
    /// The name of a corpus cannot be read.
    #[error("`{argument}` names no corpus: {problem}")]
    Argument {
        /// The text that should name a corpus.
        argument: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The name of a corpus or split cannot be that of a folder or file.
    #[error(
        "`{}` names no {what}: use letters, digits, `-`, `_` and `.`, without `-` and `.` at the ends",
        name.escape_debug()
    )]
    Name {
        /// The name that is refused.
        name: String,
        /// The kind of name: `corpus` or `split`.
        what: String,
    },
    /// A perturbation is unknown or has a parameter that is refused.
    #[error(transparent)]
    Perturbation(#[from] SpecError),
    /// A perturbation would change a text after its boilerplate was dropped.
    #[error("`+clean` comes last: `+{perturbation}` would change what it decides on")]
    AfterClean {
        /// The perturbation that follows `+clean`.
        perturbation: String,
    },
    /// The operating system refused to read a file or folder.
    #[error("{path}: {error}")]
    Unreadable {
        /// The path of the file or folder.
        path: PathBuf,
        /// The error of the operating system.
        error: io::Error,
    },
    /// The folder contains no texts.
    #[error(
        "{path}: the folder holds no texts\nhint: put them into `documents/`, their references under the same names into `summaries/`; `epitome corpus add NAME {path}` imports other formats"
    )]
    NoTexts {
        /// The path of the folder.
        path: PathBuf,
    },
    /// A line is longer than a document may be.
    #[error("{path}:{line}: the line is longer than {limit} MiB")]
    LongLine {
        /// The path of the file.
        path: String,
        /// The line number, from 1.
        line: u64,
        /// The greatest length in MiB.
        limit: usize,
    },
    /// An importer cannot read the file; the text is that of its error.
    #[error("{0}")]
    Import(String),
    /// A record is broken.
    #[error("{place}: {problem}")]
    Record {
        /// The place of the record: `file:line`, or the file.
        place: String,
        /// What is wrong with the record.
        problem: String,
    },
    /// The language of a record is unknown.
    #[error("{place}: {error}")]
    Language {
        /// The place of the record: `file:line`, or the file.
        place: String,
        /// The language that is unknown.
        error: UnknownLanguage,
    },
    /// The program panicked when it read, analysed or scored a record.
    #[error(
        "{place}: epitome itself failed on this document: {problem}\nhint: please report it with the document"
    )]
    Panic {
        /// The place of the record: `file:line`, or the file.
        place: String,
        /// The message of the panic.
        problem: String,
    },
    /// A corpus that can be read only once has no digest.
    #[error("{origin}: it is read once, so that it has no digest")]
    NoDigest {
        /// The place of the corpus.
        origin: String,
    },
    /// Two records have the same id.
    #[error("{place}: the id `{id}` occurs twice; each document needs its own")]
    Duplicate {
        /// The place of the second record.
        place: String,
        /// The id that is used twice.
        id: String,
    },
}

impl CorpusError {
    /// Returns the error of an importer.
    pub(super) fn of_import(error: &impl std::fmt::Display) -> Self {
        Self::Import(error.to_string())
    }

    pub(super) fn unreadable(path: &Path, error: io::Error) -> Self {
        Self::Unreadable {
            path: path.to_owned(),
            error,
        }
    }
}
