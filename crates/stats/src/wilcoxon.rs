//! Wilcoxon's signed rank test: whether two systems differ, by the ranks of their
//! differences.

use super::normal;

/// The result of Wilcoxon's signed rank test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wilcoxon {
    /// The smaller of the rank sums of gains and of losses.
    pub statistic: f64,
    /// The two-sided p-value.
    pub p: f64,
}

/// The difference up to which differences are equal; scores are shares of 1.
const ROUNDING: f64 = 1e-12;

/// The number of differences up to which the p-value is exact.
const EXACT: usize = 50;

/// Returns Wilcoxon's signed rank test of the paired differences of `a` and `b`.
/// Documents without a difference are left out; `None` if no document is left.
///
/// The p-value is exact for up to 50 differences, with or without ties; otherwise it is
/// computed from the normal distribution, with a correction for ties but not for
/// continuity. The complexity is `O(n log n)`, and `O(n³)` if it is exact.
///
/// Wilcoxon (1945), *Individual comparisons by ranking methods*, Biometrics Bulletin
/// 1(6); Pratt (1959) on zeros, which are dropped here as by Wilcoxon.
pub fn wilcoxon(a: &[f64], b: &[f64]) -> Option<Wilcoxon> {
    let mut differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
    differences.retain(|one| one.abs() > ROUNDING);

    differences.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
    let count = differences.len();
    let (mut gains, mut losses, mut ties, mut before) = (0.0, 0.0, 0.0, 0.0);
    let mut ranks = Vec::with_capacity(count);

    for tied in differences.chunk_by(|a, b| b.abs() - a.abs() <= ROUNDING) {
        let size = tied.len() as f64;
        let rank = before + f64::midpoint(size, 1.0);
        ties += size.powi(3) - size;
        before += size;
        for one in tied {
            ranks.push(rank);
            *(if *one > 0.0 { &mut gains } else { &mut losses }) += rank;
        }
    }

    let statistic = f64::min(gains, losses);
    let p = match count {
        0 => return None,
        _ if count <= EXACT => exact(statistic, &ranks),
        _ => approximate(statistic, count as f64, ties),
    };
    Some(Wilcoxon { statistic, p })
}

/// Returns twice the probability that a random set of the ranks has a sum of at most
/// `statistic`, by counting the sets of each sum. Sums are counted in halves, since tied
/// ranks are halves.
fn exact(statistic: f64, ranks: &[f64]) -> f64 {
    let halves = |rank: f64| (2.0 * rank) as usize;
    let mut chance = vec![0.0; ranks.len() * (ranks.len() + 1) + 1];
    chance[0] = 1.0;
    for rank in ranks.iter().map(|&rank| halves(rank)) {
        for sum in (0..chance.len()).rev() {
            let with = if sum >= rank { chance[sum - rank] } else { 0.0 };
            chance[sum] = f64::midpoint(chance[sum], with);
        }
    }
    (2.0 * chance[..=halves(statistic)].iter().sum::<f64>()).min(1.0)
}

/// Returns the p-value from the normal distribution, corrected for ties; `ties` is `Σ (t³ − t)`
/// over the groups of equal differences.
fn approximate(statistic: f64, count: f64, ties: f64) -> f64 {
    let mean = count * (count + 1.0) / 4.0;
    let variance = count * (count + 1.0) * (2.0 * count + 1.0) / 24.0 - ties / 48.0;
    normal::two_sided((statistic - mean) / variance.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_gains_are_one_of_four_outcomes_as_extreme() {
        let found = wilcoxon(&[1.0, 2.0, 3.0], &[0.0; 3]).unwrap();
        assert_eq!(
            found,
            Wilcoxon {
                statistic: 0.0,
                p: 0.25
            }
        );
    }

    #[test]
    fn documents_without_a_difference_are_left_out() {
        let found = wilcoxon(&[1.0, 2.0, 3.0, 7.0], &[0.0, 0.0, 0.0, 7.0]).unwrap();
        assert_eq!(found.p, 0.25);
        assert_eq!(wilcoxon(&[1.0], &[1.0]), None);
    }

    #[test]
    fn exchanging_the_systems_changes_nothing() {
        let (a, b) = ([0.3, 0.1, 0.7, 0.2], [0.2, 0.3, 0.1, 0.1]);
        assert_eq!(wilcoxon(&a, &b), wilcoxon(&b, &a));
    }
}
