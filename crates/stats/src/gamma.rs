//! The incomplete gamma function, and the tail of the χ² distribution.

use super::special::ln_gamma;

/// Returns the probability that a χ² variable with `degrees` degrees of freedom exceeds
/// `value`: `Q(ν/2, χ²/2)`.
pub(super) fn chi_squared_tail(value: f64, degrees: f64) -> f64 {
    upper(degrees / 2.0, value / 2.0)
}

/// Returns the regularised upper incomplete gamma function `Q(a, x)` for positive `a`, by
/// the series DLMF 8.7.1 below `a + 1` and by the continued fraction DLMF 8.9.2 above.
pub(super) fn upper(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    let front = (a * x.ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 {
        1.0 - front * series(a, x)
    } else {
        front * fraction(a, x)
    }
}

/// Returns `Σ xⁿ / (a (a + 1) … (a + n))`.
fn series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum, mut below) = (1.0 / a, 1.0 / a, a);
    while term > sum * 1e-17 {
        below += 1.0;
        term *= x / below;
        sum += term;
    }
    sum
}

/// Returns `1/(x + 1 − a − 1(1 − a)/(x + 3 − a − …))` by the modified method of Lentz.
fn fraction(a: f64, x: f64) -> f64 {
    /// A denominator of 0 is replaced by this number, which is far below any result.
    const TINY: f64 = 1e-300;
    /// The largest number of rounds.
    const ROUNDS: u32 = 10_000;

    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };

    let mut constant = x + 1.0 - a;
    let mut above = 1.0 / TINY;
    let mut below = 1.0 / away_from_zero(constant);
    let mut value = below;

    for round in 1..=ROUNDS {
        let n = f64::from(round);
        let numerator = -n * (n - a);
        constant += 2.0;
        below = 1.0 / away_from_zero(numerator * below + constant);
        above = away_from_zero(constant + numerator / above);
        value *= below * above;
        if (below * above - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_degrees_of_freedom_have_an_exponential_tail() {
        for value in [0.0, 0.3, 2.0, 2.9, 3.1, 40.0, 700.0] {
            let (found, wanted) = (chi_squared_tail(value, 2.0), (-value / 2.0).exp());
            assert!(
                (found - wanted).abs() <= 1e-13 * wanted.max(1e-3),
                "{value}: {found}"
            );
        }
    }
}
