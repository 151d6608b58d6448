//! Confidence intervals of what is a function of sums.

use super::{Interval, resample::percentile_interval};

/// Sums of several numbers of the observations, all together and in every resample: for
/// a score of sums, such as a micro average.
///
/// The counts in the resamples are those of a [`PoissonBootstrap`](super::PoissonBootstrap).
#[derive(Debug, Clone)]
pub struct Totals<const N: usize> {
    total: [f64; N],
    resampled: Vec<[f64; N]>,
}

impl<const N: usize> Totals<N> {
    /// No observations yet.
    pub fn new(resamples: u32) -> Self {
        Self { total: [0.0; N], resampled: vec![[0.0; N]; resamples as usize] }
    }

    /// Adds an observation with its counts in the resamples.
    pub fn add(&mut self, numbers: [f64; N], weights: &[f64]) {
        let add = |sums: &mut [f64; N], weight: f64| {
            for (sum, number) in sums.iter_mut().zip(numbers) {
                *sum += weight * number;
            }
        };
        add(&mut self.total, 1.0);
        for (sums, weight) in self.resampled.iter_mut().zip(weights) {
            add(sums, *weight);
        }
    }

    /// The sums over all observations.
    pub fn total(&self) -> [f64; N] {
        self.total
    }

    /// The value of the sums with its percentile interval at `level`, say 0.95.
    pub fn interval(&self, level: f64, value: impl Fn([f64; N]) -> f64) -> Interval {
        let mean = value(self.total);
        let values = self.resampled.iter().map(|&sums| value(sums)).collect();
        let (low, high) = percentile_interval(values, level).unwrap_or((mean, mean));
        Interval { mean, low, high }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{PoissonBootstrap, Series};
    use super::*;

    #[test]
    fn a_mean_has_the_interval_of_its_series() {
        let mut bootstrap = PoissonBootstrap::new(3, 500);
        let (mut totals, mut series) = (Totals::new(500), Series::new(500));
        for at in 0..200 {
            let value = f64::from(at % 7);
            let weights = bootstrap.weights(&at.to_string());
            totals.add([value, 1.0], weights);
            series.add(value, weights);
        }
        let found = totals.interval(0.95, |[sum, count]| sum / count);
        assert_eq!(Some(found), series.interval(0.95));
    }

    #[test]
    fn equal_shares_have_an_interval_of_no_width() {
        let mut bootstrap = PoissonBootstrap::new(1, 100);
        let mut totals = Totals::new(100);
        for at in 1..=50 {
            let count = f64::from(at);
            totals.add([count, 4.0 * count], bootstrap.weights(&at.to_string()));
        }
        let found = totals.interval(0.95, |[shared, all]| shared / all);
        assert_eq!(found, Interval { mean: 0.25, low: 0.25, high: 0.25 });
    }
}
