//! Numbers that come out of a metric.

/// A score in shares of 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Precision, if the metric has one.
    pub precision: Option<f64>,
    /// Recall, if the metric has one.
    pub recall: Option<f64>,
    /// The number that is reported and compared: F1, or the metric's only value.
    pub value: f64,
}

impl Score {
    /// A precision and a recall with their F1, `2PR / (P + R)`; 0 if both are.
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

    /// A score without precision and recall.
    pub fn value(value: f64) -> Self {
        Self {
            precision: None,
            recall: None,
            value,
        }
    }
}
