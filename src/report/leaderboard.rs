//! `leaderboard.csv`: one row for each corpus, system and metric.

use std::{
    io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{
    run::{ORACLE, Plan},
    timing::Timing,
};

/// A row; empty cells are unknown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Corpus.
    pub corpus: String,
    /// System, with the parameters that are not default.
    pub system: String,
    /// Metric, likewise.
    pub metric: String,
    /// Everything that changes the number.
    pub signature: String,
    /// Mean over documents, in shares of 1; failures count as zero.
    pub mean: Option<f64>,
    /// Lower bound of its 95 % interval.
    pub ci_low: Option<f64>,
    /// Upper bound.
    pub ci_high: Option<f64>,
    /// Documents in the mean.
    pub n: u64,
    /// Documents that the system failed on.
    pub failed: u64,
    /// Mean words of a summary, or of all phrases of a list.
    pub words: Option<f64>,
    /// Best rank in 95 % of the resamples.
    pub rank_low: Option<u32>,
    /// Worst rank.
    pub rank_high: Option<u32>,
    /// (mean − lead) / (oracle − lead).
    pub share_of_oracle: Option<f64>,
    /// Documents a second, on one core, where the system was timed.
    pub docs_per_s: Option<f64>,
}

/// All rows of a run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Leaderboard {
    /// Rows, by corpus, metric and system in the order of the plan.
    pub rows: Vec<Row>,
}

/// Why a leaderboard could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {error}")]
pub struct LeaderboardError {
    path: PathBuf,
    error: io::Error,
}

const FILE: &str = "leaderboard.csv";

impl Leaderboard {
    /// Fills in the speeds of the systems that were timed on the same corpus under the
    /// same budget.
    pub fn add_speeds(&mut self, plan: &Plan, timings: &[Timing]) {
        for row in &mut self.rows {
            let metric = plan.metrics.iter().find(|metric| metric.name == row.metric);
            let system = plan.systems.iter().find(|system| {
                system.name == row.system
                    && metric.is_some_and(|metric| metric.value.task() == system.task())
            });
            let Some(budget) = system.map(|system| plan.budget_of(system)) else {
                continue;
            };
            let timing = timings.iter().find(|timing| {
                timing.corpus == row.corpus
                    && timing.system == row.system
                    && timing.budget == budget
            });
            row.docs_per_s = timing.map(|timing| timing.docs_per_s);
        }
    }

    /// Fills in the shares of the way from lead to the oracle, where both were run and
    /// the metric puts the oracle first.
    pub(super) fn add_shares_of_oracle(&mut self) {
        let same = |a: &Row, b: &Row| a.corpus == b.corpus && a.metric == b.metric;
        for rows in self.rows.chunk_by_mut(same) {
            let mean = |name: &str| {
                rows.iter().find(|row| row.system == name).and_then(|row| row.mean)
            };
            let (Some(lead), Some(oracle)) = (mean("lead"), mean(ORACLE.name)) else {
                continue;
            };
            if oracle > lead {
                for row in rows {
                    let share = |mean: f64| (mean - lead) / (oracle - lead);
                    row.share_of_oracle = row.mean.map(share);
                }
            }
        }
    }

    /// Reads `leaderboard.csv` in `folder`; no rows where there is none.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read(folder: &Path) -> Result<Self, LeaderboardError> {
        let path = folder.join(FILE);
        if !path.exists() {
            return Ok(Self::default());
        }
        let read = || -> csv::Result<Vec<Row>> {
            csv::Reader::from_path(&path)?.deserialize().collect()
        };
        let rows = read().map_err(|error| LeaderboardError {
            path: path.clone(),
            error: error.into(),
        })?;
        Ok(Self { rows })
    }

    /// Writes `leaderboard.csv` into `folder`.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), LeaderboardError> {
        let path = folder.join(FILE);
        let write = || -> csv::Result<()> {
            let mut writer = csv::Writer::from_path(&path)?;
            for row in &self.rows {
                writer.serialize(row)?;
            }
            Ok(writer.flush()?)
        };
        write()
            .map_err(|error| LeaderboardError { path: path.clone(), error: error.into() })
    }
}
