//! Resampling observations that are all in memory.

use epitome_base::rng;

use super::percentile::percentile;

/// Returns how often each of `count` things occurs in the resample number `resample`, if
/// `count` of them are drawn with replacement.
///
/// This is the classic bootstrap, for things as few as systems: the size of a Poisson
/// resample would vary too much. The result depends on nothing but the arguments.
///
/// Efron & Tibshirani (1993), *An introduction to the bootstrap*, chapter 6.
pub(super) fn draw(seed: u64, resample: u64, count: usize) -> Vec<f64> {
    let mut counts = vec![0.0; count];
    draw_into(seed, resample, &mut counts);
    counts
}

/// Writes the result of [`draw`] into `counts`, for as many things as it has room for.
pub(super) fn draw_into(seed: u64, resample: u64, counts: &mut [f64]) {
    let stream = rng::mix(seed, resample);
    counts.fill(0.0);
    for at in 0..counts.len() {
        counts[rng::below(rng::mix(stream, at as u64), counts.len())] += 1.0;
    }
}

/// Returns 1 or 0 for each of `count` things, as a fair coin decides.
pub(super) fn coins(seed: u64, round: u64, count: usize) -> impl Iterator<Item = f64> {
    let stream = rng::mix(seed, round);
    (0..count).map(move |at| (rng::mix(stream, at as u64) >> 63) as f64)
}

/// Returns the bounds between which the middle `level` of the values lie, interpolated
/// linearly; `None` without values.
pub(super) fn percentile_interval(
    mut values: Vec<f64>,
    level: f64,
) -> Option<(f64, f64)> {
    values.sort_unstable_by(f64::total_cmp);
    let tail = (1.0 - level) / 2.0;
    Some((percentile(&values, tail)?, percentile(&values, 1.0 - tail)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_are_drawn_as_there_are() {
        for resample in 0..100 {
            assert_eq!(draw(1, resample, 16).iter().sum::<f64>(), 16.0);
        }
        assert!(draw(1, 0, 0).is_empty());
    }

    #[test]
    fn each_is_drawn_as_often_as_any_other() {
        // 4,000 resamples of 10: mean 1, standard error √(0.9 / 4,000) = 0.015
        for at in 0..10 {
            let sum: f64 = (0..4_000).map(|resample| draw(7, resample, 10)[at]).sum();
            assert!((sum / 4_000.0 - 1.0).abs() < 0.06, "{sum}");
        }
    }

    #[test]
    fn the_interval_of_0_to_100_is_at_its_percentiles() {
        let values: Vec<f64> = (0..=100).rev().map(f64::from).collect();
        let (low, high) = percentile_interval(values, 0.9).unwrap();
        assert!((low - 5.0).abs() < 1e-9 && (high - 95.0).abs() < 1e-9);
        assert_eq!(percentile_interval(Vec::new(), 0.9), None);
    }
}
