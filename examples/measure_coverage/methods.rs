//! The intervals that are compared.

use std::num::NonZero;

use epitome::stats::{
    Bounds, Moments, Scores, bca, difference_interval, percentile_bounds, resampled_means,
};

/// An interval of the mean of `a − b`, where `b` may be all zeros.
pub(crate) struct Method {
    /// What the table calls it.
    pub(crate) name: &'static str,
}

/// In the order of [`all`].
pub(crate) const METHODS: [Method; 4] = [
    Method { name: "percentile" },
    Method { name: "bca" },
    Method { name: "bca-expanded" },
    Method { name: "epitome" },
];

const RESAMPLES: u32 = 1_000;

/// What every method says of one sample.
pub(crate) fn all(a: &[f64], b: &[f64], seed: u64) -> [Bounds; METHODS.len()] {
    let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
    let one = NonZero::<usize>::MIN;
    let sums = resampled_means(&Scores::new(&[&differences]), seed, RESAMPLES, one);
    let means = sums.column(0);
    let count = differences.len() as f64;
    let mean = differences.iter().sum::<f64>() / count;
    let none = (mean, mean);
    let corrected = bca(&differences, means, 0.95).unwrap_or(none);
    // the resampled means vary (n − 1)/n as much as means do
    let scale = (count / (count - 1.0)).sqrt();
    let expanded =
        (mean + scale * (corrected.0 - mean), mean + scale * (corrected.1 - mean));
    [
        percentile_bounds(means, 0.95).unwrap_or(none),
        corrected,
        expanded,
        ours(a, b).unwrap_or(none),
    ]
}

/// What `epitome` prints.
fn ours(a: &[f64], b: &[f64]) -> Option<Bounds> {
    if b.iter().all(|score| *score == 0.0) {
        let found = Moments::of(a.iter().copied()).interval(0.95)?;
        return Some((found.low, found.high));
    }
    difference_interval(a, b, 0.95)
}
