//! Why a site cannot be made.

use std::{io, path::PathBuf};

use epitome_engine::run::StoreError;
use epitome_report::TableError;

/// Why a site cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// A place cannot be searched.
    #[error("{path}: {error}")]
    Place {
        /// Path of the place.
        path: PathBuf,
        /// What is wrong.
        error: io::Error,
    },
    /// A place holds no run.
    #[error(
        "{path}: neither it nor a folder in it has a `leaderboard.csv`\nhint: `epitome run` makes a run, and its folder or a folder of such folders is what a site is made of"
    )]
    NoRun {
        /// Path of the place.
        path: PathBuf,
    },
    /// A table is not the one that the run ended with.
    #[error(
        "{path}: it has changed since the run: its BLAKE3 digest is {found}, and the manifest beside it says {wanted}"
    )]
    Changed {
        /// Path of the table.
        path: PathBuf,
        /// Digest of the file.
        found: String,
        /// Digest in the manifest.
        wanted: String,
    },
    /// A manifest cannot be read.
    #[error(transparent)]
    Manifest(#[from] StoreError),
    /// A table cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A table of languages cannot be read.
    #[error("{path}: {error}")]
    Languages {
        /// Path of the table.
        path: PathBuf,
        /// What is wrong.
        error: csv::Error,
    },
    /// A template cannot be rendered with its data.
    #[error("the template of the site: {0}")]
    Template(#[from] minijinja::Error),
}
