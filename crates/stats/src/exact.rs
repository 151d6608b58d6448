//! Exact sums, which do not depend on the order of their summands.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A sum of numbers, together with the same sum in every resample of a Poisson bootstrap.
///
/// Numbers are rounded to multiples of 2⁻⁷² (an error of at most 1.1e-22 each, and none
/// for a number of 2⁻²⁰ or more) and added up as integers of 128 bits. So sums of parts
/// are the sum of the whole, to the last bit and in any order. A sum stays below 2⁵⁵ and
/// is clamped there.
///
/// A number is split into a multiple of 2⁻⁴⁰ and a rest in units of 2⁻⁷². Most numbers
/// are below 1 and most counts below 12, so products of either part stay below 2⁴⁴. They
/// are gathered in floating point, in which integers below 2⁵³ are exact, and settled
/// into the wide integers before they could leave that range.
#[derive(Debug, Clone)]
pub struct WeightedSum {
    total: i128,
    settled: Vec<i128>,
    /// The part of each resample's sum that is not settled yet, in units of 2⁻⁴⁰.
    coarse: Vec<f64>,
    /// The part of each resample's sum that is not settled yet, in units of 2⁻⁷².
    fine: Vec<f64>,
    /// An upper bound of the sums of either part that are not settled yet.
    bound: f64,
}

/// The number 1 in units of the coarse part: 2⁴⁰.
const COARSE: f64 = (1_u64 << 40) as f64;

/// A unit of the coarse part in units of the fine part: 2³².
const FINE: f64 = (1_u64 << 32) as f64;

/// The start of a serialised sum: the units of its numbers.
const UNITS: &str = "2^-72";

/// The integer up to which all integers are exact in floating point: 2⁵³.
const EXACT: f64 = (1_u64 << 53) as f64;

/// The largest number of times that a resample contains an observation.
const MOST: f64 = 12.0;

impl WeightedSum {
    /// Returns an empty sum with this number of resamples.
    pub fn new(resamples: u32) -> Self {
        let resamples = resamples as usize;
        let (settled, none) = (vec![0; resamples], vec![0.0; resamples]);
        Self {
            total: 0,
            settled,
            coarse: none.clone(),
            fine: none,
            bound: 0.0,
        }
    }

    /// Adds a number with its counts in the resamples, which must be whole numbers up to
    /// 12. A number that is not finite is ignored.
    pub fn add(&mut self, value: f64, weights: &[f64]) {
        let scaled = value * COARSE;
        if !scaled.is_finite() {
            return;
        }

        let coarse = scaled.round();
        let fine = ((scaled - coarse) * FINE).round();
        let units = (coarse as i128).saturating_mul(FINE as i128) + fine as i128;
        self.total = self.total.saturating_add(units);

        let most = coarse.abs().max(fine.abs()) * MOST;
        if most >= EXACT {
            for (sum, weight) in self.settled.iter_mut().zip(weights) {
                *sum = sum.saturating_add(units.saturating_mul(*weight as i128));
            }
            return;
        }

        if self.bound + most >= EXACT {
            self.settle();
        }

        self.bound += most;
        for (sum, weight) in self.coarse.iter_mut().zip(weights) {
            *sum += weight * coarse;
        }
        // most values (counts, 0, 1/2 and the like) have no fine part
        if fine != 0.0 {
            for (sum, weight) in self.fine.iter_mut().zip(weights) {
                *sum += weight * fine;
            }
        }
    }

    /// Adds the sums of other numbers. Resamples that only one of the two has are
    /// dropped.
    pub fn merge(&mut self, other: &Self) {
        self.settle();
        self.total = self.total.saturating_add(other.total);
        self.settled.truncate(other.settled.len());
        self.coarse.truncate(other.settled.len());
        self.fine.truncate(other.settled.len());
        for (sum, other) in self.settled.iter_mut().zip(other.sums()) {
            *sum = sum.saturating_add(other);
        }
    }

    /// Adds what is in floating point to the wide integers.
    fn settle(&mut self) {
        self.settled = self.sums().collect();
        self.coarse.fill(0.0);
        self.fine.fill(0.0);
        self.bound = 0.0;
    }

    /// Returns the sum of every resample in units of 2⁻⁷².
    fn sums(&self) -> impl Iterator<Item = i128> + '_ {
        let recent = self.coarse.iter().zip(&self.fine);
        let recent = recent.map(|(coarse, fine)| {
            // both are whole and below 2⁵³
            (i128::from(*coarse as i64) << 32) + i128::from(*fine as i64)
        });
        self.settled
            .iter()
            .zip(recent)
            .map(|(settled, recent)| settled.saturating_add(recent))
    }

    /// Returns the sum of the numbers.
    pub fn total(&self) -> f64 {
        in_ones(self.total)
    }

    /// Returns the sum in every resample.
    pub fn resampled(&self) -> impl Iterator<Item = f64> + '_ {
        self.sums().map(in_ones)
    }

    /// Returns the number of resamples.
    pub fn resamples(&self) -> usize {
        self.settled.len()
    }
}

/// Returns the floating-point number closest to this number of units.
fn in_ones(units: i128) -> f64 {
    units as f64 / (COARSE * FINE)
}

/// Writes decimal numbers with spaces between them: the units, the total, then every
/// resample.
impl Serialize for WeightedSum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = UNITS.to_owned();
        for sum in [self.total].into_iter().chain(self.sums()) {
            text.push(' ');
            text.push_str(&sum.to_string());
        }
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for WeightedSum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let numbers = text
            .strip_prefix(UNITS)
            .and_then(|rest| rest.strip_prefix(' '));
        let numbers = numbers.ok_or_else(|| {
            de::Error::custom(format_args!("a sum that is not in units of {UNITS}"))
        })?;

        let mut numbers = numbers.split(' ').map(str::parse::<i128>);
        let total = numbers
            .next()
            .ok_or_else(|| de::Error::custom("a sum without its total"))?
            .map_err(de::Error::custom)?;
        let settled: Vec<i128> = numbers
            .collect::<Result<_, _>>()
            .map_err(de::Error::custom)?;

        let none = vec![0.0; settled.len()];
        Ok(Self {
            total,
            settled,
            coarse: none.clone(),
            fine: none,
            bound: 0.0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PoissonBootstrap;
    use epitome_base::rng;

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
        let quarter = 1_i128 << 70;
        assert_eq!(
            text(&sum),
            format!("\"2^-72 {} {} {}\"", 3 * quarter, 2 * quarter, 5 * quarter)
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
    fn the_sum_of_one_number_is_that_number() {
        for value in [
            0.8,
            1.0 / 3.0,
            0.001,
            -0.7,
            123_456.789,
            3e9 + 0.1,
            1e15 + 0.5,
        ] {
            let mut sum = WeightedSum::new(2);
            sum.add(value, &[1.0, 0.0]);
            assert_eq!(sum.total().to_bits(), f64::to_bits(value), "{value}");
            assert_eq!(sum.resampled().collect::<Vec<_>>(), [value, 0.0]);
        }
    }

    #[test]
    fn the_mean_of_equal_numbers_is_that_number() {
        let thirds = sum(&(0..1_000).collect::<Vec<_>>(), |_| 1.0 / 3.0);
        assert_eq!(thirds.total() / 1_000.0, 1.0 / 3.0);
        let nothing = sum(&[1], |_| f64::NAN);
        assert_eq!(nothing.total(), 0.0);
    }

    #[test]
    fn sums_in_other_units_are_refused() {
        let read = |text: &str| serde_json::from_str::<WeightedSum>(text);
        let error = read("\"3 2 5\"").unwrap_err().to_string();
        assert!(
            error.starts_with("a sum that is not in units of 2^-72"),
            "{error}"
        );
        assert!(read("\"2^-72\"").is_err() && read("\"2^-72 x\"").is_err());
    }
}
