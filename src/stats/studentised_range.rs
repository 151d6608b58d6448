//! The range of normal variables.

use super::normal::{cdf, density};

/// Where the integral ends on either side, and half the number of its intervals.
const END: f64 = 8.5;
const HALVES: u32 = 1_000;

/// The chance that the largest and the smallest of `count` independent standard normal
/// variables are more than `range` apart: the studentised range with infinitely many
/// degrees of freedom.
///
/// ```text
/// P(Q ≤ q) = k ∫ φ(z) (Φ(z) − Φ(z − q))^(k − 1) dz
/// ```
///
/// By Simpson's rule with 2,000 intervals from −8.5 to 8.5: `z` is the largest, and beyond
/// that it has a chance of 1e-17 times `k`.
pub(super) fn tail(range: f64, count: usize) -> f64 {
    if range <= 0.0 || count < 2 {
        return 1.0;
    }
    let step = END / f64::from(HALVES);
    let power = (count - 1) as f64;
    let integrand = |z: f64| {
        density(z) * (cdf(z).powf(power) - (cdf(z) - cdf(z - range)).powf(power))
    };
    let point = |at: u32| integrand(f64::from(at) * step - END);
    let odd: f64 = (0..HALVES).map(|at| point(2 * at + 1)).sum();
    let even: f64 = (1..HALVES).map(|at| point(2 * at)).sum();
    let ends = point(0) + point(2 * HALVES);
    (count as f64 * step / 3.0 * (ends + 4.0 * odd + 2.0 * even)).clamp(0.0, 1.0)
}

/// The range that is passed with a chance of `share`, by halving.
pub(super) fn quantile(share: f64, count: usize) -> f64 {
    let (mut low, mut high) = (0.0, 64.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if tail(middle, count) > share {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_range_of_two_is_a_normal_difference() {
        for range in [0.1, 1.0, 2.77, 6.0] {
            let wanted = super::super::normal::two_sided(range / 2.0_f64.sqrt());
            assert!((tail(range, 2) - wanted).abs() < 1e-12, "{range}");
        }
        let wanted = 1.959_963_984_540_054 * 2.0_f64.sqrt();
        assert!((quantile(0.05, 2) - wanted).abs() < 1e-9);
    }

    #[test]
    fn more_variables_lie_farther_apart() {
        assert!(quantile(0.05, 3) < quantile(0.05, 4));
        assert_eq!((tail(0.0, 5), tail(3.0, 1)), (1.0, 1.0));
    }
}
