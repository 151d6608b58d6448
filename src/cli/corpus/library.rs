//! The folder of imported corpora.

use std::path::PathBuf;

use clap::Args;

use crate::corpus::Library;

/// The folder of imported corpora.
#[derive(Debug, Args)]
pub(super) struct LibraryArgs {
    /// Folder of imported corpora
    #[arg(long, value_name = "FOLDER", default_value = "corpora")]
    corpora: PathBuf,
}

impl LibraryArgs {
    pub(super) fn library(&self) -> Library {
        Library::at(&self.corpora)
    }
}
