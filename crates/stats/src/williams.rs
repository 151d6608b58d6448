//! Williams' test: whether two correlations that share a variable differ.

use super::special::student_two_sided;

/// The result of Williams' test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Williams {
    /// Student's t.
    pub t: f64,
    /// The two-sided p-value: the probability of a t at least as far from 0 if the
    /// correlations are equal.
    pub p: f64,
}

/// Returns Williams' test of the Pearson correlations `first` and `second` of two metrics
/// with the same human scores. `between` is the correlation of the metrics with each
/// other, and `count` the number of observations:
///
/// ```text
/// t(n − 3) = (r₁₂ − r₁₃) √((n − 1)(1 + r₂₃)) / √(2K (n − 1)/(n − 3) + ((r₁₂ + r₁₃)²/4)(1 − r₂₃)³)
/// K = 1 − r₁₂² − r₁₃² − r₂₃² + 2 r₁₂ r₁₃ r₂₃
/// ```
///
/// Returns `None` for fewer than four observations, and if `t` is 0/0, as for a metric
/// against itself. The observations are assumed to be independent of each other.
///
/// Graham & Baldwin (2014), *Testing for significance of increased correlation with human
/// judgment*, EMNLP, after Williams (1959). Departure: their test is one-sided, this one
/// is two-sided.
pub fn williams(first: f64, second: f64, between: f64, count: usize) -> Option<Williams> {
    if count < 4 {
        return None;
    }
    let n = count as f64;
    let k = 1.0 - first * first - second * second - between * between
        + 2.0 * first * second * between;
    // K is the determinant of the matrix of correlations: below 0 by rounding only
    let below = 2.0 * k.max(0.0) * (n - 1.0) / (n - 3.0)
        + (first + second).powi(2) / 4.0 * (1.0 - between).powi(3);
    let t = (first - second) * ((n - 1.0) * (1.0 + between)).sqrt() / below.sqrt();
    t.is_finite().then(|| Williams {
        t,
        p: student_two_sided(t, n - 3.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_scipy() {
        // scripts/golden/correlations.py: python 3.11.7, scipy 1.16.2, numpy 2.4.6
        for (first, second, between, count, t, p) in [
            // nlp-williams by Moon prints this one in its README, one-sided: 0.20928617286753592
            (
                0.65,
                0.55,
                0.3,
                50,
                0.816_078_186_546_716_2,
                0.418_572_345_735_071_74,
            ),
            (
                0.2,
                0.6,
                0.9,
                16,
                -18.043_591_036_830_72,
                1.386_385_838_521_755_7e-10,
            ),
            (
                -0.3,
                0.1,
                -0.5,
                4,
                -0.241_538_671_455_667_35,
                0.849_121_532_355_001,
            ),
            (
                0.31,
                0.3,
                0.99,
                1_600,
                2.976_132_187_036_744,
                0.002_962_977_810_266_853_5,
            ),
        ] {
            let found = williams(first, second, between, count).unwrap();
            assert!((found.t / t - 1.0).abs() < 1e-12, "{found:?}");
            // as in `special`: digits lost in ln Γ
            assert!((found.p / p - 1.0).abs() < 2e-11, "{found:?}");
        }
    }

    #[test]
    fn exchanging_the_metrics_changes_the_sign_only() {
        let (one, other) = (
            williams(0.5, 0.2, 0.4, 30).unwrap(),
            williams(0.2, 0.5, 0.4, 30).unwrap(),
        );
        assert_eq!((one.t, one.p), (-other.t, other.p));
        assert_eq!(
            williams(0.5, 0.5, 0.4, 30),
            Some(Williams { t: 0.0, p: 1.0 })
        );
    }

    #[test]
    fn what_cannot_be_told_is_none() {
        assert_eq!(williams(0.5, 0.2, 0.4, 3), None);
        assert_eq!(williams(0.5, 0.5, 1.0, 30), None);
    }
}
