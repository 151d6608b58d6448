//! Sums that do not depend on the order of what is summed.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A sum of numbers, and the same in every resample of a Poisson bootstrap.
///
/// Numbers are rounded to multiples of 2⁻⁴⁰ (an error of at most 4.6e-13 each) and summed
/// as integers of 128 bits, so sums of parts are the sum of the whole, to the last bit and
/// in any order. 64 bits would overflow near 8 million documents.
///
/// Most numbers are below 1 and most counts below 12, so products stay below 2⁴⁴: they are
/// gathered in floating point, where integers below 2⁵³ are exact, and settled into the
/// wide integers before they could leave that range.
#[derive(Debug, Clone)]
pub struct WeightedSum {
    total: i128,
    settled: Vec<i128>,
    recent: Vec<f64>,
    /// No recent sum is above this.
    bound: f64,
}

/// One, in the units of the sums: 2⁴⁰.
const ONE: f64 = (1_u64 << 40) as f64;

/// The first integer in floating point that has no neighbour: 2⁵³.
const EXACT: f64 = (1_u64 << 53) as f64;

/// No resample holds an observation more often than this.
const MOST: f64 = 12.0;

impl WeightedSum {
    /// Nothing summed yet, in so many resamples.
    pub fn new(resamples: u32) -> Self {
        let resamples = resamples as usize;
        let (settled, recent) = (vec![0; resamples], vec![0.0; resamples]);
        Self { total: 0, settled, recent, bound: 0.0 }
    }

    /// Adds a number with its counts in the resamples, whole numbers up to 12. What is
    /// not finite counts as nothing.
    pub fn add(&mut self, value: f64, weights: &[f64]) {
        let units = (value * ONE).round();
        if !units.is_finite() {
            return;
        }
        self.total = self.total.saturating_add(units as i128);
        let most = units.abs() * MOST;
        if most >= EXACT {
            for (sum, weight) in self.settled.iter_mut().zip(weights) {
                *sum += *weight as i128 * units as i128;
            }
            return;
        }
        if self.bound + most >= EXACT {
            self.settle();
        }
        self.bound += most;
        for (sum, weight) in self.recent.iter_mut().zip(weights) {
            *sum += weight * units;
        }
    }

    /// Adds the sums of other numbers. Of resamples that only one has there are none left.
    pub fn merge(&mut self, other: &Self) {
        self.settle();
        self.total = self.total.saturating_add(other.total);
        self.settled.truncate(other.settled.len());
        self.recent.truncate(other.settled.len());
        let others = other.settled.iter().zip(&other.recent);
        for (sum, (settled, recent)) in self.settled.iter_mut().zip(others) {
            *sum += settled + *recent as i128;
        }
    }

    fn settle(&mut self) {
        for (sum, recent) in self.settled.iter_mut().zip(&mut self.recent) {
            *sum += *recent as i128;
            *recent = 0.0;
        }
        self.bound = 0.0;
    }

    /// The sum.
    pub fn total(&self) -> f64 {
        self.total as f64 / ONE
    }

    /// The sum in every resample.
    pub fn resampled(&self) -> impl Iterator<Item = f64> + '_ {
        let sums = self.settled.iter().zip(&self.recent);
        sums.map(|(settled, recent)| (settled + *recent as i128) as f64 / ONE)
    }

    /// How many resamples there are.
    pub fn resamples(&self) -> usize {
        self.settled.len()
    }
}

/// As decimal numbers with spaces between them: the total, then every resample.
impl Serialize for WeightedSum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sums = self.settled.iter().zip(&self.recent);
        let sums = sums.map(|(settled, recent)| settled + *recent as i128);
        let all: Vec<String> =
            [self.total].into_iter().chain(sums).map(|sum| sum.to_string()).collect();
        serializer.serialize_str(&all.join(" "))
    }
}

impl<'de> Deserialize<'de> for WeightedSum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut numbers = text.split(' ').map(str::parse::<i128>);
        let total = numbers.next().unwrap_or(Ok(0)).map_err(de::Error::custom)?;
        let settled: Vec<i128> =
            numbers.collect::<Result<_, _>>().map_err(de::Error::custom)?;
        let recent = vec![0.0; settled.len()];
        Ok(Self { total, settled, recent, bound: 0.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{rng, stats::PoissonBootstrap};

    fn sum(names: &[u64], value: impl Fn(u64) -> f64) -> WeightedSum {
        let mut bootstrap = PoissonBootstrap::new(7, 50);
        let mut sum = WeightedSum::new(50);
        for &name in names {
            sum.add(value(name), bootstrap.weights(&name.to_string()));
        }
        sum
    }

    fn text(sum: &WeightedSum) -> String {
        serde_json::to_string(sum).unwrap()
    }

    #[test]
    fn one_quarter_and_one_half_are_three_quarters() {
        let mut sum = WeightedSum::new(2);
        sum.add(0.25, &[0.0, 3.0]);
        sum.add(0.5, &[1.0, 1.0]);
        assert_eq!(sum.total(), 0.75);
        assert_eq!(sum.resampled().collect::<Vec<_>>(), [0.5, 1.25]);
        let quarter = 1_u64 << 38;
        assert_eq!(
            text(&sum),
            format!("\"{} {} {}\"", 3 * quarter, 2 * quarter, 5 * quarter)
        );
    }

    #[test]
    fn parts_in_any_order_are_the_whole_to_the_last_bit() {
        // shares, counts of words, and what fits into no 53 bits
        let scales = [1.0, 400.0, 1e9];
        let value = |name: u64| {
            let share = rng::mix(3, name) as f64 / u64::MAX as f64;
            share * scales[name as usize % 3] - 0.1
        };
        let names: Vec<u64> = (0..3_000).collect();
        let whole = sum(&names, value);
        let mut parts: Vec<WeightedSum> =
            names.chunks(431).map(|names| sum(names, value)).collect();
        parts.reverse();
        let mut merged = WeightedSum::new(50);
        for part in &parts {
            merged.merge(part);
        }
        assert_eq!(text(&merged), text(&whole));
        let read: WeightedSum = serde_json::from_str(&text(&whole)).unwrap();
        assert_eq!(text(&read), text(&whole));
        assert_eq!(read.total(), whole.total());
    }

    #[test]
    fn the_error_is_that_of_rounding_each_number() {
        let thirds = sum(&(0..1_000).collect::<Vec<_>>(), |_| 1.0 / 3.0);
        assert!((thirds.total() - 1_000.0 / 3.0).abs() < 1_000.0 * 4.6e-13);
        let nothing = sum(&[1], |_| f64::NAN);
        assert_eq!(nothing.total(), 0.0);
    }
}
