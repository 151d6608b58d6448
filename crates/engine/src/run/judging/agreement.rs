//! Meta-evaluation: how well metrics agree with human ratings, and whether one metric
//! agrees better than another. [`judge`] turns scored summaries into correlations with
//! intervals, and into tests between pairs of metrics.

use std::ops::ControlFlow;

use epitome_stats::{
    Coefficient, Contested, Intervals, JudgedItems, Level, Sample, holm, permutation,
    williams,
};

use crate::run::threads::pool::map_in_order;

use super::{judge_plan::JudgePlan, judgements::ScoredSummary};

/// The agreement of one metric with human ratings of one aspect. Made by [`judge`].
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// The index of the metric in the plan.
    pub metric: usize,
    /// The index of the aspect.
    pub aspect: usize,
    /// The level at which scores are correlated: systems, summaries or all outputs
    /// pooled.
    pub level: Level,
    /// The correlation coefficient.
    pub coefficient: Coefficient,
    /// The correlation, or `None` if it is undefined.
    pub value: Option<f64>,
    /// The 95 % confidence intervals of the correlation.
    pub intervals: Intervals,
    /// The number of systems with a summary that has both a score and a rating.
    pub systems: usize,
    /// The number of documents with such a summary.
    pub documents: usize,
    /// The number of summaries that have both a score and a rating.
    pub summaries: usize,
}

/// The statistical test by which two metrics are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgreementTest {
    /// Williams's test of two dependent correlations, for Pearson coefficients at system
    /// and pooled level.
    Williams,
    /// The paired permutation test, for every level and coefficient.
    Permutation,
}

impl AgreementTest {
    /// Returns the name of the test in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Williams => "williams",
            Self::Permutation => "permutation",
        }
    }
}

/// Two metrics compared on the summaries that both have scored. A number is `None` if it
/// is undefined. Made by [`judge`].
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementComparison {
    /// The index of the aspect.
    pub aspect: usize,
    /// The level at which scores are correlated.
    pub level: Level,
    /// The correlation coefficient.
    pub coefficient: Coefficient,
    /// The test of the difference.
    pub test: AgreementTest,
    /// The indices of the two metrics in the plan.
    pub metrics: [usize; 2],
    /// The correlations of the two metrics with the ratings, in the order of `metrics`.
    pub values: [Option<f64>; 2],
    /// The statistic t of Williams's test; `None` for the permutation test.
    pub t: Option<f64>,
    /// The two-sided p-value.
    pub p: Option<f64>,
    /// The p-value after Holm's correction over all pairs of metrics of the same aspect,
    /// test, level and coefficient.
    pub p_holm: Option<f64>,
    /// The number of observations: systems at system level, otherwise summaries.
    pub count: usize,
}

/// The result of a meta-evaluation, in the order of its tables. Made by [`judge`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AgreementFindings {
    /// The agreements, sorted by metric, aspect, level and coefficient.
    pub agreements: Vec<Agreement>,
    /// The comparisons, sorted by aspect, pair of metrics, test, level and coefficient.
    pub comparisons: Vec<AgreementComparison>,
}

/// The share of the resamples that a confidence interval covers.
const SHARE: f64 = 0.95;

/// Correlates the plan's metrics with the ratings of `aspects` aspects and compares the
/// metrics pairwise. Returns the same at any number of threads.
pub fn judge(
    plan: &JudgePlan,
    aspects: usize,
    summaries: &[ScoredSummary],
) -> AgreementFindings {
    let metrics = plan.metrics.len();
    let of_metrics =
        (0..metrics).flat_map(|m| (0..aspects).map(move |aspect| (m, aspect)));
    let agreements = in_parallel(plan, of_metrics, |(metric, aspect)| {
        agreements(plan, summaries, metric, aspect)
    });

    let of_pairs = (0..aspects).flat_map(|aspect| {
        (0..metrics).flat_map(move |a| (a + 1..metrics).map(move |b| (aspect, [a, b])))
    });
    let mut comparisons = in_parallel(plan, of_pairs, |(aspect, metrics)| {
        comparisons(plan, summaries, aspect, metrics)
    });

    correct(&mut comparisons);
    AgreementFindings {
        agreements,
        comparisons,
    }
}

/// Runs `work` on every task by the threads of the plan. Returns its rows in the order of the
/// tasks.
fn in_parallel<T: Send, R: Send>(
    plan: &JudgePlan,
    tasks: impl Iterator<Item = T> + Send,
    work: impl Fn(T) -> Vec<R> + Sync,
) -> Vec<R> {
    let mut rows = Vec::new();
    map_in_order(
        plan.jobs,
        tasks,
        || (),
        |(), task| work(task),
        |found| {
            rows.extend(found);
            ControlFlow::Continue(())
        },
    );
    rows
}

/// Returns the indices of every level with every coefficient.
fn each() -> impl Iterator<Item = (usize, usize)> {
    (0..Level::ALL.len()).flat_map(|l| (0..Coefficient::ALL.len()).map(move |c| (l, c)))
}

/// Returns the agreement of one metric with one aspect, at every level and by every
/// coefficient.
fn agreements(
    plan: &JudgePlan,
    summaries: &[ScoredSummary],
    metric: usize,
    aspect: usize,
) -> Vec<Agreement> {
    let judged = summaries.iter().filter_map(|one| {
        let (metric, human) = (one.metrics[metric]?, one.human[aspect]?);
        Some(JudgedItems {
            document: one.document,
            system: one.system,
            metric,
            human,
        })
    });
    let sample = Sample::new(judged.collect());
    let values = sample.correlations();
    let intervals = sample.intervals(plan.seed, plan.resamples, SHARE);

    each()
        .map(|(level, coefficient)| Agreement {
            metric,
            aspect,
            level: Level::ALL[level],
            coefficient: Coefficient::ALL[coefficient],
            value: values[level][coefficient],
            intervals: intervals[level][coefficient],
            systems: sample.systems(),
            documents: sample.documents(),
            summaries: sample.summaries(),
        })
        .collect()
}

/// Returns the comparisons of two metrics on one aspect by both tests, uncorrected.
fn comparisons(
    plan: &JudgePlan,
    summaries: &[ScoredSummary],
    aspect: usize,
    metrics: [usize; 2],
) -> Vec<AgreementComparison> {
    let contested = summaries.iter().filter_map(|one| {
        let human = one.human[aspect]?;
        let metrics = [one.metrics[metrics[0]]?, one.metrics[metrics[1]]?];
        Some(Contested {
            document: one.document,
            system: one.system,
            metrics,
            human,
        })
    });
    let contested: Vec<Contested> = contested.collect();

    // Williams's test needs the correlation of each metric with the ratings, and that of the
    // metrics with each other
    let sample = |numbers: fn(&Contested) -> (f64, f64)| {
        let judged = contested.iter().map(|one| {
            let (metric, human) = numbers(one);
            JudgedItems {
                document: one.document,
                system: one.system,
                metric,
                human,
            }
        });
        Sample::new(judged.collect())
    };
    let first = sample(|one| (one.metrics[0], one.human));
    let second = sample(|one| (one.metrics[1], one.human)).correlations();
    let between = sample(|one| (one.metrics[0], one.metrics[1])).correlations();
    let values = first.correlations();

    let count = |level: Level| match level {
        Level::System => first.systems(),
        Level::Summary | Level::Pooled => first.summaries(),
    };
    let permuted = permutation(&contested, plan.seed, plan.resamples);

    let row =
        |test: AgreementTest, level: usize, coefficient: usize| AgreementComparison {
            aspect,
            level: Level::ALL[level],
            coefficient: Coefficient::ALL[coefficient],
            test,
            metrics,
            values: [values[level][coefficient], second[level][coefficient]],
            t: None,
            p: None,
            p_holm: None,
            count: count(Level::ALL[level]),
        };

    let pearson = Coefficient::Pearson as usize;
    let by_williams = [Level::System as usize, Level::Pooled as usize].map(|level| {
        let row = row(AgreementTest::Williams, level, pearson);
        let found = match (row.values, between[level][pearson]) {
            ([Some(a), Some(b)], Some(between)) => williams(a, b, between, row.count),
            _ => None,
        };
        AgreementComparison {
            t: found.map(|found| found.t),
            p: found.map(|found| found.p),
            ..row
        }
    });
    let by_permutation = each().map(|(level, coefficient)| AgreementComparison {
        p: permuted[level][coefficient],
        ..row(AgreementTest::Permutation, level, coefficient)
    });
    by_williams.into_iter().chain(by_permutation).collect()
}

/// Applies Holm's correction within each family: the pairs of metrics that are compared
/// on the same aspect, by the same test, level and coefficient.
fn correct(comparisons: &mut [AgreementComparison]) {
    let family = |one: &AgreementComparison| {
        (
            one.aspect,
            one.test as usize,
            one.level as usize,
            one.coefficient as usize,
        )
    };
    let mut families: Vec<_> = comparisons.iter().map(family).collect();
    families.sort_unstable();
    families.dedup();

    for wanted in families {
        let mut members: Vec<&mut AgreementComparison> = comparisons
            .iter_mut()
            .filter(|one| one.p.is_some() && family(one) == wanted)
            .collect();
        let values: Vec<f64> = members.iter().filter_map(|one| one.p).collect();
        for (one, corrected) in members.iter_mut().zip(holm(&values)) {
            one.p_holm = Some(corrected);
        }
    }
}
