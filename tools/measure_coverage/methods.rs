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
pub(crate) const METHODS: [Method; 6] = [
    Method { name: "percentile" },
    Method { name: "bca" },
    Method {
        name: "bca-expanded",
    },
    Method { name: "student" },
    Method { name: "johnson" },
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
    let expanded = (
        mean + scale * (corrected.0 - mean),
        mean + scale * (corrected.1 - mean),
    );

    let (student, johnson) = classic(&differences, mean).unwrap_or((none, none));
    [
        percentile_bounds(means, 0.95).unwrap_or(none),
        corrected,
        expanded,
        student,
        johnson,
        ours(a, b).unwrap_or(none),
    ]
}

/// Student's interval and Johnson's, from what one bound of ours is and the other is moved
/// by: both moved by it are Johnson's, neither is Student's.
fn classic(differences: &[f64], mean: f64) -> Option<(Bounds, Bounds)> {
    if differences.iter().all(|one| *one == differences[0]) {
        return None;
    }
    // halves are no proportion
    let found = Moments::of(differences.iter().map(|one| one / 2.0)).interval(0.95)?;
    let (below, above) = (mean - 2.0 * found.low, 2.0 * found.high - mean);
    let (half, moved) = (below.min(above), above - below);
    let student = (mean - half, mean + half);
    Some((student, (student.0 + moved, student.1 + moved)))
}

/// What `epitome` prints.
fn ours(a: &[f64], b: &[f64]) -> Option<Bounds> {
    if b.iter().all(|score| *score == 0.0) {
        let found = Moments::of(a.iter().copied()).interval(0.95)?;
        return Some((found.low, found.high));
    }
    difference_interval(a, b, 0.95)
}
