//! A folder of results, read back: what every drawing is drawn from.

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

/// Everything that a run left, but the rows of its documents, which
/// [`documents`](Self::documents) reads one at a time.
#[derive(Debug, Clone)]
pub struct Results {
    /// Where it is.
    pub folder: PathBuf,
    /// The recipe of what is shown.
    pub manifest: RunManifest,
    /// The recipe of the run, with everything that it ran.
    pub recorded: RunManifest,
    /// One row for each corpus, system and metric.
    pub leaderboard: Leaderboard,
    /// Pairs of systems.
    pub comparisons: Vec<Comparison>,
    /// Criterion's measurements of the run's systems.
    pub timings: Vec<Timing>,
    /// What failed.
    pub failures: Vec<FailureRow>,
    /// Systems ranked over documents, and over corpora.
    pub standings: Vec<AcrossStanding>,
    /// What is shown of the run, if not everything is.
    pub(super) kept: Option<Kept>,
    /// The same in a sentence.
    pub note: Option<String>,
}

/// Why a folder of results cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ResultsError {
    /// There is no run, or its files are not those that it left.
    #[error(transparent)]
    Contents(#[from] ContentsError),
    /// A table cannot be read.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Rows or the manifest cannot be.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Timings cannot be.
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

    /// The documents of the run in their order, each with what every system gave and
    /// scored. Indices are into [`layout`](Self::layout), which is that of the manifest.
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

    /// The names behind the indices of documents.
    pub fn layout(&self) -> Layout {
        self.manifest.layout()
    }
}
