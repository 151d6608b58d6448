//! What ends an import. Messages read after "error: ".

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::error::CorpusError;

/// Why a corpus cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file or folder cannot be read.
    #[error("{place}: {error}")]
    Unreadable {
        /// The path, or the archive and the path in it.
        place: String,
        /// What the system said.
        error: io::Error,
    },
    /// An archive is broken.
    #[error("{path}: not a readable {kind} archive: {problem}")]
    Archive {
        /// The archive.
        path: PathBuf,
        /// `zip` or `tar`.
        kind: &'static str,
        /// What is wrong.
        problem: String,
    },
    /// A file of an archive is larger than is read.
    #[error("{place}: more than {limit} MiB unpacked; is the archive a bomb?")]
    TooLarge {
        /// The archive and the path in it.
        place: String,
        /// The limit.
        limit: u64,
    },
    /// A file is not what its format says.
    #[error("{place}: {problem}")]
    Broken {
        /// `file`, or `file:line`.
        place: String,
        /// What was found and what was wanted.
        problem: String,
    },
    /// No format fits.
    #[error(
        "{path}: none of the known formats fits\nhint: name one with --format; `epitome corpus formats` lists them, Parquet where epitome was built with the feature `parquet`"
    )]
    NoFormat {
        /// The folder or archive.
        path: PathBuf,
    },
    /// Nothing came out.
    #[error("{path}: no document was found as `{format}`\nhint: {hint}")]
    Nothing {
        /// The folder or archive.
        path: PathBuf,
        /// The format.
        format: &'static str,
        /// What may have been wrong.
        hint: String,
    },
    /// Documents came out, but not one reference.
    #[error(
        "{path}: {documents} documents were found as `{format}`, but not one reference\nhint: {hint}"
    )]
    NoReferences {
        /// The folder or archive.
        path: PathBuf,
        /// The format.
        format: &'static str,
        /// How many documents.
        documents: u64,
        /// The first thing that was amiss.
        hint: String,
    },
    /// The result cannot be written, or a line of it cannot be read.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
}

impl ImportError {
    /// That a file cannot be read.
    pub(super) fn unreadable(path: &Path, error: io::Error) -> Self {
        Self::Unreadable {
            place: path.display().to_string(),
            error,
        }
    }
}
