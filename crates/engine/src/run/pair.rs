//! A candidate text with its references, scored.

use epitome_metrics::{Score, Statistics};

/// A pair with the score of each metric, in their order.
#[derive(Debug)]
pub struct PairOutcome {
    /// The pair's id; the line number where it has none.
    pub id: String,
    /// One for each metric.
    pub scores: Vec<Score>,
    /// What the scores are made of, metric by metric.
    pub statistics: Vec<Statistics>,
    /// Metric by metric: whether it cannot read the references.
    pub unreadable: Vec<bool>,
    /// Metric by metric: whether it divides texts at line ends, and one of candidate and
    /// references has its sentences in lines while the other has them in one line.
    pub divided_otherwise: Vec<bool>,
}
