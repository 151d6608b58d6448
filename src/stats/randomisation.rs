//! Whether two systems differ, by exchanging their scores.

use std::num::NonZero;

use crate::rng;

use super::{
    resample::coins,
    scores::{Scores, Sums},
};

/// The signed sums behind paired approximate randomisation, of every column of scores.
///
/// In each round a coin decides for each document whether two systems exchange their
/// scores; the difference of their sums is then `Σ ± (a − b) = Σ ± a − Σ ± b`, so that one
/// set of signed sums serves every pair of columns.
///
/// Noreen (1989), *Computer-intensive methods for testing hypotheses*; Riezler & Maxwell
/// (2005), *On some pitfalls in automatic evaluation and significance testing for MT*.
#[derive(Debug, Clone)]
pub struct Randomisation {
    signed: Sums,
    observed: Sums,
}

/// Differences this close, relative to the sums, are the same: they are sums in another
/// order.
const ROUNDING: f64 = 1e-12;

impl Randomisation {
    /// `rounds` rounds under `seed`, on `jobs` threads.
    pub fn new(scores: &Scores, seed: u64, rounds: u32, jobs: NonZero<usize>) -> Self {
        let seed = rng::seed_of(seed, "randomisation"); // not the streams of the bootstrap
        let sign = |round, signs: &mut [f64]| {
            let coins = coins(seed, round, signs.len());
            for (sign, coin) in signs.iter_mut().zip(coins) {
                *sign = 1.0 - 2.0 * coin;
            }
        };
        Self {
            signed: scores.sums(rounds as usize, jobs, sign),
            observed: scores.sums(1, NonZero::<usize>::MIN, |_, signs| signs.fill(1.0)),
        }
    }

    /// The chance of a difference between the means of columns `a` and `b` as large as
    /// observed, on either side, were the systems exchangeable: `(c + 1) / (rounds + 1)`
    /// for `c` rounds with one as large.
    pub fn p(&self, a: usize, b: usize) -> f64 {
        let [sum_a, sum_b] = [a, b].map(|column| self.observed.column(column)[0]);
        let rounding = ROUNDING * sum_a.abs().max(sum_b.abs());
        let observed = (sum_a - sum_b).abs() - rounding;
        let (a, b) = (self.signed.column(a), self.signed.column(b));
        let rounds = a.len();
        let as_large = a.iter().zip(b).filter(|(a, b)| (*a - *b).abs() >= observed);
        (as_large.count() as f64 + 1.0) / (rounds as f64 + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: NonZero<usize> = NonZero::<usize>::MIN;

    fn p(a: &[f64], b: &[f64], seed: u64, rounds: u32) -> f64 {
        Randomisation::new(&Scores::new(&[a, b]), seed, rounds, ONE).p(0, 1)
    }

    #[test]
    fn a_system_does_not_differ_from_itself() {
        let scores = [0.3, 0.1, 0.7];
        assert_eq!(p(&scores, &scores, 1, 99), 1.0);
    }

    #[test]
    fn with_three_documents_a_quarter_of_the_rounds_is_as_extreme() {
        // all three differences have one sign: 2 of the 8 exchanges keep it
        let found = p(&[1.0, 2.0, 3.0], &[0.0, 0.0, 0.0], 3, 10_000);
        assert!((found - 0.25).abs() < 0.02, "{found}"); // 4 standard errors: 0.017
    }

    #[test]
    fn exchanging_the_systems_changes_nothing() {
        let (a, b) = ([0.3, 0.1, 0.7, 0.2], [0.2, 0.3, 0.1, 0.1]);
        assert_eq!(p(&a, &b, 5, 199), p(&b, &a, 5, 199));
    }

    #[test]
    fn p_is_uniform_when_systems_do_not_differ() {
        let experiments = 1_000;
        let uniform = |seed, at| rng::mix(seed, at) as f64 / u64::MAX as f64;
        let mut found: Vec<f64> = (0..experiments)
            .map(|seed| {
                let column = |which: u64| -> Vec<f64> {
                    (0..40).map(|at| uniform(seed + 9_999, 2 * at + which)).collect()
                };
                p(&column(0), &column(1), seed, 199)
            })
            .collect();
        found.sort_unstable_by(f64::total_cmp);
        // Kolmogorov–Smirnov: 1.95 / √1000 is passed by chance once in a thousand
        let distance = found
            .iter()
            .enumerate()
            .map(|(at, p)| (p - (at as f64 + 0.5) / experiments as f64).abs());
        let largest = distance.fold(0.0, f64::max);
        assert!(largest < 1.95 / (experiments as f64).sqrt(), "{largest}");
    }
}
