//! Paired approximate randomisation: whether two systems differ, by exchanging their
//! scores.

use std::{num::NonZero, ops::Range};

use epitome_base::rng;

use super::{
    resample::coins,
    scores::{Scores, Sums},
    sign_flips::{Exchanges, sign_flips},
};

/// The signed sums behind paired approximate randomisation, for every column of scores.
///
/// In each round a coin decides for each document whether two systems exchange their
/// scores. The difference of their sums is then `Σ ± (a − b) = Σ ± a − Σ ± b`, so that
/// one set of signed sums serves every pair of columns.
///
/// Noreen (1989), *Computer-intensive methods for testing hypotheses*; Riezler & Maxwell
/// (2005), *On some pitfalls in automatic evaluation and significance testing for MT*.
#[derive(Debug, Clone)]
pub struct Randomisation {
    signed: Sums,
    observed: Sums,
}

/// The number of scores whose signs are drawn and summed between two questions whether to
/// go on: about a second's work for one thread.
const CELLS_A_PART: usize = 1_000_000_000;

/// The difference, relative to the sums, up to which differences are equal: they are sums
/// in another order.
const ROUNDING: f64 = 1e-12;

impl Randomisation {
    /// Computes `rounds` rounds with the random seed `seed`, on `jobs` threads.
    pub fn new(scores: &Scores, seed: u64, rounds: u32, jobs: NonZero<usize>) -> Self {
        Self::of(scores, signed(scores, seed, 0..rounds as usize, jobs))
    }

    /// Computes the same as [`Randomisation::new`], and asks before each part of the work,
    /// which takes about a second, whether it `goes_on`. Returns `None` if it does not.
    pub fn unless_stopped(
        scores: &Scores,
        seed: u64,
        rounds: u32,
        jobs: NonZero<usize>,
        goes_on: &mut dyn FnMut() -> bool,
    ) -> Option<Self> {
        let cells = (scores.documents() * scores.columns()).max(1);
        let part = (CELLS_A_PART / cells).max(1);
        let signed = signed_unless_stopped(scores, seed, rounds, jobs, (part, goes_on))?;
        Some(Self::of(scores, signed))
    }

    /// Returns the signed sums with those of the scores as they are.
    fn of(scores: &Scores, signed: Sums) -> Self {
        let one = NonZero::<usize>::MIN;
        Self {
            signed,
            observed: scores.sums(0..1, one, |_, signs| signs.fill(1.0)),
        }
    }

    /// Returns the probability of a difference between the means of columns `a` and `b`
    /// at least as large as observed, on either side, if the systems are exchangeable;
    /// and the method by which it is computed. `differences` are the differences of the
    /// two columns by document.
    ///
    /// If at least ten rounds have such a difference, the p-value is
    /// `(c + 1) / (rounds + 1)` for `c` of them. Fewer rounds only show that it is small,
    /// but how small it is matters after the correction over many pairs: then
    /// [`sign_flips`] of the differences computes it, as it does if few documents differ
    /// and all exchanges are soon counted.
    pub fn p(&self, a: usize, b: usize, differences: &[f64]) -> (f64, Exchanges) {
        /// The number of rounds from which on their share is accurate enough.
        const ENOUGH: usize = 10;
        /// The number of differing documents up to which all exchanges can be counted.
        const FEW: usize = 16;

        let differing = differences
            .iter()
            .filter(|difference| **difference != 0.0)
            .count();
        let (as_large, rounds) = self.as_large(a, b);
        if differing <= FEW || as_large < ENOUGH {
            return sign_flips(differences);
        }

        (
            (as_large as f64 + 1.0) / (rounds as f64 + 1.0),
            Exchanges::Rounds,
        )
    }

    /// Returns the number of rounds with a difference at least as large, and the number
    /// of rounds.
    fn as_large(&self, a: usize, b: usize) -> (usize, usize) {
        let [sum_a, sum_b] = [a, b].map(|column| self.observed.column(column)[0]);
        let rounding = ROUNDING * sum_a.abs().max(sum_b.abs());
        let observed = (sum_a - sum_b).abs() - rounding;
        let (a, b) = (self.signed.column(a), self.signed.column(b));
        let as_large = a.iter().zip(b).filter(|(a, b)| (*a - *b).abs() >= observed);
        (as_large.count(), a.len())
    }
}

/// Returns the signed sums of some rounds.
fn signed(
    scores: &Scores,
    seed: u64,
    rounds: Range<usize>,
    jobs: NonZero<usize>,
) -> Sums {
    let seed = rng::seed_of(seed, "randomisation"); // not the streams of the bootstrap
    scores.sums(rounds, jobs, |round, signs| {
        let coins = coins(seed, round, signs.len());
        for (sign, coin) in signs.iter_mut().zip(coins) {
            *sign = 1.0 - 2.0 * coin;
        }
    })
}

/// Returns the signed sums of `rounds` rounds, computed in parts of so many rounds; `None`
/// if, before one of the parts, the question whether to go on is answered with no.
fn signed_unless_stopped(
    scores: &Scores,
    seed: u64,
    rounds: u32,
    jobs: NonZero<usize>,
    (part, goes_on): (usize, &mut dyn FnMut() -> bool),
) -> Option<Sums> {
    let rounds = rounds as usize;
    let mut parts = Vec::new();
    for first in (0..rounds).step_by(part) {
        if !goes_on() {
            return None;
        }
        let part = first..(first + part).min(rounds);
        parts.push(signed(scores, seed, part, jobs));
    }
    Some(Sums::joined(parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: NonZero<usize> = NonZero::<usize>::MIN;

    fn found(a: &[f64], b: &[f64], seed: u64, rounds: u32) -> (f64, Exchanges) {
        let differences: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
        Randomisation::new(&Scores::new(&[a, b]), seed, rounds, ONE).p(0, 1, &differences)
    }

    fn p(a: &[f64], b: &[f64], seed: u64, rounds: u32) -> f64 {
        found(a, b, seed, rounds).0
    }

    #[test]
    fn a_system_does_not_differ_from_itself() {
        let scores = [0.3, 0.1, 0.7];
        assert_eq!(p(&scores, &scores, 1, 99), 1.0);
    }

    #[test]
    fn with_three_documents_a_quarter_of_the_exchanges_is_as_extreme() {
        // all three differences have one sign: 2 of the 8 exchanges keep it
        let found = found(&[1.0, 2.0, 3.0], &[0.0, 0.0, 0.0], 3, 10_000);
        assert_eq!(found, (0.25, Exchanges::All));
    }

    #[test]
    fn what_rounds_cannot_reach_is_told_apart_all_the_same() {
        let column = |shift: f64| -> Vec<f64> {
            (0..200)
                .map(|at| shift + rng::mix(3, at) as f64 / u64::MAX as f64)
                .collect()
        };
        let noise: Vec<f64> = (0..200)
            .map(|at| rng::mix(4, at) as f64 / u64::MAX as f64)
            .collect();
        let (some, by) = found(&column(0.2), &noise, 1, 10_000);
        let (more, _) = found(&column(0.3), &noise, 1, 10_000);
        assert_eq!(by, Exchanges::Saddlepoint);
        assert!(some < 1e-8 && more < some / 100.0, "{some} {more}");
    }

    #[test]
    fn rounds_and_the_tail_agree_where_both_reach() {
        let column = |stream: u64, shift: f64| -> Vec<f64> {
            let value = |at| shift + rng::mix(stream, at) as f64 / u64::MAX as f64;
            (0..100).map(value).collect()
        };
        for stream in [11, 12, 13, 14] {
            let (a, b) = (column(stream, 0.08), column(stream + 50, 0.0));
            let (by_rounds, by) = found(&a, &b, 1, 100_000);
            assert_eq!(by, Exchanges::Rounds);
            let differences: Vec<f64> = a.iter().zip(&b).map(|(a, b)| a - b).collect();
            let (tail, _) = sign_flips(&differences);
            let error = 4.0 * (by_rounds / 100_000.0).sqrt() + 0.02 * by_rounds;
            assert!(
                (tail - by_rounds).abs() < error,
                "{stream}: {tail} {by_rounds}"
            );
        }
    }

    #[test]
    fn work_in_parts_finds_the_same_and_can_be_stopped() {
        let columns = [[0.5, 0.25, 1.0], [0.0, 0.75, 0.125]];
        let scores = Scores::new(&[&columns[0], &columns[1]]);
        let with_answers = |yes: usize| {
            let mut answers = (0..yes).map(|_| true);
            let mut goes_on = || answers.next().is_some();
            signed_unless_stopped(&scores, 1, 25, ONE, (10, &mut goes_on))
        };
        assert_eq!(with_answers(0), None);
        assert_eq!(with_answers(2), None);
        assert_eq!(with_answers(3), Some(signed(&scores, 1, 0..25, ONE)));
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
                    (0..40)
                        .map(|at| uniform(seed + 9_999, 2 * at + which))
                        .collect()
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
