//! The scores of a candidate text that is measured against references.

use epitome_metrics::{Score, Statistics};

/// A pair of candidate and references with the score of each metric. Made by
/// [`score_pairs`](crate::run::score_pairs).
#[derive(Debug)]
pub struct PairOutcome {
    /// The id of the pair, or the number of its line if it has none.
    pub id: String,
    /// Whether the pair has a reference that is not blank.
    pub has_reference: bool,
    /// The score of each metric, in the order of the metrics.
    pub scores: Vec<Score>,
    /// The statistics of each metric from which its score is computed.
    pub statistics: Vec<Statistics>,
    /// Metric by metric: whether it cannot read the references.
    pub unreadable: Vec<bool>,
    /// Metric by metric: whether it divides texts at line ends, and one of candidate and
    /// references has its sentences in lines while the other has them in one line.
    pub divided_otherwise: Vec<bool>,
}
