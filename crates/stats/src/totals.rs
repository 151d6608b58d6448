//! Confidence intervals of functions of sums, such as micro averages.

use serde::{Deserialize, Serialize};

use super::{
    exact::WeightedSum, interval::Bounds, normal, resample::percentile_interval, student,
};

/// The sums of several numbers of the observations, over all observations and in every
/// resample, for a score that is computed from sums, such as a micro average.
///
/// The counts in the resamples are those of a
/// [`PoissonBootstrap`](super::PoissonBootstrap).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Totals {
    sums: Vec<WeightedSum>,
}

impl Totals {
    /// Returns totals of this number of numbers, without observations.
    pub fn new(numbers: usize, resamples: u32) -> Self {
        Self {
            sums: (0..numbers).map(|_| WeightedSum::new(resamples)).collect(),
        }
    }

    /// Adds an observation with its counts in the resamples; numbers that are missing at
    /// the end are 0.
    pub fn add(&mut self, numbers: impl IntoIterator<Item = f64>, weights: &[f64]) {
        for (sum, number) in self.sums.iter_mut().zip(numbers) {
            sum.add(number, weights);
        }
    }

    /// Adds the observations of another part, which must have the same number of
    /// resamples.
    pub fn merge(&mut self, other: &Self) {
        for (sum, other) in self.sums.iter_mut().zip(&other.sums) {
            sum.merge(other);
        }
    }

    /// Returns the number of resamples.
    pub fn resamples(&self) -> usize {
        self.sums
            .iter()
            .map(WeightedSum::resamples)
            .min()
            .unwrap_or(0)
    }

    /// Returns the sums over all observations.
    pub fn total(&self) -> Vec<f64> {
        self.sums.iter().map(WeightedSum::total).collect()
    }

    /// Returns the interval at `level`, such as 0.95, of the value of the sums of `count`
    /// observations. It is the percentile interval at a level that is raised by as much
    /// as Student's interval of a mean is wider than the normal one. Returns `None` with
    /// fewer than two observations, and without resamples.
    ///
    /// Hesterberg (2015), *What teachers should know about the bootstrap*, The American
    /// Statistician 69(4): the expanded percentile interval.
    pub fn interval(
        &self,
        level: f64,
        count: u64,
        value: impl Fn(&[f64]) -> f64,
    ) -> Option<Bounds> {
        if count < 2 {
            return None;
        }

        let n = count as f64;
        let expanded = student::quantile(level, n - 1.0) * (n / (n - 1.0)).sqrt();

        let mut columns: Vec<_> = self.sums.iter().map(WeightedSum::resampled).collect();
        let mut sums = vec![0.0; columns.len()];
        let values = (0..self.resamples()).map(|_| {
            for (sum, column) in sums.iter_mut().zip(&mut columns) {
                *sum = column.next().unwrap_or(0.0);
            }
            value(&sums)
        });

        percentile_interval(values.collect(), 1.0 - normal::two_sided(expanded))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{PoissonBootstrap, Series};
    use super::*;

    #[test]
    fn a_mean_has_about_the_interval_of_its_series() {
        let mut bootstrap = PoissonBootstrap::new(3, 500);
        let (mut totals, mut series) = (Totals::new(2, 500), Series::new(500));
        for at in 0..200 {
            let value = f64::from(at % 7);
            let weights = bootstrap.weights(&at.to_string());
            totals.add([value, 1.0], weights);
            series.add(value, weights);
        }
        let (low, high) = totals
            .interval(0.95, 200, |sums| sums[0] / sums[1])
            .unwrap();
        let wanted = series.interval(0.95).unwrap();
        // 500 resamples know the bounds to 1/14 of the half width, by two standard errors
        let near = (wanted.high - wanted.low) / 20.0;
        assert!((low - wanted.low).abs() < near, "{low} {wanted:?}");
        assert!((high - wanted.high).abs() < near, "{high} {wanted:?}");
    }

    #[test]
    fn equal_shares_have_an_interval_of_no_width() {
        let mut bootstrap = PoissonBootstrap::new(1, 100);
        let mut totals = Totals::new(2, 100);
        for at in 1..=50 {
            let count = f64::from(at);
            totals.add([count, 4.0 * count], bootstrap.weights(&at.to_string()));
        }
        let found = totals.interval(0.95, 50, |sums| sums[0] / sums[1]);
        assert_eq!(found, Some((0.25, 0.25)));
    }

    #[test]
    fn without_resamples_there_is_no_interval() {
        let mut totals = Totals::new(1, 0);
        for count in [1.0, 2.0, 3.0] {
            totals.add([count], &[]);
        }
        assert_eq!(totals.interval(0.95, 3, |sums| sums[0]), None);
        assert_eq!(totals.total(), [6.0]);
    }
}
