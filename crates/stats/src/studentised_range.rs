//! The studentised range: the range of normal variables.

use super::normal::{cdf, density};

/// The end of the integral on either side, in steps.
const END: i32 = 136;

/// The number of steps per unit of `z`.
const STEPS: f64 = 16.0;

/// Returns the probability that the largest and the smallest of `count` independent
/// standard normal variables are more than `range` apart: the studentised range with
/// infinitely many degrees of freedom.
///
/// ```text
/// P(Q ≤ q) = k ∫ φ(z) (Φ(z) − Φ(z − q))^(k − 1) dz
/// ```
///
/// `z` is the largest variable. The integral is computed by the trapezoidal rule with
/// steps of 1/16 from −8.5 to 8.5, beyond which `z` has a probability of 1e-17 times `k`.
/// For a smooth function that decreases as fast as this one, the error shrinks
/// exponentially with the number of steps.
pub(super) fn tail(range: f64, count: usize) -> f64 {
    if range <= 0.0 || count < 2 {
        return 1.0;
    }
    let power = (count - 1) as f64;
    let points = (-END..=END).map(|at| {
        let z = f64::from(at) / STEPS;
        let largest = cdf(z).powf(power);
        density(z) * (largest - (cdf(z) - cdf(z - range)).powf(power))
    });
    let sum: f64 = points.sum();
    (count as f64 * sum / STEPS).clamp(0.0, 1.0)
}

/// Returns the range that is exceeded with the probability `share`, by bisection.
pub(super) fn quantile(share: f64, count: usize) -> f64 {
    // a range of 64 is never exceeded in doubles, and 60 halvings determine every digit
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
