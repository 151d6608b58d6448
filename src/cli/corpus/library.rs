//! Where imported corpora are.

use std::path::PathBuf;

use clap::Args;

use crate::corpus::Library;

/// Where imported corpora are.
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
