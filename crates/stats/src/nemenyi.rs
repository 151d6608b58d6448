//! Nemenyi's test: which systems differ in mean rank over several corpora.

use super::studentised_range::{quantile, tail};

/// Returns the critical difference: if the mean ranks of two of `k` systems over `N`
/// blocks are farther apart, the systems differ at level `alpha`, with all pairs tested
/// at once:
///
/// ```text
/// CD = q(α; k, ∞) √(k (k + 1) / (12 N))
/// ```
///
/// `q` is the quantile of the studentised range.
///
/// Nemenyi (1963), *Distribution-free multiple comparisons*; Demšar (2006), JMLR 7, whose
/// `q` is divided by √2.
pub fn critical_difference(systems: usize, blocks: usize, alpha: f64) -> f64 {
    quantile(alpha, systems) * unit(systems, blocks)
}

/// Returns the probability of two mean ranks that are at least `difference` apart if all
/// systems are equal.
pub fn nemenyi(difference: f64, systems: usize, blocks: usize) -> f64 {
    tail(difference.abs() / unit(systems, blocks), systems)
}

/// Returns the size of a studentised range of 1 in mean ranks.
fn unit(systems: usize, blocks: usize) -> f64 {
    let k = systems as f64;
    (k * (k + 1.0) / (12.0 * blocks as f64)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_the_critical_difference_p_is_alpha() {
        for (systems, blocks) in [(2, 5), (4, 14), (20, 7)] {
            let difference = critical_difference(systems, blocks, 0.05);
            assert!((nemenyi(difference, systems, blocks) - 0.05).abs() < 1e-9);
        }
    }

    #[test]
    fn it_is_that_of_demsars_example() {
        // 4 classifiers on 14 data sets: 2.569 √(4 · 5 / (6 · 14)) = 1.25
        assert!((critical_difference(4, 14, 0.05) - 1.25).abs() < 0.005);
    }
}
