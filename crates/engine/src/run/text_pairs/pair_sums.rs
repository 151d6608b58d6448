//! Sums over scored pairs, from which mean scores and their intervals are computed.

use epitome_base::spec::Built;
use epitome_metrics::{Average, Metric, Score, Statistics};
use epitome_stats::{Bounds, PoissonBootstrap, Series, Totals, WeightedSum};

use crate::run::outcomes::failure::RowFailure;

use super::pair::PairOutcome;

/// The sums of each metric over pairs. They are exact in any order, so that parts merge
/// to the whole to the last bit.
///
/// Takes `O(resamples)` for each metric, in time for each pair and in memory.
#[derive(Debug, Clone)]
pub struct PairSums {
    bootstrap: PoissonBootstrap,
    metrics: Vec<MetricSums>,
    /// What a reader of the means must know.
    pub cautions: Cautions,
}

/// How many pairs a reader of their means must know more of, metric by metric.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cautions {
    /// All pairs.
    pub pairs: u64,
    /// Those without a reference that is not blank.
    pub without_reference: u64,
    /// Those whose references the metric cannot read, or that have none.
    pub unreadable: Vec<u64>,
    /// Those of which candidate and references are divided into lines otherwise.
    pub divided_otherwise: Vec<u64>,
    /// Those on which an external metric failed.
    pub failed: Vec<u64>,
    /// The first failure, with the index of its metric.
    pub first_failure: Option<(usize, RowFailure)>,
}

impl Cautions {
    /// Adds a pair.
    pub fn add(&mut self, pair: &PairOutcome) {
        self.pairs += 1;
        self.without_reference += u64::from(!pair.has_reference);
        add(
            &mut self.unreadable,
            pair.unreadable.iter().map(|it| u64::from(*it)),
        );
        let otherwise = pair.divided_otherwise.iter().map(|it| u64::from(*it));
        add(&mut self.divided_otherwise, otherwise);
        let failed = pair.failures.iter().map(|it| u64::from(it.is_some()));
        add(&mut self.failed, failed);
        if self.first_failure.is_none() {
            let mut failures = pair.failures.iter().enumerate();
            self.first_failure =
                failures.find_map(|(at, failure)| Some((at, failure.clone()?)));
        }
    }

    fn merge(&mut self, other: &Self) {
        self.pairs += other.pairs;
        self.without_reference += other.without_reference;
        add(&mut self.unreadable, other.unreadable.iter().copied());
        add(
            &mut self.divided_otherwise,
            other.divided_otherwise.iter().copied(),
        );
        add(&mut self.failed, other.failed.iter().copied());
        if self.first_failure.is_none() {
            self.first_failure.clone_from(&other.first_failure);
        }
    }
}

fn add(sums: &mut Vec<u64>, counts: impl ExactSizeIterator<Item = u64>) {
    sums.resize(counts.len().max(sums.len()), 0);
    for (sum, count) in sums.iter_mut().zip(counts) {
        *sum += count;
    }
}

/// The means of one metric over the pairs for which it is defined. Made by
/// [`PairSums::means`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairMeans {
    /// The number of pairs for which the metric is defined.
    pub count: u64,
    /// The mean precision; `None` unless every pair has a precision.
    pub precision: Option<f64>,
    /// The mean recall; `None` unless every pair has a recall.
    pub recall: Option<f64>,
    /// The mean value; `None` if there are no pairs.
    pub value: Option<f64>,
    /// The confidence interval of the value; `None` for fewer than two pairs or without
    /// resamples.
    pub interval: Option<Bounds>,
}

impl PairSums {
    /// Returns empty sums, whose intervals will be computed from `resamples` resamples
    /// drawn with `seed`.
    pub fn new(metrics: &[Built<dyn Metric>], seed: u64, resamples: u32) -> Self {
        Self {
            bootstrap: PoissonBootstrap::new(seed, resamples),
            metrics: metrics
                .iter()
                .map(|metric| MetricSums::new(metric, resamples))
                .collect(),
            cautions: Cautions::default(),
        }
    }

    /// Adds a pair to the sums of every metric that is defined for it.
    pub fn add(&mut self, pair: &PairOutcome) {
        self.cautions.add(pair);
        let weights = self.bootstrap.weights(&pair.id);
        let scores = pair.scores.iter().zip(&pair.statistics);
        for (sums, (score, statistics)) in self.metrics.iter_mut().zip(scores) {
            if statistics.outputs > 0.0 {
                sums.add(score, statistics, weights);
            }
        }
    }

    /// Adds the pairs of other sums for the same metrics.
    pub fn merge(&mut self, other: &Self) {
        self.cautions.merge(&other.cautions);
        for (sums, other) in self.metrics.iter_mut().zip(&other.metrics) {
            sums.merge(other);
        }
    }

    /// Returns the means of each metric, with intervals at confidence `level`, such as
    /// 0.95. `metrics` must be those that the sums were made for.
    pub fn means(&self, metrics: &[Built<dyn Metric>], level: f64) -> Vec<PairMeans> {
        let pairs = self.metrics.iter().zip(metrics);
        pairs
            .map(|(sums, metric)| sums.means(metric.value.as_ref(), level))
            .collect()
    }
}

#[derive(Debug, Clone)]
struct MetricSums {
    precision: PartSum,
    recall: PartSum,
    values: Series,
    /// The sums of the counts, for a micro average.
    totals: Option<Totals>,
}

impl MetricSums {
    fn new(metric: &Built<dyn Metric>, resamples: u32) -> Self {
        let is_micro = metric.value.average() == Average::Micro;
        Self {
            precision: PartSum::new(),
            recall: PartSum::new(),
            values: Series::new(resamples),
            totals: is_micro
                .then(|| Totals::new(1 + metric.value.statistics().len(), resamples)),
        }
    }

    fn add(&mut self, score: &Score, statistics: &Statistics, weights: &[f64]) {
        if let Some(totals) = &mut self.totals {
            totals.add(statistics.summands(), weights);
        }
        self.precision.add(score.precision);
        self.recall.add(score.recall);
        self.values.add(score.value, weights);
    }

    fn merge(&mut self, other: &Self) {
        if let (Some(totals), Some(other)) = (&mut self.totals, &other.totals) {
            totals.merge(other);
        }
        self.precision.merge(&other.precision);
        self.recall.merge(&other.recall);
        self.values.merge(&other.values);
    }

    fn means(&self, metric: &dyn Metric, level: f64) -> PairMeans {
        let count = self.values.count();
        // a micro average is the score of the sums; its parts are those of that score
        if let Some(totals) = self.totals.as_ref().filter(|_| count > 0) {
            let score = |sums: &[f64]| metric.score(&Statistics::of_sums(sums));
            let Score {
                precision,
                recall,
                value,
            } = score(&totals.total());

            let interval = totals.interval(level, count, |sums| score(sums).value);

            return PairMeans {
                count,
                precision,
                recall,
                value: Some(value),
                interval,
            };
        }

        PairMeans {
            count,
            precision: self.precision.mean(count),
            recall: self.recall.mean(count),
            value: self.values.mean(),
            interval: self
                .values
                .interval(level)
                .map(|found| metric.scale().part_of((found.low, found.high))),
        }
    }
}

/// The sum of a part of a score, such as its precision, which not every score has.
#[derive(Debug, Clone)]
struct PartSum {
    count: u64,
    sum: WeightedSum,
}

impl PartSum {
    fn new() -> Self {
        Self {
            count: 0,
            sum: WeightedSum::new(0),
        }
    }

    fn add(&mut self, value: Option<f64>) {
        if let Some(value) = value {
            self.count += 1;
            self.sum.add(value, &[]);
        }
    }

    fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.sum.merge(&other.sum);
    }

    /// Returns the mean over `count` scores; `None` if not all of them have this part.
    fn mean(&self, count: u64) -> Option<f64> {
        let is_whole = count > 0 && self.count == count;
        is_whole.then(|| self.sum.total() / count as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::Registry;

    fn metrics() -> Vec<Built<dyn Metric>> {
        let specs = ["rouge-1", "chrf", "keyphrase-f1@5(protocol=sifrank-micro)"];
        let build = |spec: &str| Registry::standard().metric(&spec.parse().unwrap());
        specs.iter().map(|spec| build(spec).unwrap()).collect()
    }

    fn outcome(metrics: &[Built<dyn Metric>], at: usize) -> PairOutcome {
        let statistics =
            vec![Statistics::counts(at % 7, 7 + at % 3, 9 + at % 5); metrics.len()];
        let scores = metrics.iter().zip(&statistics);
        let scores = scores
            .map(|(metric, counts)| metric.value.score(counts))
            .collect();
        PairOutcome {
            has_reference: true,
            failures: Vec::new(),
            id: at.to_string(),
            scores,
            statistics,
            unreadable: Vec::new(),
            divided_otherwise: Vec::new(),
        }
    }

    #[test]
    fn parts_in_any_order_are_the_whole_to_the_last_bit() {
        let metrics = metrics();
        let none = PairSums::new(&metrics, 3, 100);
        let of = |range: std::ops::Range<usize>| {
            let mut sums = none.clone();
            range.for_each(|at| sums.add(&outcome(&metrics, at)));
            sums
        };
        let mut merged = none.clone();
        for range in [700..1_000, 0..31, 31..700] {
            merged.merge(&of(range));
        }
        let means = |sums: &PairSums| sums.means(&metrics, 0.95);
        assert_eq!(means(&merged), means(&of(0..1_000)));
    }

    #[test]
    fn of_no_pairs_there_is_no_mean() {
        let metrics = metrics();
        for means in PairSums::new(&metrics, 3, 100).means(&metrics, 0.95) {
            let PairMeans {
                count,
                value,
                interval,
                ..
            } = means;
            assert_eq!((count, value, interval), (0, None, None));
        }
    }
}
