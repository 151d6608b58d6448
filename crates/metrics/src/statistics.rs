//! What a metric counts of an output.

use std::{
    iter::Sum,
    ops::{Add, AddAssign},
};

use smallvec::SmallVec;

use super::score::Score;

/// Sufficient statistics of one output, or the sum of those of several.
///
/// A vector of numbers that the metric defines and [names](crate::Metric::statistics). They
/// add up over documents: the score of a sum is the micro average, the mean of scores the
/// macro average.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Statistics {
    /// How many outputs these are the statistics of; 0 if the metric leaves the document
    /// out of its average.
    pub outputs: f64,
    /// Nothing is allocated for up to four numbers.
    values: SmallVec<[f64; 4]>,
}

/// What an output and a reference share and have: n-grams, tokens of a subsequence, phrases.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Matches {
    /// What output and reference share.
    pub shared: f64,
    /// What the output has.
    pub candidate: f64,
    /// What the reference has.
    pub reference: f64,
}

impl Statistics {
    /// The names of [`Self::value`].
    pub const VALUE: &'static [&'static str] = &["value"];
    /// The names of [`Matches`].
    pub const MATCHES: &'static [&'static str] = &["shared", "candidate", "reference"];
    /// The names of [`Self::scores`].
    pub const SCORES: &'static [&'static str] = &["value", "precision", "recall"];

    /// The numbers of one output, in the order of the metric's names.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        Self {
            outputs: 1.0,
            values: values.into_iter().collect(),
        }
    }

    /// Those of a document that the metric leaves out of its average.
    pub fn left_out() -> Self {
        Self::default()
    }

    /// The number of matches of one output; see [`Matches`].
    pub fn counts(shared: usize, candidate: usize, reference: usize) -> Self {
        Matches::counts(shared, candidate, reference).into()
    }

    /// One output of a metric that counts nothing and has only a value. A value that is not
    /// finite is 0.
    pub fn value(value: f64) -> Self {
        Self::of([if value.is_finite() { value } else { 0.0 }])
    }

    /// One output whose score is not computed from sums.
    pub fn scores(precision: f64, recall: f64, f: f64) -> Self {
        let f = if f.is_finite() { f } else { 0.0 };
        Self::of([f, precision, recall])
    }

    /// The numbers, in the order of the metric's names; none if the document is left out.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// [`Self::outputs`] and the numbers, to be added up one by one.
    pub fn summands(&self) -> impl Iterator<Item = f64> + '_ {
        std::iter::once(self.outputs).chain(self.values.iter().copied())
    }

    /// The statistics whose [summands](Self::summands) these sums are.
    pub fn of_sums(sums: &[f64]) -> Self {
        match sums {
            [outputs, values @ ..] => Self {
                outputs: *outputs,
                ..Self::of(values.iter().copied())
            },
            [] => Self::default(),
        }
    }

    /// The number at a place in the metric's names; 0 if nothing was counted.
    pub fn at(&self, place: usize) -> f64 {
        self.values.get(place).copied().unwrap_or(0.0)
    }

    /// The numbers as [`Matches`].
    pub fn matches(&self) -> Matches {
        Matches {
            shared: self.at(0),
            candidate: self.at(1),
            reference: self.at(2),
        }
    }

    /// The mean of [values](Self::value); 0 of none.
    pub fn mean(&self) -> Score {
        let value = if self.outputs > 0.0 {
            self.at(0) / self.outputs
        } else {
            0.0
        };
        Score::value(value)
    }

    /// The means of [scores](Self::scores); 0 of none.
    pub fn mean_scores(&self) -> Score {
        let outputs = self.outputs.max(1.0);
        Score {
            precision: Some(self.at(1) / outputs),
            recall: Some(self.at(2) / outputs),
            value: self.at(0) / outputs,
        }
    }
}

impl Matches {
    /// Whole numbers.
    pub fn counts(shared: usize, candidate: usize, reference: usize) -> Self {
        Self {
            shared: shared as f64,
            candidate: candidate as f64,
            reference: reference as f64,
        }
    }

    /// Precision, recall and F1 in rouge-score's order of operations, in shares of 1; 0 if
    /// nothing could be shared.
    pub fn precision_recall_f1(&self) -> Score {
        let share = |of: f64| if of > 0.0 { self.shared / of } else { 0.0 };
        Score::of(share(self.candidate), share(self.reference))
    }
}

impl From<Matches> for Statistics {
    fn from(
        Matches {
            shared,
            candidate,
            reference,
        }: Matches,
    ) -> Self {
        Self::of([shared, candidate, reference])
    }
}

impl AddAssign for Matches {
    fn add_assign(&mut self, other: Self) {
        self.shared += other.shared;
        self.candidate += other.candidate;
        self.reference += other.reference;
    }
}

impl AddAssign<&Statistics> for Statistics {
    fn add_assign(&mut self, other: &Self) {
        self.outputs += other.outputs;
        if self.values.len() < other.values.len() {
            self.values.resize(other.values.len(), 0.0);
        }
        for (sum, value) in self.values.iter_mut().zip(&other.values) {
            *sum += value;
        }
    }
}

impl Add for Statistics {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self += &other;
        self
    }
}

impl<'a> Sum<&'a Statistics> for Statistics {
    fn sum<I: Iterator<Item = &'a Self>>(all: I) -> Self {
        let mut sum = Self::default();
        for one in all {
            sum += one;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_that_is_left_out_adds_nothing() {
        let one = Statistics::of([1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(Statistics::left_out() + one.clone(), one);
        let sum: Statistics = [&one, &Statistics::left_out(), &one].into_iter().sum();
        assert_eq!(
            (sum.outputs, sum.values()),
            (2.0, &[2.0, 4.0, 6.0, 8.0, 10.0][..])
        );
    }

    #[test]
    fn matches_have_a_precision_and_a_recall() {
        let score = Statistics::counts(2, 4, 8).matches().precision_recall_f1();
        assert_eq!((score.precision, score.recall), (Some(0.5), Some(0.25)));
        assert_eq!(
            Statistics::left_out().matches().precision_recall_f1().value,
            0.0
        );
    }
}
