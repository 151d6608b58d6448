//! A system on a board, with its scores.

use serde::Serialize;

use epitome_engine::run::SystemKind;

use super::{change::Change, leaderboard::Row};

/// A system of a [`Board`](super::Board).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BoardLine {
    /// Its name.
    pub system: String,
    /// Whether it is a system or what systems are measured against.
    pub kind: SystemKind,
    /// One for each metric.
    pub scores: Vec<BoardScore>,
    /// Documents that it failed on.
    pub failed: u64,
    /// Mean words of an output.
    pub words: Option<f64>,
    /// Documents a second of the system alone, where it was timed.
    pub docs_per_s: Option<f64>,
    /// The same with the analysis of their texts.
    pub total_docs_per_s: Option<f64>,
}

/// A system under a metric.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct BoardScore {
    /// Mean over documents.
    pub mean: Option<f64>,
    /// Lower bound of its 95 % interval.
    pub ci_low: Option<f64>,
    /// Upper bound.
    pub ci_high: Option<f64>,
    /// Documents in the mean.
    pub n: u64,
    /// Best rank in 95 % of the resamples.
    pub rank_low: Option<u32>,
    /// Worst rank.
    pub rank_high: Option<u32>,
    /// Two systems that share none differ; `None` where they were not compared.
    pub letters: Option<String>,
    /// Whether no system has a better mean.
    pub best: bool,
    /// Whether it was compared with the best system, and is not shown to differ from it.
    pub near: bool,
    /// (mean − lead) / (oracle − lead).
    pub share_of_oracle: Option<f64>,
    /// On a robustness perturbation: against the corpus itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
}

impl BoardScore {
    /// What a row says, without letters or marks.
    pub(super) fn of(row: &Row) -> Self {
        Self {
            mean: row.mean,
            ci_low: row.ci_low,
            ci_high: row.ci_high,
            n: row.n,
            rank_low: row.rank_low,
            rank_high: row.rank_high,
            share_of_oracle: row.share_of_oracle,
            ..Self::default()
        }
    }
}
