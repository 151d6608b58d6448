//! Scores: the numbers that a metric reports.

/// A score of a metric, in the metric's unit: shares of 1 for most metrics.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// The precision, if the metric has one.
    pub precision: Option<f64>,
    /// The recall, if the metric has one.
    pub recall: Option<f64>,
    /// The number that is reported and compared: F1, or the only value of the metric.
    pub value: f64,
}

impl Score {
    /// Returns a precision and a recall with their F1, `2PR / (P + R)`, which is 0 if
    /// both are 0.
    pub fn of(precision: f64, recall: f64) -> Self {
        let sum = precision + recall;
        let value = if sum > 0.0 {
            2.0 * precision * recall / sum
        } else {
            0.0
        };
        Self {
            precision: Some(precision),
            recall: Some(recall),
            value,
        }
    }

    /// Returns a score that is only a value, without precision and recall.
    pub fn value(value: f64) -> Self {
        Self {
            precision: None,
            recall: None,
            value,
        }
    }
}
