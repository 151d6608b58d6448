//! Confidence intervals of what is a function of sums.

use serde::{Deserialize, Serialize};

use super::{
    exact::WeightedSum, interval::Bounds, normal, resample::percentile_interval, student,
};

/// Sums of several numbers of the observations, all together and in every resample: for
/// a score of sums, such as a micro average.
///
/// The counts in the resamples are those of a [`PoissonBootstrap`](super::PoissonBootstrap).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Totals<const N: usize> {
    #[serde(with = "list")]
    sums: [WeightedSum; N],
}

impl<const N: usize> Totals<N> {
    /// No observations yet.
    pub fn new(resamples: u32) -> Self {
        Self { sums: [(); N].map(|()| WeightedSum::new(resamples)) }
    }

    /// Adds an observation with its counts in the resamples.
    pub fn add(&mut self, numbers: [f64; N], weights: &[f64]) {
        for (sum, number) in self.sums.iter_mut().zip(numbers) {
            sum.add(number, weights);
        }
    }

    /// Adds the observations of another part, with as many resamples.
    pub fn merge(&mut self, other: &Self) {
        for (sum, other) in self.sums.iter_mut().zip(&other.sums) {
            sum.merge(other);
        }
    }

    /// How many resamples there are.
    pub fn resamples(&self) -> usize {
        self.sums.iter().map(WeightedSum::resamples).min().unwrap_or(0)
    }

    /// The sums over all observations.
    pub fn total(&self) -> [f64; N] {
        self.sums.each_ref().map(WeightedSum::total)
    }

    /// The interval at `level`, say 0.95, of the value of the sums of `count` observations:
    /// the percentile interval at a level that is as much higher as Student's interval of a
    /// mean is wider than the normal one. `None` with fewer than two observations, and
    /// without resamples.
    ///
    /// Hesterberg (2015), *What teachers should know about the bootstrap*, The American
    /// Statistician 69(4): the expanded percentile interval.
    pub fn interval(
        &self,
        level: f64,
        count: u64,
        value: impl Fn([f64; N]) -> f64,
    ) -> Option<Bounds> {
        if count < 2 {
            return None;
        }
        let n = count as f64;
        let expanded = student::quantile(level, n - 1.0) * (n / (n - 1.0)).sqrt();
        let mut columns = self.sums.each_ref().map(WeightedSum::resampled);
        let next = |_| {
            let sums = columns.each_mut().map(|column| column.next().unwrap_or(0.0));
            value(sums)
        };
        let values = (0..self.resamples()).map(next).collect();
        percentile_interval(values, 1.0 - normal::two_sided(expanded))
    }
}

/// Arrays of any length as lists, which serde has for some lengths only.
mod list {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    use super::WeightedSum;

    pub(super) fn serialize<S: Serializer, const N: usize>(
        sums: &[WeightedSum; N],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        sums.as_slice().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>, const N: usize>(
        deserializer: D,
    ) -> Result<[WeightedSum; N], D::Error> {
        let list = Vec::<WeightedSum>::deserialize(deserializer)?;
        let wrong =
            |list: Vec<_>| de::Error::custom(format!("{} sums, not {N}", list.len()));
        list.try_into().map_err(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{PoissonBootstrap, Series};
    use super::*;

    #[test]
    fn a_mean_has_about_the_interval_of_its_series() {
        let mut bootstrap = PoissonBootstrap::new(3, 500);
        let (mut totals, mut series) = (Totals::new(500), Series::new(500));
        for at in 0..200 {
            let value = f64::from(at % 7);
            let weights = bootstrap.weights(&at.to_string());
            totals.add([value, 1.0], weights);
            series.add(value, weights);
        }
        let (low, high) = totals.interval(0.95, 200, |[sum, count]| sum / count).unwrap();
        let wanted = series.interval(0.95).unwrap();
        // 500 resamples know the bounds to 1/14 of the half width, by two standard errors
        let near = (wanted.high - wanted.low) / 20.0;
        assert!((low - wanted.low).abs() < near, "{low} {wanted:?}");
        assert!((high - wanted.high).abs() < near, "{high} {wanted:?}");
    }

    #[test]
    fn equal_shares_have_an_interval_of_no_width() {
        let mut bootstrap = PoissonBootstrap::new(1, 100);
        let mut totals = Totals::new(100);
        for at in 1..=50 {
            let count = f64::from(at);
            totals.add([count, 4.0 * count], bootstrap.weights(&at.to_string()));
        }
        let found = totals.interval(0.95, 50, |[shared, all]| shared / all);
        assert_eq!(found, Some((0.25, 0.25)));
    }

    #[test]
    fn without_resamples_there_is_no_interval() {
        let mut totals = Totals::new(0);
        for count in [1.0, 2.0, 3.0] {
            totals.add([count], &[]);
        }
        assert_eq!(totals.interval(0.95, 3, |[sum]| sum), None);
        assert_eq!(totals.total(), [6.0]);
    }
}
