//! Numbers that come out of a metric.

use std::{
    iter::Sum,
    ops::{Add, AddAssign},
};

/// Sufficient statistics of one candidate.
///
/// They add up over documents: the score of a sum is the micro average, the mean of
/// scores the macro average. Of a metric that counts nothing (BLEU, chrF, average
/// precision …) `shared` is the value, and the score of a sum is the mean.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Statistics {
    /// What candidate and reference share: n-grams, tokens of a subsequence, phrases.
    pub shared: f64,
    /// What the candidate has.
    pub candidate: f64,
    /// What the reference has.
    pub reference: f64,
    /// How many outputs these are the statistics of; 0 where the protocol leaves the
    /// document out of the average.
    pub outputs: f64,
}

impl Statistics {
    /// The counts of one output.
    pub fn counts(shared: usize, candidate: usize, reference: usize) -> Self {
        Self {
            shared: shared as f64,
            candidate: candidate as f64,
            reference: reference as f64,
            outputs: 1.0,
        }
    }

    /// One output with nothing but a value. What is not finite is 0.
    pub fn value(value: f64) -> Self {
        let shared = if value.is_finite() { value } else { 0.0 };
        Self { shared, candidate: 0.0, reference: 0.0, outputs: 1.0 }
    }

    /// One output with a precision, a recall and an F that no counts stand behind.
    pub(super) fn scores(precision: f64, recall: f64, f: f64) -> Self {
        Self { candidate: precision, reference: recall, ..Self::value(f) }
    }

    /// Precision, recall and F1 in rouge-score's order of operations, in shares of 1;
    /// 0 where nothing could be shared.
    pub(super) fn precision_recall_f1(&self) -> Score {
        let share = |of: f64| if of > 0.0 { self.shared / of } else { 0.0 };
        let (precision, recall) = (share(self.candidate), share(self.reference));
        let value = f1(precision, recall);
        Score { precision: Some(precision), recall: Some(recall), value }
    }

    /// The mean of values.
    pub(super) fn mean(&self) -> Score {
        let value = if self.outputs > 0.0 { self.shared / self.outputs } else { 0.0 };
        Score { precision: None, recall: None, value }
    }

    /// The means of precisions, recalls and Fs.
    pub(super) fn mean_scores(&self) -> Score {
        let outputs = self.outputs.max(1.0);
        Score {
            precision: Some(self.candidate / outputs),
            recall: Some(self.reference / outputs),
            value: self.shared / outputs,
        }
    }
}

/// `2PR / (P + R)`, 0 where both are.
pub(super) fn f1(precision: f64, recall: f64) -> f64 {
    let sum = precision + recall;
    if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 }
}

impl From<Statistics> for [f64; 4] {
    fn from(statistics: Statistics) -> Self {
        let Statistics { shared, candidate, reference, outputs } = statistics;
        [shared, candidate, reference, outputs]
    }
}

impl From<[f64; 4]> for Statistics {
    fn from([shared, candidate, reference, outputs]: [f64; 4]) -> Self {
        Self { shared, candidate, reference, outputs }
    }
}

impl Add for Statistics {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self += other;
        self
    }
}

impl AddAssign for Statistics {
    fn add_assign(&mut self, other: Self) {
        self.shared += other.shared;
        self.candidate += other.candidate;
        self.reference += other.reference;
        self.outputs += other.outputs;
    }
}

impl Sum for Statistics {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Add::add)
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
