//! The errors of embedders.

use std::path::{Path, PathBuf};

use epitome_plugin::PluginError;

/// The reason why an embedder was refused. The message reads well after "error: ".
#[derive(Debug, thiserror::Error)]
pub enum EmbedderError {
    /// A text does not say which embedder is meant.
    #[error(
        "`{text}` is no embedder: {problem}\nhint: `--embedder NAME=static:FOLDER`, with the NAME that systems use: `key-bert(embedder=NAME)`"
    )]
    Declaration {
        /// The text as given.
        text: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A file cannot be read, or does not contain what it should.
    #[error("{}: {problem}", path.display())]
    File {
        /// The path of the file or folder.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// This build of the program cannot read the source.
    #[error(
        "this program was built without {what}\nhint: `cargo build --features {feature}`"
    )]
    NotBuilt {
        /// What is missing.
        what: &'static str,
        /// The feature that adds it.
        feature: &'static str,
    },
    /// It is a program, which does not start or is no embedder.
    #[error(transparent)]
    Plugin(#[from] PluginError),
}

impl EmbedderError {
    /// Returns the error of a file.
    pub(crate) fn file(path: &Path, problem: &impl ToString) -> Self {
        Self::File {
            path: path.to_owned(),
            problem: problem.to_string(),
        }
    }
}
