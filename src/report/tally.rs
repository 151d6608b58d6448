//! Sums over documents as they come: what a leaderboard is made of, in memory that does
//! not grow with the corpus.

use serde::{Deserialize, Serialize};

use crate::{
    metric::{Average, Better, Metric},
    run::{DocumentOutcome, Plan, Role, Status},
    stats::{Bounds, PoissonBootstrap, Series, Totals, places},
};

use super::{Leaderboard, Row};

/// The level of every interval.
const LEVEL: f64 = 0.95;

/// What has been observed of every system, metric and corpus of a plan.
pub struct Tally {
    bootstrap: PoissonBootstrap,
    corpora: Vec<CorpusTally>,
}

/// The sums of a [`Tally`], as a part of a corpus leaves them.
#[derive(Serialize, Deserialize)]
pub struct Sums(Vec<CorpusTally>);

/// One corpus.
#[derive(Serialize, Deserialize)]
struct CorpusTally {
    documents: u64,
    systems: Vec<SystemTally>,
}

impl CorpusTally {
    fn merge(&mut self, other: &Self) {
        self.documents += other.documents;
        for (system, other) in self.systems.iter_mut().zip(&other.systems) {
            system.merge(other);
        }
    }

    /// How many documents a metric left out; the same for every system, since it is the
    /// reference that is wanting, but more for people, who want two.
    fn left_out(&self, metric: usize, status: &Status) -> u64 {
        let found = self.systems.iter().filter_map(|it| it.metrics[metric].as_ref());
        let left_out = found.map(|found| match status {
            Status::NoReference => found.no_reference,
            Status::UnreadableReference => found.unreadable,
            Status::Ok | Status::LeftOut | Status::Failed(_) => 0,
        });
        left_out.min().unwrap_or(0)
    }
}

/// One system on one corpus.
#[derive(Serialize, Deserialize)]
struct SystemTally {
    extracts: u64,
    words: u64,
    failed: u64,
    /// By metric of the plan; `None` where the metric measures another task.
    metrics: Vec<Option<MetricTally>>,
}

impl SystemTally {
    fn merge(&mut self, other: &Self) {
        self.extracts += other.extracts;
        self.words += other.words;
        self.failed += other.failed;
        for pair in self.metrics.iter_mut().zip(&other.metrics) {
            if let (Some(metric), Some(other)) = pair {
                metric.merge(other);
            }
        }
    }
}

/// One metric of one system on one corpus.
#[derive(Serialize, Deserialize)]
struct MetricTally {
    series: Series,
    /// Of the counts, for a micro average.
    totals: Option<Totals<4>>,
    no_reference: u64,
    unreadable: u64,
}

impl MetricTally {
    fn merge(&mut self, other: &Self) {
        self.series.merge(&other.series);
        if let (Some(totals), Some(other)) = (&mut self.totals, &other.totals) {
            totals.merge(other);
        }
        self.no_reference += other.no_reference;
        self.unreadable += other.unreadable;
    }

    /// The average with its interval.
    fn estimate(&self, metric: &dyn Metric) -> (Option<f64>, Option<Bounds>) {
        let mean = self.series.mean();
        let Some(totals) = &self.totals else {
            let bounds = self.series.interval(LEVEL);
            return (mean, bounds.map(|interval| (interval.low, interval.high)));
        };
        let value = |sums: [f64; 4]| metric.score(&sums.into()).value;
        let bounds = totals.interval(LEVEL, self.series.count(), value);
        (mean.map(|_| value(totals.total())), bounds)
    }
}

impl Tally {
    /// Nothing observed yet.
    pub fn new(plan: &Plan, resamples: u32) -> Self {
        let metric = |metric: &dyn Metric| MetricTally {
            series: Series::new(resamples),
            totals: (metric.average() == Average::Micro).then(|| Totals::new(resamples)),
            no_reference: 0,
            unreadable: 0,
        };
        let system = |system: &crate::run::System| SystemTally {
            extracts: 0,
            words: 0,
            failed: 0,
            metrics: plan
                .metrics
                .iter()
                .map(|other| other.value.as_ref())
                .map(|other| (other.task() == system.task()).then(|| metric(other)))
                .collect(),
        };
        let corpus = |_| CorpusTally {
            documents: 0,
            systems: plan.systems.iter().map(system).collect(),
        };
        Self {
            bootstrap: PoissonBootstrap::new(plan.seed, resamples),
            corpora: plan.corpora.iter().map(corpus).collect(),
        }
    }

    /// Adds a document.
    pub fn add(&mut self, outcome: &DocumentOutcome) {
        let weights = self.bootstrap.weights(&outcome.id);
        let corpus = &mut self.corpora[outcome.corpus];
        corpus.documents += 1;
        for (tally, found) in corpus.systems.iter_mut().zip(&outcome.systems) {
            if let Some(extract) = &found.extract {
                tally.extracts += 1;
                tally.words += extract.words() as u64;
            }
            tally.failed += u64::from(found.failure.is_some());
            for cell in &found.cells {
                let Some(metric) = &mut tally.metrics[cell.metric] else { continue };
                match (&cell.status, cell.score) {
                    (Status::NoReference, _) => metric.no_reference += 1,
                    (Status::UnreadableReference, _) => metric.unreadable += 1,
                    (_, Some(score)) => {
                        metric.series.add(score.value, weights);
                        if let Some(totals) = &mut metric.totals {
                            totals.add(cell.statistics.into(), weights);
                        }
                    }
                    (_, None) => {}
                }
            }
        }
    }

    /// Adds the sums of another part, of the same plan and with as many resamples.
    pub fn merge(&mut self, other: &Sums) {
        for (corpus, other) in self.corpora.iter_mut().zip(&other.0) {
            corpus.merge(other);
        }
    }

    /// The sums.
    pub fn into_sums(self) -> Sums {
        Sums(self.corpora)
    }

    /// Documents of all corpora.
    pub fn documents(&self) -> u64 {
        self.corpora.iter().map(|corpus| corpus.documents).sum()
    }

    /// Failures of all systems.
    pub fn failures(&self) -> u64 {
        self.corpora
            .iter()
            .flat_map(|corpus| &corpus.systems)
            .map(|system| system.failed)
            .sum()
    }

    /// The largest share of a corpus that a system failed on.
    pub fn worst_failures(&self) -> f64 {
        let shares = self.corpora.iter().flat_map(|corpus| {
            let documents = corpus.documents.max(1) as f64;
            corpus.systems.iter().map(move |system| system.failed as f64 / documents)
        });
        shares.fold(0.0, f64::max)
    }

    /// What a reader of the tables must know of documents that are in no mean.
    pub fn notes(&self, plan: &Plan) -> Vec<String> {
        let mut notes = Vec::new();
        for (tally, corpus) in self.corpora.iter().zip(&plan.corpora) {
            let (name, all) = (corpus.name(), tally.documents);
            for status in [Status::NoReference, Status::UnreadableReference] {
                let counts: Vec<u64> = (0..plan.metrics.len())
                    .map(|metric| tally.left_out(metric, &status))
                    .collect();
                let mut different: Vec<u64> =
                    counts.iter().copied().filter(|&n| n > 0).collect();
                different.sort_unstable();
                different.dedup();
                for count in different {
                    let of_this_count = plan.metrics.iter().zip(&counts);
                    let names: Vec<String> = of_this_count
                        .filter(|(_, other)| **other == count)
                        .map(|(metric, _)| format!("`{}`", metric.name))
                        .collect();
                    let names = names.join(", ");
                    notes.push(format!(
                        "{name}: {count} of {all} documents are not scored: {status} for {names}"
                    ));
                }
            }
        }
        notes
    }

    /// The leaderboard, in the order of the plan.
    pub fn leaderboard(&self, plan: &Plan) -> Leaderboard {
        let mut rows = Vec::new();
        for (tally, corpus) in self.corpora.iter().zip(&plan.corpora) {
            for (at, metric) in plan.metrics.iter().enumerate() {
                let signature = metric.value.signature().to_string();
                let measured: Vec<(usize, &SystemTally, &MetricTally)> = tally
                    .systems
                    .iter()
                    .enumerate()
                    .filter_map(|(index, system)| {
                        Some((index, system, system.metrics[at].as_ref()?))
                    })
                    .collect();
                // people have no rank: they are not measured on the same documents
                let is_ranked =
                    |index: usize| !matches!(plan.systems[index].role, Role::Human);
                let series: Vec<&Series> = measured
                    .iter()
                    .filter(|(index, ..)| is_ranked(*index))
                    .map(|(_, _, metric)| &metric.series)
                    .collect();
                let mut ranks = places(&[series], LEVEL).into_iter();
                for (index, system, found) in &measured {
                    let rank = match is_ranked(*index) {
                        true => ranks.next().flatten(),
                        false => None,
                    };
                    let (mean, bounds) = found.estimate(metric.value.as_ref());
                    // ranks are of means, which a micro average is not
                    let rank = rank.filter(|_| {
                        found.totals.is_none() && metric.value.better() == Better::Higher
                    });
                    rows.push(Row {
                        corpus: corpus.name().to_owned(),
                        system: plan.systems[*index].name.clone(),
                        metric: metric.name.clone(),
                        signature: signature.clone(),
                        mean,
                        ci_low: bounds.map(|(low, _)| low),
                        ci_high: bounds.map(|(_, high)| high),
                        n: found.series.count(),
                        failed: system.failed,
                        words: (system.extracts > 0)
                            .then(|| system.words as f64 / system.extracts as f64),
                        rank_low: rank.map(|(low, _)| low),
                        rank_high: rank.map(|(_, high)| high),
                        share_of_oracle: None,
                        docs_per_s: None,
                    });
                }
            }
        }
        Leaderboard { rows }
    }
}
