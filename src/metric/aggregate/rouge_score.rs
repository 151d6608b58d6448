//! rouge-score's confidence intervals.

use super::mersenne_twister::MersenneTwister;

/// Quantiles of the resamples' means, as rouge-score's aggregator names them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Quantiles {
    /// The interval's lower end.
    pub low: f64,
    /// The *median* of the resamples' means; its documentation says mean.
    pub mid: f64,
    /// The interval's upper end.
    pub high: f64,
}

/// What rouge-score's `BootstrapAggregator` gives after `np.random.seed(seed)`.
///
/// `metrics` are in the order in which scores were first added: the draws of one metric
/// follow those of the one before. Each has an item for each document, of precision,
/// recall and F. `confidence` is in shares of 1. `O(metrics · items · resamples)`.
///
/// Unseeded in its default use; the tool then gives other numbers at every call.
pub fn quantiles<const COLUMNS: usize>(
    metrics: &[&[[f64; COLUMNS]]],
    seed: u32,
    resamples: usize,
    confidence: f64,
) -> Vec<[Quantiles; COLUMNS]> {
    let mut random = MersenneTwister::seeded(seed);
    let of = |items: &&[[f64; COLUMNS]]| {
        let means: Vec<_> =
            (0..resamples).map(|_| resampled_means(items, &mut random)).collect();
        std::array::from_fn(|column| {
            let mut values: Vec<f64> = means.iter().map(|mean| mean[column]).collect();
            values.sort_unstable_by(f64::total_cmp);
            let delta = (1.0 - confidence) / 2.0;
            Quantiles {
                low: quantile(&values, delta),
                mid: quantile(&values, 0.5),
                high: quantile(&values, 1.0 - delta),
            }
        })
    };
    metrics.iter().map(of).collect()
}

fn resampled_means<const COLUMNS: usize>(
    items: &[[f64; COLUMNS]],
    random: &mut MersenneTwister,
) -> [f64; COLUMNS] {
    let mut sums = [0.0; COLUMNS];
    for _ in items {
        let item = &items[random.below(items.len() as u32)];
        for (sum, value) in sums.iter_mut().zip(item) {
            *sum += value;
        }
    }
    sums.map(|sum| sum / (items.len() as f64).max(1.0))
}

/// `np.percentile` of sorted values, linear between them.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let place = last as f64 * (100.0 * share / 100.0);
    let below = (place.floor() as usize).min(last);
    let (low, high) = (sorted[below], sorted[(below + 1).min(last)]);
    let fraction = place - place.floor();
    // numpy starts from the nearer end
    if fraction < 0.5 {
        low + (high - low) * fraction
    } else {
        high - (high - low) * (1.0 - fraction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_values() {
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.5), 2.0);
        assert_eq!(quantile(&[1.0, 2.0, 4.0], 0.25), 1.5);
        assert_eq!((quantile(&[3.0], 0.975), quantile(&[], 0.5)), (3.0, 0.0));
    }

    #[test]
    fn equal_items_have_no_spread() {
        let found = quantiles(&[&[[0.5]; 4]], 0, 10, 0.95);
        assert_eq!(found, [[Quantiles { low: 0.5, mid: 0.5, high: 0.5 }]]);
        assert_eq!(quantiles::<1>(&[&[]], 0, 10, 0.95), [[Quantiles::default()]]);
    }
}
