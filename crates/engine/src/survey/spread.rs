//! The distribution of numbers, in memory that does not grow with how many there are.

use std::collections::BTreeMap;

/// The distribution of numbers from 0 up: their count, sum and ends exactly; quantiles to
/// one part in a thousand, and of whole numbers up to 2,048 exactly.
///
/// A number is counted under its exponent and the 10 highest bits of its fraction, which
/// is a few thousand classes at most.
#[derive(Debug, Clone, Default)]
pub struct Spread {
    count: u64,
    sum: f64,
    ends: Option<(f64, f64)>,
    places: BTreeMap<u64, u64>,
}

/// The number of lowest bits of a fraction that are not looked at.
const FORGOTTEN: u32 = 42;

impl Spread {
    /// Adds a number. Leaves out numbers that are negative, infinite or NaN.
    pub fn add(&mut self, value: f64) {
        if !(value >= 0.0 && value.is_finite()) {
            return;
        }
        self.count += 1;
        self.sum += value;
        let (low, high) = self.ends.unwrap_or((value, value));
        self.ends = Some((low.min(value), high.max(value)));
        // the bits of numbers that are not negative are in the order of the numbers; adding 0
        // makes −0 one of them
        *self
            .places
            .entry((value + 0.0).to_bits() >> FORGOTTEN)
            .or_default() += 1;
    }

    /// Returns the count of the numbers.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Returns the sum of the numbers.
    pub fn sum(&self) -> f64 {
        self.sum
    }

    /// Returns the mean of the numbers; `None` if there are none.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / self.count as f64)
    }

    /// Returns the lowest and the highest number; `None` if there are none.
    pub fn ends(&self) -> Option<(f64, f64)> {
        self.ends
    }

    /// Returns the lowest number that at least `share` of all do not exceed, rounded down
    /// to one part in a thousand; `None` if there are none.
    pub fn quantile(&self, share: f64) -> Option<f64> {
        let wanted = ((share * self.count as f64).ceil() as u64).max(1);
        let mut before = 0;
        let place = self.places.iter().find(|(_, count)| {
            before += **count;
            before >= wanted
        });
        let (low, high) = self.ends?;
        place.map(|(place, _)| f64::from_bits(place << FORGOTTEN).clamp(low, high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: impl IntoIterator<Item = f64>) -> Spread {
        let mut spread = Spread::default();
        values.into_iter().for_each(|value| spread.add(value));
        spread
    }

    #[test]
    fn whole_numbers_have_exact_quantiles() {
        let spread = of((1..=101).map(f64::from));
        assert_eq!((spread.count(), spread.mean()), (101, Some(51.0)));
        assert_eq!(spread.quantile(0.5), Some(51.0));
        assert_eq!(spread.quantile(0.95), Some(96.0));
        assert_eq!(spread.ends(), Some((1.0, 101.0)));
    }

    #[test]
    fn places_are_few_and_near() {
        let spread = of((0..100_000).map(|at| f64::from(at) * 1.1));
        assert!(spread.places.len() < 20_000, "{}", spread.places.len());
        let median = spread.quantile(0.5).unwrap();
        assert!((median / 55_000.0 - 1.0).abs() < 0.001_1, "{median}");
    }

    #[test]
    fn nothing_has_no_mean_and_what_is_no_number_does_not_count() {
        let spread = of([f64::NAN, -1.0, f64::INFINITY]);
        assert_eq!(
            (spread.count(), spread.mean(), spread.quantile(0.5)),
            (0, None, None)
        );
    }
}
