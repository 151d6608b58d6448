//! The standard normal distribution.

use std::f64::consts::{PI, SQRT_2};

use super::gamma::upper;

/// Returns the probability that a standard normal variable is below `z`:
/// `erfc(−z/√2) / 2`, with `erfc(x) = Q(1/2, x²)` for positive `x` (DLMF 7.11.2).
pub(super) fn cdf(z: f64) -> f64 {
    let tail = upper(0.5, z * z / 2.0) / 2.0;
    if z < 0.0 { tail } else { 1.0 - tail }
}

/// Returns the probability that a standard normal variable is at least as far from 0 as
/// `z`, on either side.
pub(super) fn two_sided(z: f64) -> f64 {
    upper(0.5, z * z / 2.0)
}

/// Returns the density at `z`.
pub(super) fn density(z: f64) -> f64 {
    (-z * z / 2.0).exp() / (SQRT_2 * PI.sqrt())
}

/// Returns the value below which a standard normal variable is with the probability
/// `share`: −∞ at 0 and below, ∞ at 1 and above.
///
/// Abramowitz & Stegun (1964), 26.2.23, accurate to 4.5e-4, followed by Newton's steps.
pub(super) fn quantile(share: f64) -> f64 {
    if share <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if share >= 1.0 {
        return f64::INFINITY;
    }
    if share > 0.5 {
        return -quantile(1.0 - share);
    }
    let t = (-2.0 * share.ln()).sqrt();
    let above = (0.010_328 * t + 0.802_853) * t + 2.515_517;
    let below = ((0.001_308 * t + 0.189_269) * t + 1.432_788) * t + 1.0;
    (0..4).fold(above / below - t, |z, _| z - (cdf(z) - share) / density(z))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantile_undoes_the_distribution() {
        for share in [1e-12, 1e-4, 0.025, 0.3, 0.5, 0.8, 0.975, 0.999_9] {
            let back = cdf(quantile(share));
            assert!((back / share - 1.0).abs() < 1e-12, "{share}: {back}");
        }
        assert!((quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-14);
        assert_eq!(
            (quantile(0.0), quantile(1.0)),
            (f64::NEG_INFINITY, f64::INFINITY)
        );
    }
}
