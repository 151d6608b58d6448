//! Reads the folder of a run, from which all tables and pages are made.

use std::path::{Path, PathBuf};

use epitome_engine::run::{
    ContentsError, FailureRow, Kept, Layout, RunManifest, StoreError, StoredRows, checked,
};
use epitome_engine::timing::{self, Timing, TimingError};

use super::{
    across::{AcrossStanding, read_across},
    comparison::{Comparison, read_comparisons},
    leaderboard::Leaderboard,
    table_file::{self, TableError},
};

/// The tables and the manifest of a run. The rows of its documents are read one at a time by
/// [`documents`](Self::documents).
#[derive(Debug, Clone)]
pub struct Results {
    /// Folder of the run.
    pub folder: PathBuf,
    /// Manifest, restricted to what is shown.
    pub manifest: RunManifest,
    /// Manifest of the whole run.
    pub recorded: RunManifest,
    /// A row for each corpus, system and metric.
    pub leaderboard: Leaderboard,
    /// Comparisons of pairs of systems.
    pub comparisons: Vec<Comparison>,
    /// Measurements of `bench` for the systems of the run.
    pub timings: Vec<Timing>,
    /// Failures of systems and metrics.
    pub failures: Vec<FailureRow>,
    /// Rankings of systems over documents and over corpora.
    pub standings: Vec<AcrossStanding>,
    /// The part of the run that is shown; `None` for all of it.
    pub(super) kept: Option<Kept>,
    /// Sentence that says which part is shown.
    pub note: Option<String>,
}

/// The reason why the folder of a run cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ResultsError {
    /// There is no run, or its files differ from the digests in its manifest.
    #[error(transparent)]
    Contents(#[from] ContentsError),
    /// A table cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Rows or the manifest cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Timings cannot be read.
    #[error(transparent)]
    Timing(#[from] TimingError),
}

impl Results {
    /// Reads the tables in `folder`, whose files are checked against the manifest.
    ///
    /// # Errors
    /// Returns an error if there is no run, a file has changed since the run, or a
    /// table is broken.
    pub fn read(folder: &Path) -> Result<Self, ResultsError> {
        let manifest = checked(folder)?;
        let mut timings = timing::read(folder)?;
        timings.retain(|timing| timing.is_of(&manifest));

        Ok(Self {
            folder: folder.to_owned(),
            recorded: manifest.clone(),
            manifest,
            leaderboard: Leaderboard::read(folder)?,
            comparisons: read_comparisons(folder)?,
            timings,
            failures: table_file::read(&folder.join("failures.csv"))?,
            standings: read_across(folder)?,
            kept: None,
            note: None,
        })
    }

    /// Opens the documents of the run in their order, each with the outputs and scores of every
    /// system. Indices refer to [`layout`](Self::layout).
    ///
    /// # Errors
    /// Returns an error if the rows cannot be opened.
    pub fn documents(&self) -> Result<StoredRows, StoreError> {
        let rows = StoredRows::open(&self.folder, self.recorded.layout())?;
        Ok(match &self.kept {
            Some(kept) => rows.only(kept.clone()),
            None => rows,
        })
    }

    /// Returns the names of corpora, systems and metrics by the indices that documents use.
    pub fn layout(&self) -> Layout {
        self.manifest.layout()
    }
}
