//! Sufficient statistics: the numbers that a metric counts in an output.

use std::{
    iter::Sum,
    ops::{Add, AddAssign},
};

use smallvec::SmallVec;

use super::score::Score;

/// The sufficient statistics of one output, or the sum of those of several.
///
/// A vector of numbers that the metric defines and [names](crate::Metric::statistics).
/// They can be added up over documents: the score of the sum is the micro average, the
/// mean of the scores is the macro average.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Statistics {
    /// The number of outputs that the statistics belong to; 0 if the metric leaves the
    /// document out of its average.
    pub outputs: f64,
    /// The numbers in the order of their names. Up to four of them need no allocation.
    values: SmallVec<[f64; 4]>,
}

/// The numbers of units (n-grams, tokens of a subsequence, phrases) that an output and a
/// reference have and share.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Matches {
    /// The number of units that the output and the reference share.
    pub shared: f64,
    /// The number of units that the output has.
    pub candidate: f64,
    /// The number of units that the reference has.
    pub reference: f64,
}

impl Statistics {
    /// The names of the numbers of [`Self::value`].
    pub const VALUE: &'static [&'static str] = &["value"];
    /// The names of the numbers of [`Matches`].
    pub const MATCHES: &'static [&'static str] = &["shared", "candidate", "reference"];
    /// The names of the numbers of [`Self::scores`].
    pub const SCORES: &'static [&'static str] = &["value", "precision", "recall"];

    /// Returns the statistics of one output from its numbers, in the order of the
    /// metric's names.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        Self {
            outputs: 1.0,
            values: values.into_iter().collect(),
        }
    }

    /// Returns the statistics of a document that the metric leaves out of its average.
    pub fn left_out() -> Self {
        Self::default()
    }

    /// Returns the statistics of one output from its numbers of matches; see [`Matches`].
    pub fn counts(shared: usize, candidate: usize, reference: usize) -> Self {
        Matches::counts(shared, candidate, reference).into()
    }

    /// Returns the statistics of one output for a metric that has only a value and counts
    /// nothing. A value that is not finite is replaced by 0.
    pub fn value(value: f64) -> Self {
        Self::of([if value.is_finite() { value } else { 0.0 }])
    }

    /// Returns the statistics of one output whose score is not computed from sums of
    /// counts.
    pub fn scores(precision: f64, recall: f64, f: f64) -> Self {
        let f = if f.is_finite() { f } else { 0.0 };
        Self::of([f, precision, recall])
    }

    /// Returns the numbers in the order of the metric's names; none if the document is
    /// left out.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Returns [`Self::outputs`] followed by the numbers, each of which can be added up.
    pub fn summands(&self) -> impl Iterator<Item = f64> + '_ {
        std::iter::once(self.outputs).chain(self.values.iter().copied())
    }

    /// Returns the statistics that have these sums as their [summands](Self::summands).
    pub fn of_sums(sums: &[f64]) -> Self {
        match sums {
            [outputs, values @ ..] => Self {
                outputs: *outputs,
                ..Self::of(values.iter().copied())
            },
            [] => Self::default(),
        }
    }

    /// Returns the number at an index in the metric's names; 0 if nothing was counted.
    pub fn at(&self, place: usize) -> f64 {
        self.values.get(place).copied().unwrap_or(0.0)
    }

    /// Returns the first three numbers as [`Matches`].
    pub fn matches(&self) -> Matches {
        Matches {
            shared: self.at(0),
            candidate: self.at(1),
            reference: self.at(2),
        }
    }

    /// Returns the mean of [values](Self::value) over the outputs; 0 if there is no
    /// output.
    pub fn mean(&self) -> Score {
        let value = if self.outputs > 0.0 {
            self.at(0) / self.outputs
        } else {
            0.0
        };
        Score::value(value)
    }

    /// Returns the means of [scores](Self::scores) over the outputs; 0 if there is no
    /// output.
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
    /// Returns matches from whole numbers of units.
    pub fn counts(shared: usize, candidate: usize, reference: usize) -> Self {
        Self {
            shared: shared as f64,
            candidate: candidate as f64,
            reference: reference as f64,
        }
    }

    /// Returns precision, recall and F1 as shares of 1, in rouge-score's order of
    /// operations. A share is 0 if its denominator is 0.
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

impl From<Score> for Statistics {
    /// Returns the [`scores`](Self::scores) of one output; what the score lacks is 0.
    fn from(score: Score) -> Self {
        let part = |part: Option<f64>| part.unwrap_or(0.0);
        Self::scores(part(score.precision), part(score.recall), score.value)
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
