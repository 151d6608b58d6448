//! A score on a changed text against that on the text itself.

use serde::Serialize;

/// A score on a changed corpus against that on the corpus itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The corpus itself.
    pub from: String,
    /// What was done to it: `shuffled`.
    pub perturbation: String,
    /// Mean over documents of the changed corpus's score minus the corpus's own.
    pub difference: f64,
    /// Lower bound of its 95 % interval.
    pub ci_low: Option<f64>,
    /// Upper bound.
    pub ci_high: Option<f64>,
}
