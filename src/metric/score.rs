//! Numbers that come out of a metric.

/// Sufficient statistics of one candidate.
///
/// They add up over documents: the score of a sum is the micro average, the mean of
/// scores the macro average.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Statistics {
    /// What candidate and reference share: n-grams, tokens of a subsequence, phrases;
    /// for average precision the sum of precisions at the hits.
    pub shared: f64,
    /// What the candidate has.
    pub candidate: f64,
    /// What the reference has.
    pub reference: f64,
}

impl Statistics {
    /// Precision, recall and F1 in rouge-score's order of operations, in shares of 1;
    /// 0 where nothing could be shared.
    pub(super) fn precision_recall_f1(&self) -> Score {
        let share = |of: f64| if of > 0.0 { self.shared / of } else { 0.0 };
        let (precision, recall) = (share(self.candidate), share(self.reference));
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        Score { precision: Some(precision), recall: Some(recall), value: f1 }
    }
}

/// A score in shares of 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Precision, where the metric has one.
    pub precision: Option<f64>,
    /// Recall, where the metric has one.
    pub recall: Option<f64>,
    /// The number that is reported and compared: F1, or the metric's only value.
    pub value: f64,
}
