//! The errors that end an import. Messages read after "error: ".

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
        /// The error of the operating system.
        error: io::Error,
    },
    /// An archive is broken.
    #[error("{path}: not a readable {kind} archive: {problem}")]
    Archive {
        /// The path of the archive.
        path: PathBuf,
        /// The kind of archive: `zip`, `tar` or `packed`.
        kind: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// A file of an archive is larger than the limit.
    #[error("{place}: more than {limit} MiB unpacked, which is the limit for archives")]
    TooLarge {
        /// The archive and the path in it.
        place: String,
        /// The limit in MiB.
        limit: u64,
    },
    /// A file is not in its format.
    #[error("{place}: {problem}")]
    Broken {
        /// The place of the problem: `file`, or `file:line`.
        place: String,
        /// What was found and what was expected.
        problem: String,
    },
    /// No known format fits the files.
    #[error(
        "{path}: none of the known formats fits\nhint: name one with --format; `epitome corpus formats` lists them, Parquet where epitome was built with the feature `parquet`"
    )]
    NoFormat {
        /// The path of the folder or archive.
        path: PathBuf,
    },
    /// The format fits, but no document was found.
    #[error("{path}: no document was found as `{format}`\nhint: {hint}")]
    Nothing {
        /// The path of the folder or archive.
        path: PathBuf,
        /// The name of the format.
        format: &'static str,
        /// The first warning, or what may be wrong.
        hint: String,
    },
    /// Documents were found, but not one reference.
    #[error(
        "{path}: {documents} documents were found as `{format}`, but not one reference\nhint: {hint}"
    )]
    NoReferences {
        /// The path of the folder or archive.
        path: PathBuf,
        /// The name of the format.
        format: &'static str,
        /// The number of documents.
        documents: u64,
        /// The first warning, or what may be wrong.
        hint: String,
    },
    /// The result cannot be written, or a line of it cannot be read.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
}

impl ImportError {
    /// Returns the error that the file at `path` cannot be read.
    pub(super) fn unreadable(path: &Path, error: io::Error) -> Self {
        Self::Unreadable {
            place: path.display().to_string(),
            error,
        }
    }
}
