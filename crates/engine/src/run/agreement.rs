//! How well metrics agree with people, and whether one does better than another.

use std::ops::ControlFlow;

use epitome_stats::{
    Coefficient, Contested, Intervals, JudgedItems, Level, Sample, holm, permutation,
    williams,
};

use super::{judge_plan::JudgePlan, judgements::ScoredSummary, pool::map_in_order};

/// The agreement of one metric with people about one aspect.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Which metric.
    pub metric: usize,
    /// Which aspect.
    pub aspect: usize,
    /// What is correlated.
    pub level: Level,
    /// How.
    pub coefficient: Coefficient,
    /// The correlation, where it is defined.
    pub value: Option<f64>,
    /// Its 95 % intervals.
    pub intervals: Intervals,
    /// Systems with a summary that both scored.
    pub systems: usize,
    /// Documents with one.
    pub documents: usize,
    /// Summaries that both scored.
    pub summaries: usize,
}

/// How two metrics are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgreementTest {
    /// Williams's, for Pearson correlations at system and pooled level.
    Williams,
    /// The paired permutation test.
    Permutation,
}

impl AgreementTest {
    /// What it is called in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Williams => "williams",
            Self::Permutation => "permutation",
        }
    }
}

/// Two metrics compared on the summaries that both scored; `None` where it is undefined.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementComparison {
    /// Which aspect.
    pub aspect: usize,
    /// What is correlated.
    pub level: Level,
    /// How.
    pub coefficient: Coefficient,
    /// How the difference is tested.
    pub test: AgreementTest,
    /// Which metrics.
    pub metrics: [usize; 2],
    /// Their correlations with people.
    pub values: [Option<f64>; 2],
    /// Williams's t.
    pub t: Option<f64>,
    /// Two-sided.
    pub p: Option<f64>,
    /// Corrected over the pairs of metrics.
    pub p_holm: Option<f64>,
    /// Observations: systems at system level, summaries else.
    pub count: usize,
}

/// Everything that is found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AgreementFindings {
    /// By metric, aspect, level and coefficient.
    pub agreements: Vec<Agreement>,
    /// By aspect, pair of metrics, test, level and coefficient.
    pub comparisons: Vec<AgreementComparison>,
}

/// The share of the resamples that an interval holds.
const SHARE: f64 = 0.95;

/// Judges the plan's metrics by scored summaries of so many `aspects`. The same at any
/// number of threads.
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

fn each() -> impl Iterator<Item = (usize, usize)> {
    (0..Level::ALL.len()).flat_map(|l| (0..Coefficient::ALL.len()).map(move |c| (l, c)))
}

fn agreements(
    plan: &JudgePlan,
    summaries: &[ScoredSummary],
    metric: usize,
    aspect: usize,
) -> Vec<Agreement> {
    let judged = |one: &ScoredSummary| {
        let (metric, human) = (one.metrics[metric]?, one.human[aspect]?);
        Some(JudgedItems {
            document: one.document,
            system: one.system,
            metric,
            human,
        })
    };
    let sample = Sample::new(summaries.iter().filter_map(judged).collect());
    let values = sample.correlations();
    let intervals = sample.intervals(plan.seed, plan.resamples, SHARE);
    let agreement = |(level, coefficient): (usize, usize)| Agreement {
        metric,
        aspect,
        level: Level::ALL[level],
        coefficient: Coefficient::ALL[coefficient],
        value: values[level][coefficient],
        intervals: intervals[level][coefficient],
        systems: sample.systems(),
        documents: sample.documents(),
        summaries: sample.summaries(),
    };
    each().map(agreement).collect()
}

fn comparisons(
    plan: &JudgePlan,
    summaries: &[ScoredSummary],
    aspect: usize,
    metrics: [usize; 2],
) -> Vec<AgreementComparison> {
    let contested = |one: &ScoredSummary| {
        let &ScoredSummary {
            document, system, ..
        } = one;
        let human = one.human[aspect]?;
        let metrics = [one.metrics[metrics[0]]?, one.metrics[metrics[1]]?];
        Some(Contested {
            document,
            system,
            metrics,
            human,
        })
    };
    let contested: Vec<Contested> = summaries.iter().filter_map(contested).collect();
    // metrics with people, and with each other
    let sample = |numbers: fn(&Contested) -> (f64, f64)| {
        let judged = |one: &Contested| {
            let (metric, human) = numbers(one);
            JudgedItems {
                document: one.document,
                system: one.system,
                metric,
                human,
            }
        };
        Sample::new(contested.iter().map(judged).collect())
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

/// Holm's correction over the pairs of metrics that are compared alike.
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
