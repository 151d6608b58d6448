//! Friedman's test: whether systems differ at all, over several corpora.

use super::{gamma::chi_squared_tail, ranks::ranks, special::fisher_tail};

/// The result of Friedman's test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Friedman {
    /// Friedman's χ².
    pub chi_squared: f64,
    /// The p-value of χ², with `k − 1` degrees of freedom.
    pub p: f64,
    /// Iman and Davenport's F, which is infinite if all blocks agree.
    pub f: f64,
    /// The p-value of F, with `k − 1` and `(k − 1)(N − 1)` degrees of freedom.
    pub f_p: f64,
}

/// Returns Friedman's test of the hypothesis that `k` systems have equal ranks in `N`
/// blocks (corpora or documents) of one value per system, corrected for ties, and the
/// less conservative statistic of Iman & Davenport:
///
/// ```text
/// χ² = (12 Σ Rⱼ² / (N k (k + 1)) − 3 N (k + 1)) / (1 − Σ (t³ − t) / (N k (k² − 1)))
/// F  = (N − 1) χ² / (N (k − 1) − χ²)
/// ```
///
/// `Rⱼ` is the sum of the ranks of a system and `t` the size of each group of ties.
/// Returns `None` with fewer than two systems or blocks, or if all values of every block
/// are equal.
///
/// Friedman (1937), JASA 32; Iman & Davenport (1980), Communications in Statistics 9(6);
/// Demšar (2006), *Statistical comparisons of classifiers over multiple data sets*, JMLR 7.
pub fn friedman(blocks: &[Vec<f64>]) -> Option<Friedman> {
    let systems = blocks.first().map_or(0, Vec::len);
    if systems < 2 || blocks.len() < 2 {
        return None;
    }

    let (k, n) = (systems as f64, blocks.len() as f64);
    let mut sums = vec![0.0; systems];
    let mut ties = 0.0;
    for block in blocks {
        let ranks = ranks(block);
        ties += tied(&ranks);
        for (sum, rank) in sums.iter_mut().zip(ranks) {
            *sum += rank;
        }
    }

    let squares: f64 = sums.iter().map(|sum| sum * sum).sum();
    let correction = 1.0 - ties / (n * k * (k * k - 1.0));
    if correction <= 0.0 {
        return None;
    }

    let plain = 12.0 * squares / (n * k * (k + 1.0)) - 3.0 * n * (k + 1.0);
    let chi_squared = (plain / correction).max(0.0);

    // `rest` is 0 but for rounding if all blocks agree
    let rest = n * (k - 1.0) - chi_squared;
    let f = if rest > 1e-9 {
        (n - 1.0) * chi_squared / rest
    } else {
        f64::INFINITY
    };

    Some(Friedman {
        chi_squared,
        p: chi_squared_tail(chi_squared, k - 1.0),
        f,
        f_p: fisher_tail(f, k - 1.0, (k - 1.0) * (n - 1.0)),
    })
}

/// Returns `Σ (t³ − t)` over the groups of equal ranks.
fn tied(ranks: &[f64]) -> f64 {
    let mut sorted = ranks.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let groups = sorted
        .chunk_by(|a, b| a == b)
        .map(|group| group.len() as f64);
    groups.map(|size| size.powi(3) - size).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_that_all_agree_give_the_largest_statistic() {
        let found = friedman(&vec![vec![3.0, 2.0, 1.0]; 4]).unwrap();
        assert!((found.chi_squared - 8.0).abs() < 1e-12); // N (k − 1)
        assert!((found.p - (-4.0_f64).exp()).abs() < 1e-14);
        assert_eq!((found.f, found.f_p), (f64::INFINITY, 0.0));
    }

    #[test]
    fn nothing_can_be_told_of_one_block_or_of_ties_alone() {
        assert_eq!(friedman(&[vec![1.0, 2.0]]), None);
        assert_eq!(friedman(&[vec![1.0], vec![2.0]]), None);
        assert_eq!(friedman(&[vec![1.0, 1.0], vec![2.0, 2.0]]), None);
        assert_eq!(friedman(&[]), None);
    }
}
