//! What can be wrong with a corpus. Messages read after "error: ".

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::text::UnknownLanguage;

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
        Self::Unreadable { path: path.to_owned(), error }
    }
}
