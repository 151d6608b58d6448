//! The averages and confidence intervals of ROUGE-1.5.5.

/// An average with its confidence interval, as ROUGE-1.5.5 prints them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Estimate {
    /// What the script prints as the average. Quirk: it is the *mean of the resamples'
    /// means* and not of the sample; with one resample it is a random number.
    pub average: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
}

/// Returns the order in which resamples draw from the items: `"evalID.peerID"` sorted as
/// strings, `10.X` before `2.X`.
pub fn item_order(names: &[String]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&at| &names[at]);
    order
}

/// Returns the script's estimates of the means of several columns (`-c`, `-r`).
///
/// `items` are in [`item_order`]. Resample `s` draws with Perl's `rand` after `srand(s)`,
/// the same items for every column and metric. `confidence` is in percent. The complexity
/// is `O(items · resamples)`.
pub fn mean_interval<const COLUMNS: usize>(
    items: &[[f64; COLUMNS]],
    resamples: u32,
    confidence: f64,
) -> [Estimate; COLUMNS] {
    let n = items.len() as f64;
    let means = (0..resamples).map(|seed| resampled(items, seed).map(|sum| sum / n));
    estimates(means, items.is_empty(), confidence)
}

/// Returns the script's estimates of recall, precision and F of summed counts (`-t 1`).
///
/// Items are counts `[shared, candidate, reference]`, in [`item_order`]; the result is in
/// the script's order: recall, precision, F. Shares are not rounded here.
pub fn share_interval(
    items: &[[f64; 3]],
    resamples: u32,
    confidence: f64,
    alpha: f64,
) -> [Estimate; 3] {
    let share = |shared: f64, of: f64| if of > 0.0 { shared / of } else { 0.0 };
    let scores = (0..resamples).map(|seed| {
        let [shared, candidate, reference] = resampled(items, seed);
        let (recall, precision) = (share(shared, reference), share(shared, candidate));
        let of = (1.0 - alpha) * precision + alpha * recall;
        [recall, precision, share(precision * recall, of)]
    });
    estimates(scores, items.is_empty(), confidence)
}

/// Returns the sums of the columns of one resample.
fn resampled<const COLUMNS: usize>(
    items: &[[f64; COLUMNS]],
    seed: u32,
) -> [f64; COLUMNS] {
    let mut random = PerlRandom::seeded(seed);
    let mut sums = [0.0; COLUMNS];
    for _ in items {
        let item = &items[random.below(items.len())];
        for (sum, value) in sums.iter_mut().zip(item) {
            *sum += value;
        }
    }
    sums
}

/// Returns the estimate of each column from its values in the resamples; zeros if
/// `empty`.
fn estimates<const COLUMNS: usize>(
    resamples: impl Iterator<Item = [f64; COLUMNS]>,
    empty: bool,
    confidence: f64,
) -> [Estimate; COLUMNS] {
    if empty {
        return [Estimate::default(); COLUMNS];
    }
    let resamples: Vec<_> = resamples.collect();
    std::array::from_fn(|column| {
        let values: Vec<f64> = resamples.iter().map(|values| values[column]).collect();
        estimate(values, confidence)
    })
}

/// Returns the mean and the interval of the resamples' values.
///
/// Quirk: the values between which the lower end lies are weighted with the fraction of
/// the upper end.
fn estimate(mut values: Vec<f64>, confidence: f64) -> Estimate {
    let r = values.len() as f64;
    let average = values.iter().sum::<f64>() / r.max(1.0);
    values.sort_unstable_by(f64::total_cmp);

    let delta = r * ((100.0 - confidence) / 2.0) / 100.0;
    let upper = (r - delta - 1.0).trunc();
    let fraction = r - delta - 1.0 - upper;

    // a missing element is 0, as in Perl
    let value = |at: f64| values.get(at as usize).copied().unwrap_or(0.0);
    let between = |at: f64| value(at) + (value(at + 1.0) - value(at)) * fraction;
    Estimate {
        average,
        low: between(delta.trunc()),
        high: between(upper),
    }
}

/// Perl's `rand` since 5.20, which is drand48.
struct PerlRandom(u64);

impl PerlRandom {
    /// Returns the generator after `srand(seed)`.
    fn seeded(seed: u32) -> Self {
        Self((u64::from(seed) << 16) + 0x330E)
    }

    /// Returns `int(rand(bound))`, in doubles as Perl computes it.
    fn below(&mut self, bound: usize) -> usize {
        const MASK: u64 = (1 << 48) - 1;
        const SCALE: f64 = 1.0 / (1_u64 << 48) as f64;
        self.0 = self.0.wrapping_mul(0x5_DEEC_E66D).wrapping_add(0xB) & MASK;
        // the state is below 2⁴⁸, so the cheaper conversion from a signed number is exact
        let share = self.0.cast_signed() as f64 * SCALE;
        (share * bound as f64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_ordered_as_strings() {
        let names = ["2.X", "10.X", "1.X"].map(str::to_owned);
        assert_eq!(item_order(&names), [2, 1, 0]);
    }

    #[test]
    fn equal_items_have_no_spread() {
        let [found] = mean_interval(&[[0.25]; 7], 100, 95.0);
        assert_eq!(
            found,
            Estimate {
                average: 0.25,
                low: 0.25,
                high: 0.25
            }
        );
    }

    #[test]
    fn nothing_has_no_average() {
        assert_eq!(mean_interval::<2>(&[], 10, 95.0), [Estimate::default(); 2]);
        let [found] = mean_interval(&[[1.0]], 0, 95.0);
        assert!(found.average.is_finite() && found.low.is_finite());
    }
}
