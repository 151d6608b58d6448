//! Quantiles of Student's t distribution.

use std::f64::consts::PI;

use super::{
    normal,
    special::{ln_gamma, student_two_sided},
};

/// Returns the bound `t` such that Student's variable with `degrees` degrees of freedom
/// is between `−t` and `t` with the probability `level`, such as 0.95.
///
/// It is computed in closed form for 1 and 2 degrees of freedom, otherwise by Newton's
/// steps from the expansion Abramowitz & Stegun (1964), 26.7.5, until they change no
/// significant digit.
pub(super) fn quantile(level: f64, degrees: f64) -> f64 {
    if degrees <= 1.0 {
        return (PI / 2.0 * level).tan();
    }
    if degrees <= 2.0 {
        return level * (2.0 / (1.0 - level * level)).sqrt();
    }
    let outside = 1.0 - level;
    let first = expanded(normal::quantile(1.0 - outside / 2.0), degrees);
    (0..6).fold(first, |t, _| {
        t + (student_two_sided(t, degrees) - outside) / (2.0 * density(t, degrees))
    })
}

/// Returns the first terms of the expansion of t's quantile in `z`, that of the normal
/// distribution.
fn expanded(z: f64, degrees: f64) -> f64 {
    let first = z * (z * z + 1.0) / 4.0;
    let second = z * ((5.0 * z * z + 16.0) * z * z + 3.0) / 96.0;
    z + first / degrees + second / (degrees * degrees)
}

/// Returns the density of Student's t distribution.
fn density(t: f64, degrees: f64) -> f64 {
    let half = f64::midpoint(degrees, 1.0);
    let scale = ln_gamma(half) - ln_gamma(degrees / 2.0) - 0.5 * (degrees * PI).ln();
    (scale - half * (t * t / degrees).ln_1p()).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        // Abramowitz & Stegun (1964), table 26.10, three decimals
        for (degrees, wanted) in [
            (1.0, 12.706),
            (2.0, 4.303),
            (3.0, 3.182),
            (4.0, 2.776),
            (10.0, 2.228),
            (29.0, 2.045),
            (120.0, 1.980),
        ] {
            let found = quantile(0.95, degrees);
            assert!((found - wanted).abs() < 5.1e-4, "{degrees}: {found}");
        }
    }

    #[test]
    fn the_quantile_undoes_the_tail() {
        for degrees in (3..60).chain([333, 99_999]).map(f64::from) {
            for level in [0.5, 0.9, 0.95, 0.99] {
                let back = student_two_sided(quantile(level, degrees), degrees);
                assert!(
                    (back + level - 1.0).abs() < 1e-10,
                    "{degrees} {level}: {back}"
                );
            }
        }
    }
}
