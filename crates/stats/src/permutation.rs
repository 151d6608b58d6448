//! Permutation tests of whether one metric agrees with people better than another.

use epitome_base::rng;

use super::{
    agreement::{Counts, JudgedItems, Sample},
    correlation::Correlations,
    resample::coins,
};

/// The scores of one summary by two metrics and by people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contested {
    /// The number of the document that is summarised.
    pub document: usize,
    /// The number of the system that wrote the summary.
    pub system: usize,
    /// The scores by the two metrics.
    pub metrics: [f64; 2],
    /// The score by people.
    pub human: f64,
}

/// The difference up to which differences are equal: they may be sums in another order.
const ROUNDING: f64 = 1e-12;

/// Returns the p-values of paired permutation tests of two metrics, by level and
/// coefficient: the probability of a difference at least as large on either side if the
/// metrics are exchangeable.
///
/// The scores of each metric are moved to mean 0 and scaled to variance 1 over all
/// summaries. In each round a coin decides for each summary whether the metrics exchange
/// their scores. `p = (c + 1) / (rounds + 1)` for `c` rounds with a difference at least
/// as large; a round in which a correlation is undefined counts as one of them. The
/// p-value is `None` if a metric has no correlation.
///
/// Deutsch, Dror & Roth (2021), *A statistical analysis of summarization evaluation metrics
/// using resampling methods*, TACL 9: their Perm-Both, two-sided here.
pub fn permutation(
    summaries: &[Contested],
    seed: u64,
    rounds: u32,
) -> [[Option<f64>; 3]; 3] {
    // the scores of both metrics are in one sample; counts of 0 and 1 select one of each pair
    let standard = [0, 1].map(|metric| standardised(summaries, metric));
    let judged = standard.iter().flat_map(|scores| {
        summaries.iter().zip(scores).map(|(&summary, &metric)| {
            let Contested {
                document,
                system,
                human,
                ..
            } = summary;
            JudgedItems {
                document,
                system,
                metric,
                human,
            }
        })
    });

    let sample = Sample::new(judged.collect());
    let mut counts = sample.once();
    let observed = both(
        &sample,
        &mut counts,
        std::iter::repeat_n(1.0, summaries.len()),
    );

    let mut exceeding = [[0_u32; 3]; 3];
    let seed = rng::seed_of(seed, "permutation"); // not the streams of the bootstrap
    for round in 0..u64::from(rounds) {
        let found = both(&sample, &mut counts, coins(seed, round, summaries.len()));
        for level in 0..3 {
            for coefficient in 0..3 {
                let difference = |of: &[[Correlations; 3]; 2]| {
                    let values = of.map(|levels| levels[level][coefficient]);
                    Some((values[0]? - values[1]?).abs())
                };
                let smaller = difference(&found)
                    .zip(difference(&observed))
                    .is_some_and(|(one, observed)| one < observed - ROUNDING);
                exceeding[level][coefficient] += u32::from(!smaller);
            }
        }
    }

    std::array::from_fn(|level| {
        std::array::from_fn(|coefficient| {
            let defined = observed.iter().all(|of| of[level][coefficient].is_some());
            let larger = f64::from(exceeding[level][coefficient]);
            defined.then(|| (larger + 1.0) / (f64::from(rounds) + 1.0))
        })
    })
}

/// Returns the correlations of the metric that has the first scores wherever `first` is
/// 1, and of the one that has the others.
fn both(
    sample: &Sample,
    counts: &mut Counts,
    first: impl Iterator<Item = f64>,
) -> [[Correlations; 3]; 2] {
    let half = counts.summaries.len() / 2;
    for (at, kept) in first.enumerate() {
        counts.summaries[at] = kept;
        counts.summaries[half + at] = 1.0 - kept;
    }
    let one = sample.of_resample(counts);
    for kept in &mut counts.summaries {
        *kept = 1.0 - *kept;
    }
    [one, sample.of_resample(counts)]
}

/// Returns a metric's scores with mean 0 and variance 1; constant scores become 0.
fn standardised(summaries: &[Contested], metric: usize) -> Vec<f64> {
    let scores = || summaries.iter().map(|summary| summary.metrics[metric]);
    let count = summaries.len() as f64;
    let mean = scores().sum::<f64>() / count;
    let variance = scores().map(|score| (score - mean).powi(2)).sum::<f64>() / count;
    let constant = scores().all(|score| score == summaries[0].metrics[metric]);
    let scale = if constant {
        0.0
    } else {
        variance.sqrt().recip()
    };
    scores().map(|score| (score - mean) * scale).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::agreement::tests::noise, *};

    /// Returns summaries whose metrics are the human scores with this much noise each.
    fn contested(
        seed: u64,
        documents: usize,
        systems: usize,
        noises: [f64; 2],
    ) -> Vec<Contested> {
        let other = noise(seed + 1_000, documents, systems);
        let contest = |(one, other): (JudgedItems, JudgedItems)| {
            let deviation = [one.metric - one.human, other.metric - other.human];
            let metric = |at: usize| one.human + noises[at] * deviation[at];
            Contested {
                document: one.document,
                system: one.system,
                metrics: [metric(0), 100.0 * metric(1)],
                human: one.human,
            }
        };
        noise(seed, documents, systems)
            .into_iter()
            .zip(other)
            .map(contest)
            .collect()
    }

    fn all(found: [[Option<f64>; 3]; 3]) -> impl Iterator<Item = f64> {
        found.into_iter().flatten().map(Option::unwrap)
    }

    #[test]
    fn a_metric_is_no_better_than_itself() {
        let mut summaries = contested(1, 10, 5, [1.0, 1.0]);
        for summary in &mut summaries {
            summary.metrics[1] = summary.metrics[0];
        }
        assert!(all(permutation(&summaries, 1, 50)).all(|p| p == 1.0));
    }

    #[test]
    fn a_metric_with_little_noise_beats_one_with_much() {
        let found = permutation(&contested(2, 40, 8, [0.1, 5.0]), 1, 199);
        // at summary and pooled level; 1 / 200 is the smallest there is
        assert!(all(found).skip(3).all(|p| p == 1.0 / 200.0), "{found:?}");
    }

    #[test]
    fn exchanging_the_metrics_changes_nothing() {
        let summaries = contested(3, 12, 6, [1.0, 2.0]);
        let exchanged = summaries.iter().map(|summary| Contested {
            metrics: [summary.metrics[1], summary.metrics[0]],
            ..*summary
        });
        let exchanged = permutation(&exchanged.collect::<Vec<_>>(), 4, 99);
        assert_eq!(permutation(&summaries, 4, 99), exchanged);
    }

    #[test]
    fn metrics_of_equal_noise_are_told_apart_5_times_in_100_at_5_percent() {
        let experiments = 400;
        let rejected = (0..experiments).filter(|&seed| {
            let summaries = contested(seed, 10, 5, [1.0, 1.0]);
            permutation(&summaries, seed, 59)[2][0].unwrap() <= 0.05
        });
        let share = rejected.count() as f64 / experiments as f64;
        // standard error √(0.05 · 0.95 / 400) = 0.011
        assert!((0.02..=0.085).contains(&share), "{share}");
    }

    #[test]
    fn a_constant_metric_cannot_be_compared() {
        let mut summaries = contested(4, 5, 4, [1.0, 1.0]);
        for summary in &mut summaries {
            summary.metrics[1] = 0.1;
        }
        assert_eq!(permutation(&summaries, 1, 9), [[None; 3]; 3]);
        assert_eq!(permutation(&[], 1, 9), [[None; 3]; 3]);
    }
}
