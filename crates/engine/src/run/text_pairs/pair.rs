//! The scores of a candidate text that is measured against references.

use epitome_metrics::{ExternalScore, Metric, Score, Statistics};

use crate::run::outcomes::failure::RowFailure;

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
    /// Metric by metric: why an external one failed, which then has its worst score or, if
    /// there is none, no statistics.
    pub failures: Vec<Option<RowFailure>>,
}

impl PairOutcome {
    /// Sets the score of an external metric, by its index. If it failed, the pair has its
    /// worst score.
    pub(super) fn set(&mut self, at: usize, metric: &dyn Metric, score: ExternalScore) {
        let score = match score {
            Ok(measure) => Some(measure.score),
            Err(failure) => {
                self.failures[at] = Some(failure.into());
                metric.failed()
            }
        };
        if let Some(score) = score {
            self.statistics[at] = Statistics::value(score.value);
            self.scores[at] = score;
        }
    }
}
