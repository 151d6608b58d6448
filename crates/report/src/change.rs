//! The change of a score between a corpus and a perturbation of it.

use serde::Serialize;

/// The change of a score between a corpus and a perturbation of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Name of the unchanged corpus.
    pub from: String,
    /// Name of the perturbation, such as `shuffled`.
    pub perturbation: String,
    /// Mean over documents of the score on the perturbation minus the score on the unchanged
    /// corpus.
    pub difference: f64,
    /// Lower bound of the 95 % interval of the difference.
    pub ci_low: Option<f64>,
    /// Upper bound of the 95 % interval of the difference.
    pub ci_high: Option<f64>,
}
