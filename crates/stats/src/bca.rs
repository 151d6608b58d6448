//! Bootstrap intervals with a correction for bias and skewness (`BCa`).

use super::{interval::Bounds, normal, percentile::percentile_of};

/// Returns the `BCa` interval at `level` of the mean of `sample`, computed from its means
/// in resamples: the percentiles are not at `α` and `1 − α`, but where the bias `z₀` and
/// the acceleration `a` of the mean move them:
///
/// ```text
/// z₀ = Φ⁻¹(share of resamples below the mean, ties by half)
/// a  = Σ (xᵢ − x̄)³ / (6 (Σ (xᵢ − x̄)²)^1.5)
/// α' = Φ(z₀ + (z₀ + z_α) / (1 − a (z₀ + z_α)))
/// ```
///
/// `a` is the jackknife estimate, which for a mean is the formula above. If all resamples
/// are on one side of the mean, or if the sample does not vary, the result is the
/// percentile interval. Returns `None` without a sample or resamples. The complexity is
/// `O(n + R)`.
///
/// Efron (1987), *Better bootstrap confidence intervals*, JASA 82(397); Efron & Tibshirani
/// (1993), equations 14.9 to 14.15.
pub fn bca(sample: &[f64], resampled: &[f64], level: f64) -> Option<Bounds> {
    let mut resampled = resampled.to_vec();
    if sample.is_empty() {
        return None;
    }

    let mean = sample.iter().sum::<f64>() / sample.len() as f64;
    let bias = bias(&resampled, mean);
    let acceleration = acceleration(sample, mean);

    let mut bound = |share: f64| {
        let z = bias + normal::quantile(share);
        let moved = normal::cdf(bias + z / (1.0 - acceleration * z));
        percentile_of(
            &mut resampled,
            if moved.is_finite() { moved } else { share },
        )
    };

    let tail = (1.0 - level) / 2.0;
    Some((bound(tail)?, bound(1.0 - tail)?))
}

/// Returns `z₀`, or 0 if it would be infinite.
fn bias(resampled: &[f64], mean: f64) -> f64 {
    let below = resampled.iter().filter(|&&value| value < mean).count();
    let up_to = resampled.iter().filter(|&&value| value <= mean).count();
    let share = (below + up_to) as f64 / 2.0 / resampled.len() as f64;
    let bias = normal::quantile(share);
    if bias.is_finite() { bias } else { 0.0 }
}

/// Returns the acceleration of the mean, or 0 if the sample does not vary.
fn acceleration(sample: &[f64], mean: f64) -> f64 {
    let power = |power: i32| sample.iter().map(|x| (x - mean).powi(power)).sum::<f64>();
    let squares = power(2);
    if squares > 0.0 {
        power(3) / (6.0 * squares.powf(1.5))
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_bias_and_skewness_it_is_the_percentile_interval() {
        let resampled: Vec<f64> = (-50..=50).map(f64::from).collect();
        let (low, high) = bca(&[-1.0, 0.0, 1.0], &resampled, 0.9).unwrap();
        assert!(
            (low + 45.0).abs() < 1e-9 && (high - 45.0).abs() < 1e-9,
            "{low} {high}"
        );
    }

    #[test]
    fn a_long_tail_above_moves_the_interval_up() {
        let resampled: Vec<f64> =
            (0..=100).map(|at| 2.5 + f64::from(at) / 100.0).collect();
        let sample = [1.0, 1.0, 1.0, 9.0];
        let (low, high) = bca(&sample, &resampled, 0.9).unwrap();
        assert!(low > 2.55 && high > 3.45, "{low} {high}");
    }

    #[test]
    fn what_does_not_vary_has_an_interval_of_no_width() {
        assert_eq!(bca(&[0.5; 4], &[0.5; 10], 0.95), Some((0.5, 0.5)));
        assert_eq!(bca(&[], &[], 0.95), None);
        assert_eq!(bca(&[1.0], &[], 0.95), None);
    }
}
