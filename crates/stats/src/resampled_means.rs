//! The means of many columns of scores in the same resamples of their documents.

use std::num::NonZero;

use super::{
    interval::Bounds,
    percentile::percentile_of,
    resample::draw_into,
    scores::{Scores, Sums},
};

/// Returns the mean of every column in every resample. A resample draws as many documents
/// with replacement as there are, the same ones for all columns.
///
/// Efron & Tibshirani (1993), *An introduction to the bootstrap*, chapter 6. Each
/// resample has a random stream of its own.
pub fn resampled_means(
    scores: &Scores,
    seed: u64,
    resamples: u32,
    jobs: NonZero<usize>,
) -> Sums {
    scores
        .sums(0..resamples as usize, jobs, |resample, counts| {
            draw_into(seed, resample, counts);
        })
        .over(scores.documents().max(1) as f64)
}

/// Returns the interval that contains the middle `level` of the resampled values; `None`
/// without values.
///
/// Efron & Tibshirani (1993), chapter 13.
pub fn percentile_bounds(resampled: &[f64], level: f64) -> Option<Bounds> {
    let mut values = resampled.to_vec();
    let tail = (1.0 - level) / 2.0;
    let low = percentile_of(&mut values, tail)?;
    Some((low, percentile_of(&mut values, 1.0 - tail)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bca;
    use epitome_base::rng;

    const ONE: NonZero<usize> = NonZero::<usize>::MIN;

    #[test]
    fn equal_scores_have_equal_means() {
        let sums = resampled_means(&Scores::new(&[&[0.25; 8]]), 1, 50, ONE);
        assert_eq!(sums.column(0), [0.25; 50]);
        assert_eq!(percentile_bounds(sums.column(0), 0.95), Some((0.25, 0.25)));
    }

    #[test]
    fn columns_share_their_resamples() {
        let scores = [0.1, 0.7, 0.3, 0.4];
        let twice = scores.map(|score| 2.0 * score);
        let sums = resampled_means(&Scores::new(&[&scores, &twice]), 9, 20, ONE);
        let doubled: Vec<f64> = sums.column(0).iter().map(|mean| 2.0 * mean).collect();
        assert_eq!(sums.column(1), doubled);
    }

    /// Returns the share of 1,000 samples of 100 from a skewed distribution (the square
    /// of a uniform variable, with the mean 1/3) whose interval contains the mean.
    fn coverage(interval: impl Fn(&[f64], &[f64]) -> Bounds) -> f64 {
        let experiments = 1_000;
        let covered = (0..experiments).filter(|&experiment| {
            let uniform = |at| rng::mix(experiment + 77, at) as f64 / u64::MAX as f64;
            let sample: Vec<f64> = (0..100).map(|at| uniform(at).powi(2)).collect();
            let sums = resampled_means(&Scores::new(&[&sample]), experiment, 400, ONE);
            let (low, high) = interval(&sample, sums.column(0));
            (low..=high).contains(&(1.0 / 3.0))
        });
        covered.count() as f64 / experiments as f64
    }

    #[test]
    fn percentile_intervals_cover_the_truth_95_times_in_100() {
        let share = coverage(|_, means| percentile_bounds(means, 0.95).unwrap());
        assert!((0.93..=0.97).contains(&share), "{share}");
    }

    #[test]
    fn corrected_intervals_cover_the_truth_95_times_in_100() {
        let share = coverage(|sample, means| bca(sample, means, 0.95).unwrap());
        assert!((0.93..=0.97).contains(&share), "{share}");
    }
}
