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
}
