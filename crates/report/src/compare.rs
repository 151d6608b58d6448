//! Tests of differences between columns of scores on the same documents.

use epitome_metrics::Better;
use epitome_stats::{
    Randomisation, Scores, Sums, benjamini_hochberg, cliffs_delta, difference_interval,
    holm, paired_bootstrap, resampled_means, standardised_difference, wilcoxon, wins,
};

use super::pair_result::{
    ComparisonSettings, LEVEL, PValueOrigin, PairResult, SignificanceTest,
};

/// Compares pairs of columns. A column has a score for each document, or NaN. A pair is compared on
/// the documents on which both have a score, and left out if there are none.
pub fn compare(
    columns: &[&[f64]],
    pairs: &[(usize, usize)],
    better: Better,
    settings: ComparisonSettings,
) -> Vec<PairResult> {
    compare_unless_stopped(columns, pairs, better, settings, &mut || true)
        .unwrap_or_default()
}

/// Does the same as [`compare`], and asks again and again whether it `goes_on`: by randomisation,
/// which runs use, after about a second each time; by the other tests, before each pair. Returns
/// `None` if it does not.
pub(super) fn compare_unless_stopped(
    columns: &[&[f64]],
    pairs: &[(usize, usize)],
    better: Better,
    settings: ComparisonSettings,
    goes_on: &mut dyn FnMut() -> bool,
) -> Option<Vec<PairResult>> {
    if pairs.is_empty() {
        return Some(Vec::new()); // without resampling, which takes time
    }

    let counts: Vec<Vec<bool>> = columns
        .iter()
        .map(|column| column.iter().map(|value| !value.is_nan()).collect())
        .collect();
    let have_same_documents = counts.windows(2).all(|pair| pair[0] == pair[1]);

    let mut found: Vec<PairResult> = if have_same_documents {
        let resampled = Resampled::unless_stopped(columns, settings, goes_on)?;
        resampled.compare(pairs, better, goes_on)?
    } else {
        // columns of different documents cannot share their resamples
        let mut found = Vec::with_capacity(pairs.len());
        for &(a, b) in pairs {
            let both = |column: usize| {
                let counts = counts[a].iter().zip(&counts[b]);
                let counted = columns[column].iter().zip(counts);
                counted
                    .filter(|(_, (a, b))| **a && **b)
                    .map(|(value, _)| *value)
                    .collect()
            };
            let (first, second): (Vec<f64>, Vec<f64>) = (both(a), both(b));
            let resampled =
                Resampled::unless_stopped(&[&first, &second], settings, goes_on)?;
            let of_pair = resampled.compare(&[(0, 1)], better, goes_on)?;
            found.extend(of_pair.into_iter().map(|found| PairResult {
                pair: (a, b),
                ..found
            }));
        }
        found
    };

    let p: Vec<f64> = found.iter().map(|found| found.p).collect();
    let corrected = holm(&p).into_iter().zip(benjamini_hochberg(&p));
    for (found, (p_holm, p_fdr)) in found.iter_mut().zip(corrected) {
        (found.p_holm, found.p_fdr) = (p_holm, p_fdr);
    }
    Some(found)
}

/// Columns of scores on the same documents, with the random numbers of their test.
struct Resampled {
    columns: Vec<Vec<f64>>,
    chance: Chance,
    rounds: u32,
}

/// The random numbers that all pairs of a test share.
enum Chance {
    /// Sums of exchanged scores.
    Randomisation(Randomisation),
    /// Means of each column in each resample.
    Bootstrap(Sums),
    /// None.
    Wilcoxon,
}

impl Resampled {
    /// Draws the random numbers of a test on columns that have NaN on the same documents. Returns
    /// `None` if it does not go on.
    fn unless_stopped(
        columns: &[&[f64]],
        settings: ComparisonSettings,
        goes_on: &mut dyn FnMut() -> bool,
    ) -> Option<Self> {
        let ComparisonSettings {
            test,
            seed,
            resamples,
            jobs,
        } = settings;
        let columns: Vec<Vec<f64>> = columns
            .iter()
            .map(|column| {
                column
                    .iter()
                    .copied()
                    .filter(|value| !value.is_nan())
                    .collect()
            })
            .collect();
        let slices: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let scores = Scores::new(&slices);

        Some(Self {
            chance: match test {
                SignificanceTest::Randomisation => {
                    Chance::Randomisation(Randomisation::unless_stopped(
                        &scores, seed, resamples, jobs, goes_on,
                    )?)
                }
                SignificanceTest::Bootstrap => {
                    Chance::Bootstrap(resampled_means(&scores, seed, resamples, jobs))
                }
                SignificanceTest::Wilcoxon => Chance::Wilcoxon,
            },
            columns,
            rounds: resamples,
        })
    }

    /// Compares pairs of columns, except those without documents. Returns `None` if it does not go
    /// on.
    fn compare(
        &self,
        pairs: &[(usize, usize)],
        better: Better,
        goes_on: &mut dyn FnMut() -> bool,
    ) -> Option<Vec<PairResult>> {
        pairs
            .iter()
            .filter(|&&(a, _)| !self.columns[a].is_empty())
            .map(|&pair| goes_on().then(|| self.compare_pair(pair, better)))
            .collect()
    }

    /// Compares a pair of columns; p-values are not corrected.
    fn compare_pair(&self, (a, b): (usize, usize), better: Better) -> PairResult {
        let (first, second) = (&self.columns[a], &self.columns[b]);
        let differences: Vec<f64> =
            first.iter().zip(second).map(|(a, b)| a - b).collect();
        let difference = differences.iter().sum::<f64>() / differences.len() as f64;

        let (p, origin) = match &self.chance {
            Chance::Wilcoxon => (
                wilcoxon(first, second).map_or(1.0, |found| found.p),
                PValueOrigin::Wilcoxon,
            ),
            Chance::Randomisation(randomisation) => {
                let (p, exchanges) = randomisation.p(a, b, &differences);
                (p, PValueOrigin::Randomisation(exchanges))
            }
            Chance::Bootstrap(means) => {
                let pairs = means.column(a).iter().zip(means.column(b));
                let resampled: Vec<f64> = pairs.map(|(a, b)| a - b).collect();
                (
                    paired_bootstrap(difference, &resampled),
                    PValueOrigin::Bootstrap,
                )
            }
        };

        let wins = match better {
            Better::Lower => wins(second, first),
            Better::Higher | Better::Neither => wins(first, second),
        };
        PairResult {
            pair: (a, b),
            difference,
            interval: difference_interval(first, second, LEVEL),
            p,
            origin,
            rounds: self.rounds,
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
    use epitome_stats::Wins;
    use std::num::NonZero;

    fn settings(test: SignificanceTest) -> ComparisonSettings {
        ComparisonSettings {
            test,
            seed: 1,
            resamples: 500,
            jobs: NonZero::<usize>::MIN,
        }
    }

    const A: [f64; 8] = [0.5, 0.6, 0.7, 0.8, 0.5, 0.6, 0.7, 0.8];
    const B: [f64; 8] = [0.4, 0.5, 0.5, 0.7, 0.4, 0.5, 0.6, 0.6];

    #[test]
    fn a_better_system_wins_under_every_test() {
        for test in [
            SignificanceTest::Randomisation,
            SignificanceTest::Bootstrap,
            SignificanceTest::Wilcoxon,
        ] {
            let found = compare(&[&A, &B], &[(0, 1)], Better::Higher, settings(test))[0];
            assert!((found.difference - 0.125).abs() < 1e-12);
            assert!(found.p < 0.05, "{test:?} {}", found.p);
            let (low, high) = found.interval.unwrap();
            // s = 0.0463 and t = 2.365 with 7 degrees of freedom: ± 0.0387, more above
            assert!((low - 0.0863).abs() < 1e-4 && (0.164..0.2).contains(&high));
            assert_eq!(
                found.wins,
                Wins {
                    wins: 8,
                    ties: 0,
                    losses: 0
                }
            );
        }

        let lower = compare(
            &[&A, &B],
            &[(0, 1)],
            Better::Lower,
            settings(SignificanceTest::Wilcoxon),
        );

        assert_eq!(lower[0].wins.losses, 8);
    }

    #[test]
    fn if_interval_and_p_disagree_a_note_says_which_to_trust() {
        // two documents that differ by as much: an interval of no width, and p = 1/2
        let found = compare(
            &[&[0.5, 0.25], &[0.25, 0.0]],
            &[(0, 1)],
            Better::Higher,
            settings(SignificanceTest::Randomisation),
        )[0];
        assert_eq!((found.p, found.interval), (0.5, Some((0.25, 0.25))));
        let note = found.note().unwrap();
        assert!(note.starts_with("0 is outside the interval"), "{note}");
        assert!(note.contains("the evidence is borderline"), "{note}");
        assert_eq!(found.test(), "randomisation(exact)");

        let agreed = compare(
            &[&A, &B],
            &[(0, 1)],
            Better::Higher,
            settings(SignificanceTest::Randomisation),
        );
        assert_eq!(agreed[0].note(), None);
    }

    #[test]
    fn differences_among_forty_systems_on_three_hundred_documents_are_found() {
        use epitome_base::rng;

        let of = |system: u64| -> Vec<f64> {
            let shift = if system < 2 { 0.1 } else { 0.0 };
            let score = |at| shift + rng::mix(system, at) as f64 / u64::MAX as f64 / 2.0;
            (0..300).map(score).collect()
        };
        let columns: Vec<Vec<f64>> = (0..44).map(of).collect();
        let slices: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let pairs: Vec<(usize, usize)> = (0..44)
            .flat_map(|a| (a + 1..44).map(move |b| (a, b)))
            .collect();
        let found = compare(
            &slices,
            &pairs,
            Better::Higher,
            settings(SignificanceTest::Randomisation),
        );
        for found in found {
            let (a, b) = found.pair;
            let differ = (a < 2) != (b < 2);
            assert_eq!(found.p_holm < 0.05, differ, "{a} {b}: {}", found.p_holm);
        }
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
            settings(SignificanceTest::Randomisation),
        );
        assert_eq!(found[0].wins.wins, 7);
        assert_eq!(found[0].difference, -found[1].difference);
        let nothing = [f64::NAN; 8];
        let found = compare(
            &[&A, &nothing],
            &[(0, 1)],
            Better::Higher,
            settings(SignificanceTest::Bootstrap),
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
            settings(SignificanceTest::Randomisation),
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
