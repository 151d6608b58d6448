//! What the mean scores of pairs and their intervals are made of.

use epitome_base::spec::Built;
use epitome_metrics::{Average, Metric, Score, Statistics};
use epitome_stats::{Bounds, PoissonBootstrap, Series, Totals, WeightedSum};

use super::pair::PairOutcome;

/// Sums over pairs, one of each metric, exact in any order, so that parts merge to the
/// whole to the last bit.
///
/// `O(resamples)` for each metric, in time of a pair and in memory.
#[derive(Debug, Clone)]
pub struct PairSums {
    bootstrap: PoissonBootstrap,
    metrics: Vec<MetricSums>,
}

/// Means of one metric over the pairs it says something of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairMeans {
    /// How many pairs these are.
    pub count: u64,
    /// The mean precision, of a metric that has one for every pair.
    pub precision: Option<f64>,
    /// The mean recall.
    pub recall: Option<f64>,
    /// The mean value; `None` of no pairs.
    pub value: Option<f64>,
    /// Its interval; `None` of fewer than two pairs, and without resamples.
    pub interval: Option<Bounds>,
}

impl PairSums {
    /// No pair yet; the intervals will be those of `resamples` under `seed`.
    pub fn new(metrics: &[Built<dyn Metric>], seed: u64, resamples: u32) -> Self {
        let sums = |metric: &Built<dyn Metric>| MetricSums::new(metric, resamples);
        Self {
            bootstrap: PoissonBootstrap::new(seed, resamples),
            metrics: metrics.iter().map(sums).collect(),
        }
    }

    /// Adds a pair; a metric that has nothing to say of it is left out.
    pub fn add(&mut self, pair: &PairOutcome) {
        let weights = self.bootstrap.weights(&pair.id);
        let scores = pair.scores.iter().zip(&pair.statistics);
        for (sums, (score, statistics)) in self.metrics.iter_mut().zip(scores) {
            if statistics.outputs > 0.0 {
                sums.add(score, statistics, weights);
            }
        }
    }

    /// Adds the pairs of other sums of the same metrics.
    pub fn merge(&mut self, other: &Self) {
        for (sums, other) in self.metrics.iter_mut().zip(&other.metrics) {
            sums.merge(other);
        }
    }

    /// The means of each metric, with intervals at `level`, say 0.95. `metrics` are those
    /// that the sums were made for.
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
    /// Of the counts, for a micro average.
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

    /// Of `count` scores; `None` if not all of them have this part.
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
            id: at.to_string(),
            scores,
            statistics,
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
