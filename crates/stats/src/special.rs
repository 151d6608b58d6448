//! Special functions for the tails of distributions.

use std::f64::consts::PI;

/// Returns the probability that Student's t with `degrees` degrees of freedom is at least
/// as far from 0 as `t`, on either side: `I(ν / (ν + t²); ν/2, 1/2)`.
///
/// DLMF 8.17; Abramowitz & Stegun (1964), 26.7.1.
pub(super) fn student_two_sided(t: f64, degrees: f64) -> f64 {
    let below = degrees + t * t;
    incomplete_beta([degrees / below, t * t / below], degrees / 2.0, 0.5)
}

/// Returns the probability that a variable of Fisher's F distribution with `above` and
/// `below` degrees of freedom exceeds `f`: `I(d₂ / (d₂ + d₁ f); d₂/2, d₁/2)`.
///
/// Abramowitz & Stegun (1964), 26.6.2.
pub(super) fn fisher_tail(f: f64, above: f64, below: f64) -> f64 {
    if f.is_infinite() {
        return 0.0;
    }
    let sum = below + above * f;
    incomplete_beta([below / sum, above * f / sum], below / 2.0, above / 2.0)
}

/// Returns the regularised incomplete beta function `I(x; a, b)` for positive `a` and
/// `b`. `x`, from 0 to 1, is given together with `1 − x`, so that neither loses digits.
///
/// It is computed by the continued fraction DLMF 8.17.22, which converges fast for `x`
/// below `(a + 1) / (a + b + 2)`, and above that by `I(x; a, b) = 1 − I(1 − x; b, a)`.
pub(super) fn incomplete_beta([x, rest]: [f64; 2], a: f64, b: f64) -> f64 {
    // the swap is not a call of its own: rounded, both `x` and `1 − x` may lie above the line
    match x > (a + 1.0) / (a + b + 2.0) {
        true => 1.0 - by_fraction([rest, x], b, a),
        false => by_fraction([x, rest], a, b),
    }
}

/// Returns `I(x; a, b)` by the continued fraction, for any `x`.
fn by_fraction([x, rest]: [f64; 2], a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let log_beta = ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    let front = (a * x.ln() + b * rest.ln() - log_beta).exp() / a;
    front / continued_fraction(x, a, b)
}

/// Returns `1 + d₁/(1 + d₂/(1 + …))` of DLMF 8.17.22 by the modified method of Lentz:
/// Thompson & Barnett (1986), *Coulomb and Bessel functions of complex arguments and
/// order*, Journal of Computational Physics 64.
fn continued_fraction(x: f64, a: f64, b: f64) -> f64 {
    /// A denominator of 0 is replaced by this number, which is far below any result.
    const TINY: f64 = 1e-300;
    /// The largest number of rounds; about √max(a, b) are needed.
    const ROUNDS: u32 = 10_000;

    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut value, mut above, mut below) = (1.0, 1.0, 0.0);
    for round in 1..=ROUNDS {
        let numerator = partial_numerator(round, x, a, b);
        below = 1.0 / away_from_zero(1.0 + numerator * below);
        above = away_from_zero(1.0 + numerator / above);
        value *= above * below;
        if (above * below - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

/// Returns `d` of DLMF 8.17.22 in a round, which is `2m` or `2m + 1`.
fn partial_numerator(round: u32, x: f64, a: f64, b: f64) -> f64 {
    let half = f64::from(round / 2);
    let twice = a + 2.0 * half;
    match round % 2 {
        0 => half * (b - half) * x / ((twice - 1.0) * twice),
        _ => -(a + half) * (a + b + half) * x / (twice * (twice + 1.0)),
    }
}

/// Returns `ln Γ(x)` for positive `x`: from 10 on by Stirling's series (DLMF 5.11.1),
/// below 10 by `Γ(x + 1) = x Γ(x)`.
pub(super) fn ln_gamma(x: f64) -> f64 {
    // B₂ₖ / (2k (2k − 1)) for k = 1, 2, …
    const TERMS: [f64; 7] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1_260.0,
        -1.0 / 1_680.0,
        1.0 / 1_188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
    ];

    let (mut x, mut product) = (x, 1.0);
    while x < 10.0 {
        product *= x;
        x += 1.0;
    }

    let square = x * x;
    let series = TERMS
        .iter()
        .rev()
        .fold(0.0, |sum, term| sum / square + term)
        / x;
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * PI).ln() + series - f64::ln(product)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_value_on_the_line_of_the_swap_has_a_tail() {
        // both x > (a + 1) / (a + b + 2) and 1 − x > (b + 1) / (a + b + 2), in doubles
        let (t, f) = (1.638_356_043_818_250_5, 2.684_210_526_315_789_4);
        let (student, fisher) = (student_two_sided(t, 17.0), fisher_tail(f, 1.0, 17.0));
        // t² is F with 1 and ν degrees of freedom
        assert!((student - fisher).abs() < 1e-12, "{student} {fisher}");
        // between the tabled .10 at t = 1.740 and .20 at t = 1.333: Abramowitz & Stegun, 26.10
        assert!(0.10 < student && student < 0.20, "{student}");
    }

    proptest! {
        #[test]
        fn tails_are_continuous_across_the_line_of_the_swap(
            above in 1_u32..60,
            below in 1_u32..400,
            steps in -40_i32..40,
        ) {
            let (above, below) = (f64::from(above), f64::from(below));
            // x = d₂ / (d₂ + d₁ f) is (a + 1) / (a + b + 2) for a = d₂/2, b = d₁/2
            let (a, b) = (below / 2.0, above / 2.0);
            let line = (a + 1.0) / (a + b + 2.0);
            let at_line = below * (1.0 - line) / (above * line);
            let near = at_line * (1.0 + f64::from(steps) * f64::EPSILON);
            let tail = fisher_tail(near, above, below);
            prop_assert!((0.0..=1.0).contains(&tail));
            prop_assert!((tail - fisher_tail(at_line * 1.000_1, above, below)).abs() < 1e-3);
            let student = student_two_sided(near.sqrt(), below);
            prop_assert!((student - fisher_tail(near, 1.0, below)).abs() < 1e-9);
        }
    }

    #[test]
    fn tails_are_those_of_scipy() {
        // scripts/golden/correlations.py: python 3.11.7, scipy 1.16.2, numpy 2.4.6
        for (t, degrees, wanted) in [
            (0.0, 5.0, 1.0),
            (1.0, 1.0, 0.5),
            (2.5, 13.0, 0.026_588_782_810_857_45),
            (-2.5, 13.0, 0.026_588_782_810_857_45),
            (0.3, 97.0, 0.764_819_112_607_114_7),
            (12.0, 1_597.0, 7.936_569_957_502_445e-32),
            (60.0, 20.0, 4.680_651_599_356_915e-24),
            (1e-9, 3.0, 0.999_999_999_264_894_8),
        ] {
            let found = student_two_sided(t, degrees);
            // ln Γ near 1,600 / 2 is about 4,500 and keeps 12 digits behind the point
            assert!(
                (found / wanted - 1.0).abs() < 2e-11,
                "{t} {degrees}: {found}"
            );
        }
    }

    #[test]
    fn gamma_is_the_factorial() {
        let mut factorial = 1.0_f64;
        for n in 1..100_u32 {
            factorial *= f64::from(n);
            let found = ln_gamma(f64::from(n) + 1.0);
            assert!(
                (found - factorial.ln()).abs() < 1e-12 * found.max(1.0),
                "{n}"
            );
        }
        assert!((ln_gamma(0.5) - PI.sqrt().ln()).abs() < 1e-14);
    }
}
