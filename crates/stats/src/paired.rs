//! Differences of two systems that are paired by document: wins, and an effect size.

/// The numbers of documents on which the first of two systems is better, equal and worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wins {
    /// The number of documents on which the first system is better.
    pub wins: u64,
    /// The number of documents on which both are equal.
    pub ties: u64,
    /// The number of documents on which the first system is worse.
    pub losses: u64,
}

/// The difference up to which scores are equal; scores are shares of 1.
const ROUNDING: f64 = 1e-12;

/// Returns the wins, ties and losses of `a` against `b`, if higher is better.
pub fn wins(a: &[f64], b: &[f64]) -> Wins {
    let mut count = Wins::default();
    for (a, b) in a.iter().zip(b) {
        match a - b {
            difference if difference > ROUNDING => count.wins += 1,
            difference if difference < -ROUNDING => count.losses += 1,
            _ => count.ties += 1,
        }
    }
    count
}

/// Returns the mean of `a − b` in standard deviations of the differences, `d_z`; `None`
/// with fewer than two documents or if all differences are equal.
///
/// Cohen (1988), *Statistical power analysis for the behavioral sciences*, 2.3.5.
pub fn standardised_difference(a: &[f64], b: &[f64]) -> Option<f64> {
    let count = a.len().min(b.len()) as f64;
    let differences = || a.iter().zip(b).map(|(a, b)| a - b);
    let mean = differences().sum::<f64>() / count;
    let squares: f64 = differences().map(|one| (one - mean).powi(2)).sum();
    let deviation = (squares / (count - 1.0)).sqrt();
    let scale = differences().fold(0.0, |largest: f64, one| largest.max(one.abs()));
    (count >= 2.0 && deviation > ROUNDING * scale).then(|| mean / deviation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tie_is_no_win() {
        let found = wins(&[0.3, 0.1 + 0.2, 0.1, 0.9], &[0.2, 0.3, 0.2, 0.1]);
        assert_eq!(
            found,
            Wins {
                wins: 2,
                ties: 1,
                losses: 1
            }
        );
    }

    #[test]
    fn the_difference_is_in_standard_deviations() {
        // differences 1, 3: mean 2, standard deviation √2
        let found = standardised_difference(&[2.0, 4.0], &[1.0, 1.0]).unwrap();
        assert!((found - 2.0_f64.sqrt()).abs() < 1e-15);
        assert_eq!(standardised_difference(&[2.0, 4.0], &[1.0, 3.0]), None);
        assert_eq!(standardised_difference(&[2.0], &[1.0]), None);
    }
}
