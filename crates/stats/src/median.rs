//! The median of few measurements, with an interval.

use super::interval::Interval;

/// Returns the median with an interval that contains the true median with a probability
/// of at least `level`, whatever the distribution. It reaches from the `k`-th smallest
/// value to the `k`-th largest, where `k` is the largest number for which fewer than `k`
/// heads in `n` tosses of a coin have a probability of at most `(1 − level)/2`. With few
/// values it reaches from the smallest to the largest. Returns `None` without values.
///
/// Conover (1999), *Practical nonparametric statistics*, section 3.2.
pub fn median(values: &[f64], level: f64) -> Option<Interval> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    let mean = f64::midpoint(sorted[last / 2], sorted[last.div_ceil(2)]);
    let outside = outside(sorted.len(), (1.0 - level) / 2.0);
    Some(Interval {
        mean,
        low: sorted[outside],
        high: sorted[last - outside],
    })
}

/// Returns how many of `count` values may be beyond each bound.
fn outside(count: usize, tail: f64) -> usize {
    let n = count as f64;
    let mut chance = 0.5_f64.powf(n); // of no heads
    let mut below = chance;
    let mut heads = 0;
    while below <= tail && heads < count / 2 {
        heads += 1;
        chance *= (n - heads as f64 + 1.0) / heads as f64;
        below += chance;
    }
    heads.saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use epitome_base::rng;

    #[test]
    fn of_30_values_the_10th_and_the_21st_bound_it() {
        let values: Vec<f64> = (1..=30).rev().map(f64::from).collect();
        let found = median(&values, 0.95).unwrap();
        assert_eq!(
            found,
            Interval {
                mean: 15.5,
                low: 10.0,
                high: 21.0
            }
        );
    }

    #[test]
    fn few_values_are_all_inside() {
        let found = median(&[3.0, 1.0, 2.0], 0.95).unwrap();
        assert_eq!(
            found,
            Interval {
                mean: 2.0,
                low: 1.0,
                high: 3.0
            }
        );
        assert_eq!(median(&[], 0.95), None);
    }

    #[test]
    fn it_covers_the_truth_at_least_95_times_in_100() {
        let uniform = |seed, at| rng::mix(seed, at) as f64 / u64::MAX as f64;
        let covered = (0..1_000).filter(|&seed| {
            let values: Vec<f64> = (0..30).map(|at| uniform(seed, at).powi(3)).collect();
            let found = median(&values, 0.95).unwrap();
            (found.low..=found.high).contains(&0.125)
        });
        let share = covered.count() as f64 / 1_000.0;
        assert!((0.94..=0.98).contains(&share), "{share}");
    }
}
