//! The paired bootstrap test of the difference between two systems.

/// Returns the two-sided p-value of the difference between two means, computed from their
/// means in the same resamples: the share of resamples whose difference is at least as
/// far from the observed one as that is from 0, `(c + 1) / (R + 1)`.
///
/// This moves the resampled differences to the null hypothesis that nothing differs. The
/// p-value is `1` without resamples.
///
/// Koehn (2004), *Statistical significance tests for machine translation evaluation*, EMNLP,
/// with the two-sided form of Efron & Tibshirani (1993), chapter 16.
pub fn paired_bootstrap(difference: f64, resampled: &[f64]) -> f64 {
    let observed = difference.abs() * (1.0 - 1e-12); // sums in another order are the same
    let as_far = resampled
        .iter()
        .filter(|other| (*other - difference).abs() >= observed);
    (as_far.count() as f64 + 1.0) / (resampled.len() as f64 + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Scores, resampled_means};
    use epitome_base::rng;
    use std::num::NonZero;

    #[test]
    fn no_difference_is_as_far_as_any() {
        assert_eq!(paired_bootstrap(0.0, &[0.0, 0.1, -0.1]), 1.0);
        assert_eq!(paired_bootstrap(0.3, &[]), 1.0);
    }

    #[test]
    fn only_resamples_beyond_twice_the_difference_or_below_zero_count() {
        assert_eq!(
            paired_bootstrap(1.0, &[0.5, 1.5, 1.0, 2.5, -0.5, 0.9, 1.1]),
            3.0 / 8.0
        );
    }

    #[test]
    fn p_is_uniform_when_systems_do_not_differ() {
        let experiments = 600;
        let uniform = |seed, at| rng::mix(seed, at) as f64 / u64::MAX as f64 - 0.5;
        let mut found: Vec<f64> = (0..experiments)
            .map(|seed| {
                let differences: Vec<f64> =
                    (0..80).map(|at| uniform(seed + 1, at)).collect();
                let mean = differences.iter().sum::<f64>() / 80.0;
                let scores = Scores::new(&[&differences]);
                let sums = resampled_means(&scores, seed, 199, NonZero::<usize>::MIN);
                paired_bootstrap(mean, sums.column(0))
            })
            .collect();
        found.sort_unstable_by(f64::total_cmp);
        let distance = found
            .iter()
            .enumerate()
            .map(|(at, p)| (p - (at as f64 + 0.5) / experiments as f64).abs());
        let largest = distance.fold(0.0, f64::max);
        assert!(largest < 1.95 / (experiments as f64).sqrt(), "{largest}");
    }
}
