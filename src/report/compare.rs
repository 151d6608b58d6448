//! Compares columns of scores on the same documents.

use std::num::NonZero;

use crate::{
    metric::Better,
    stats::{
        Bounds, Randomisation, Scores, Sums, Wins, bca, benjamini_hochberg, cliffs_delta,
        holm, paired_bootstrap, resampled_means, standardised_difference, wilcoxon, wins,
    },
};

/// How systems are compared.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Where the p-value is from.
    pub test: Test,
    /// Seed of resamples and exchanges.
    pub seed: u64,
    /// How many of each.
    pub resamples: u32,
    /// Threads.
    pub jobs: NonZero<usize>,
}

impl Settings {
    /// As many resamples as it takes for pairs of twenty systems to differ after
    /// correction.
    pub const RESAMPLES: u32 = 10_000;
}

/// A test of whether two systems differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Test {
    /// Paired approximate randomisation.
    #[default]
    Randomisation,
    /// Paired bootstrap.
    Bootstrap,
    /// Wilcoxon's signed ranks.
    Wilcoxon,
}

/// What a comparison of two columns found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// Which columns.
    pub pair: (usize, usize),
    /// The mean of the first minus the mean of the second.
    pub difference: f64,
    /// Its 95 % interval.
    pub interval: Option<Bounds>,
    /// Two-sided p-value.
    pub p: f64,
    /// Corrected over all pairs: Holm.
    pub p_holm: f64,
    /// Corrected over all pairs: Benjamini and Hochberg.
    pub p_fdr: f64,
    /// The difference in standard deviations of the documents' differences.
    pub effect: Option<f64>,
    /// Cliff's delta.
    pub cliff: Option<f64>,
    /// Documents on which the first is better, equal, worse.
    pub wins: Wins,
}

/// Compares pairs of columns, each a score for each document or not a number. A pair is
/// compared on the documents where both are numbers; one without such documents is left
/// out.
pub fn compare(
    columns: &[&[f64]],
    pairs: &[(usize, usize)],
    better: Better,
    settings: Settings,
) -> Vec<Found> {
    let counts: Vec<Vec<bool>> = columns
        .iter()
        .map(|column| column.iter().map(|value| !value.is_nan()).collect())
        .collect();
    let alike = counts.windows(2).all(|pair| pair[0] == pair[1]);
    let mut found: Vec<Found> = if alike {
        Resampled::new(columns, settings).compare(pairs, better)
    } else {
        // columns of other documents cannot share their resamples
        let alone = |&(a, b): &(usize, usize)| {
            let both = |column: usize| {
                let counts = counts[a].iter().zip(&counts[b]);
                let counted = columns[column].iter().zip(counts);
                counted
                    .filter(|(_, (a, b))| **a && **b)
                    .map(|(value, _)| *value)
                    .collect()
            };
            let (first, second): (Vec<f64>, Vec<f64>) = (both(a), both(b));
            let resampled = Resampled::new(&[&first, &second], settings);
            let found = resampled.compare(&[(0, 1)], better).pop();
            found.map(|found| Found { pair: (a, b), ..found })
        };
        pairs.iter().filter_map(alone).collect()
    };
    let p: Vec<f64> = found.iter().map(|found| found.p).collect();
    let corrected = holm(&p).into_iter().zip(benjamini_hochberg(&p));
    for (found, (p_holm, p_fdr)) in found.iter_mut().zip(corrected) {
        (found.p_holm, found.p_fdr) = (p_holm, p_fdr);
    }
    found
}

/// Columns that count the same documents, with their resampled means.
struct Resampled {
    columns: Vec<Vec<f64>>,
    means: Sums,
    randomisation: Option<Randomisation>,
    test: Test,
}

impl Resampled {
    fn new(columns: &[&[f64]], settings: Settings) -> Self {
        let Settings { test, seed, resamples, jobs } = settings;
        let counted = |column: &&[f64]| -> Vec<f64> {
            column.iter().copied().filter(|value| !value.is_nan()).collect()
        };
        let columns: Vec<Vec<f64>> = columns.iter().map(counted).collect();
        let slices: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let scores = Scores::new(&slices);
        Self {
            means: resampled_means(&scores, seed, resamples, jobs),
            randomisation: (test == Test::Randomisation)
                .then(|| Randomisation::new(&scores, seed, resamples, jobs)),
            columns,
            test,
        }
    }

    fn compare(&self, pairs: &[(usize, usize)], better: Better) -> Vec<Found> {
        let some = |&&(a, _): &&(usize, usize)| !self.columns[a].is_empty();
        pairs.iter().filter(some).map(|&pair| self.found(pair, better)).collect()
    }

    fn found(&self, (a, b): (usize, usize), better: Better) -> Found {
        let (first, second) = (&self.columns[a], &self.columns[b]);
        let differences: Vec<f64> =
            first.iter().zip(second).map(|(a, b)| a - b).collect();
        let difference = differences.iter().sum::<f64>() / differences.len() as f64;
        let resampled: Vec<f64> = self
            .means
            .column(a)
            .iter()
            .zip(self.means.column(b))
            .map(|(a, b)| a - b)
            .collect();
        let p = match (self.test, &self.randomisation) {
            (Test::Wilcoxon, _) => wilcoxon(first, second).map_or(1.0, |found| found.p),
            (_, Some(randomisation)) => randomisation.p(a, b),
            _ => paired_bootstrap(difference, &resampled),
        };
        let wins = match better {
            Better::Lower => wins(second, first),
            Better::Higher | Better::Neither => wins(first, second),
        };
        Found {
            pair: (a, b),
            difference,
            interval: bca(&differences, &resampled, 0.95),
            p,
            p_holm: p,
            p_fdr: p,
            effect: standardised_difference(first, second),
            cliff: cliffs_delta(first, second),
            wins,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(test: Test) -> Settings {
        Settings { test, seed: 1, resamples: 500, jobs: NonZero::<usize>::MIN }
    }

    const A: [f64; 8] = [0.5, 0.6, 0.7, 0.8, 0.5, 0.6, 0.7, 0.8];
    const B: [f64; 8] = [0.4, 0.5, 0.5, 0.7, 0.4, 0.5, 0.6, 0.6];

    #[test]
    fn a_better_system_wins_under_every_test() {
        for test in [Test::Randomisation, Test::Bootstrap, Test::Wilcoxon] {
            let found = compare(&[&A, &B], &[(0, 1)], Better::Higher, settings(test))[0];
            assert!((found.difference - 0.125).abs() < 1e-12);
            assert!(found.p < 0.05, "{test:?} {}", found.p);
            let (low, high) = found.interval.unwrap();
            assert!(0.09 < low && low < 0.125 && 0.125 < high && high < 0.18);
            assert_eq!(found.wins, Wins { wins: 8, ties: 0, losses: 0 });
        }
        let lower =
            compare(&[&A, &B], &[(0, 1)], Better::Lower, settings(Test::Wilcoxon));
        assert_eq!(lower[0].wins.losses, 8);
    }

    #[test]
    fn only_documents_that_count_for_both_are_compared() {
        let mut with_gap = B;
        with_gap[0] = f64::NAN;
        let pairs = [(0, 1), (1, 0)];
        let found = compare(
            &[&A, &with_gap],
            &pairs,
            Better::Higher,
            settings(Test::Randomisation),
        );
        assert_eq!(found[0].wins.wins, 7);
        assert_eq!(found[0].difference, -found[1].difference);
        let nothing = [f64::NAN; 8];
        let found = compare(
            &[&A, &nothing],
            &[(0, 1)],
            Better::Higher,
            settings(Test::Bootstrap),
        );
        assert!(found.is_empty());
    }

    #[test]
    fn p_values_are_corrected_over_the_pairs() {
        let mut other = A;
        other.reverse();
        let pairs = [(0, 1), (0, 2), (1, 2)];
        let found = compare(
            &[&A, &B, &other],
            &pairs,
            Better::Higher,
            settings(Test::Randomisation),
        );
        let smallest = found.iter().map(|found| found.p).fold(1.0, f64::min);
        let least = found.iter().min_by(|a, b| a.p.total_cmp(&b.p)).unwrap();
        assert_eq!(least.p_holm, 3.0 * smallest);
        assert!(
            found
                .iter()
                .all(|found| found.p <= found.p_fdr && found.p_fdr <= found.p_holm)
        );
    }
}
