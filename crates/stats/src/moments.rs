//! The moments of observations, which are exact in any order, and the interval of their
//! mean.

use serde::{Deserialize, Serialize};

use super::{
    exact::WeightedSum,
    interval::{Bounds, Interval},
    proportion::of_hits,
    shape::Shape,
};

/// Sums of observations and of their squares and cubes, in constant memory. The sums of
/// parts are the sums of the whole, to the last bit and in any order.
///
/// Squares and cubes are computed from the observations rounded to multiples of 2⁻²⁰, so
/// that squares can be added without an error: the interval is that of values moved by at
/// most 4.8e-7.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Moments {
    count: u64,
    sum: WeightedSum,
    rounded: WeightedSum,
    squares: WeightedSum,
    cubes: WeightedSum,
    /// Whether every observation is 0 or 1.
    is_binary: bool,
}

/// The unit of squares and cubes: 2⁻²⁰.
const UNIT: f64 = 1.0 / (1_u64 << 20) as f64;

impl Default for Moments {
    fn default() -> Self {
        let none = || WeightedSum::new(0);
        Self {
            count: 0,
            sum: none(),
            rounded: none(),
            squares: none(),
            cubes: none(),
            is_binary: true,
        }
    }
}

impl Moments {
    /// Returns the moments of the observations.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut moments = Self::default();
        for value in values {
            moments.add(value);
        }
        moments
    }

    /// Adds an observation. A value that is not finite counts as 0.
    pub fn add(&mut self, value: f64) {
        let rounded = (value / UNIT).round() * UNIT;
        self.count += 1;
        self.sum.add(value, &[]);
        self.rounded.add(rounded, &[]);
        self.squares.add(rounded.powi(2), &[]);
        self.cubes.add(rounded.powi(3), &[]);
        self.is_binary &= [0.0, 1.0].contains(&value);
    }

    /// Adds the observations of another part.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.sum.merge(&other.sum);
        self.rounded.merge(&other.rounded);
        self.squares.merge(&other.squares);
        self.cubes.merge(&other.cubes);
        self.is_binary &= other.is_binary;
    }

    /// Returns the number of observations.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Returns the mean of the observations; `None` without observations.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum.total() / self.count as f64)
    }

    /// Returns the mean with its interval at `level`, such as 0.95; `None` with fewer
    /// than two observations. If all observations are 0 or 1, it is the interval of a
    /// proportion (Jeffreys), otherwise Student's with a correction for skewness.
    pub fn interval(&self, level: f64) -> Option<Interval> {
        let shape = self.shape()?;
        let (low, high): Bounds = match self.is_binary && self.count > 1 {
            true => of_hits(self.sum.total(), shape.count, level),
            false => shape.bounds(level)?,
        };
        Some(Interval {
            mean: shape.mean,
            low,
            high,
        })
    }

    /// Returns what an interval is computed from; `None` without observations.
    pub(super) fn shape(&self) -> Option<Shape> {
        let mean = self.mean()?;
        let (variance, third) = (self.variance(), self.third());
        Some(Shape {
            count: self.count as f64,
            mean,
            variance,
            third,
        })
    }

    /// Returns the unbiased variance; 0 if it is nothing but rounding errors.
    fn variance(&self) -> f64 {
        let count = self.count as f64;
        let squares = self.squares.total();
        let around = squares - self.rounded.total().powi(2) / count;
        // the subtraction can leave some units in the last place of the squares
        if around <= 4.0 * f64::EPSILON * squares {
            0.0
        } else {
            around / (count - 1.0)
        }
    }

    /// Returns the unbiased third cumulant: `n Σ (x − x̄)³ / ((n − 1) (n − 2))`.
    fn third(&self) -> f64 {
        let count = self.count as f64;
        let mean = self.rounded.total() / count;
        let around = self.cubes.total() - 3.0 * mean * self.squares.total()
            + 2.0 * count * mean.powi(3);
        if count < 3.0 {
            0.0
        } else {
            count * around / ((count - 1.0) * (count - 2.0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use epitome_base::rng;

    fn values(count: u64) -> Vec<f64> {
        let uniform = |at| rng::mix(7, at) as f64 / u64::MAX as f64;
        (0..count).map(|at| uniform(at).powi(3)).collect()
    }

    #[test]
    fn the_moments_are_those_of_the_values() {
        let values = values(50);
        let moments = Moments::of(values.iter().copied());
        let mean = values.iter().sum::<f64>() / 50.0;
        let around = |power| values.iter().map(|x| (x - mean).powi(power)).sum::<f64>();
        assert!((moments.mean().unwrap() - mean).abs() < 1e-12);
        assert!((moments.variance() - around(2) / 49.0).abs() < 1e-6);
        assert!((moments.third() - 50.0 * around(3) / (49.0 * 48.0)).abs() < 1e-6);
    }

    #[test]
    fn parts_in_any_order_have_the_interval_of_the_whole_to_the_last_bit() {
        let values = values(1_000);
        let mut merged = Moments::default();
        for part in values.chunks(171).rev() {
            merged.merge(&Moments::of(part.iter().copied()));
        }
        let whole = Moments::of(values);
        assert_eq!(merged.interval(0.95), whole.interval(0.95));
    }

    #[test]
    fn values_that_do_not_vary_have_an_interval_of_no_width() {
        for value in [0.25, 1.0 / 3.0, 0.999_999_9, 417.3] {
            let Interval { mean, low, high } =
                Moments::of([value; 7]).interval(0.95).unwrap();
            assert_eq!((low, high), (mean, mean), "{value}");
        }
    }

    #[test]
    fn one_observation_has_a_mean_and_no_interval() {
        let one = Moments::of([0.5]);
        assert_eq!((one.mean(), one.interval(0.95)), (Some(0.5), None));
        assert_eq!(Moments::default().mean(), None);
    }

    #[test]
    fn twenty_misses_are_no_proof_that_there_is_no_hit() {
        let found = Moments::of([0.0; 20]).interval(0.95).unwrap();
        // 1 − 0.05^(1/20)
        assert!(
            found.low == 0.0 && (found.high - 0.139_1).abs() < 1e-4,
            "{found:?}"
        );
    }
}
