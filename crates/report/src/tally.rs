//! Sums over documents, from which a leaderboard is computed. They take memory that does not grow
//! with the corpus.

pub(super) mod notes;

use serde::{Deserialize, Serialize};

use epitome_base::spec::Built;
use epitome_engine::run::{DocumentOutcome, Layout, Status, SystemKind, SystemLayout};
use epitome_metrics::{Average, Better, Metric, Statistics, Task};
use epitome_stats::{Best, Bounds, Interval, PoissonBootstrap, Series, Totals, places};

use super::leaderboard::{Leaderboard, Row};

/// Confidence level of all intervals.
const LEVEL: f64 = 0.95;

/// Sums over the documents of a run, for each corpus, system and metric.
pub struct Tally {
    layout: Layout,
    bootstrap: PoissonBootstrap,
    corpora: Vec<CorpusTally>,
}

/// The sums of a [`Tally`] over a part of a corpus, to be stored and merged.
#[derive(Serialize, Deserialize)]
pub struct RunSums(Vec<CorpusTally>);

/// Sums over the documents of one corpus.
#[derive(Serialize, Deserialize)]
struct CorpusTally {
    documents: u64,
    /// Number of documents whose ids a spreadsheet reads as formulas.
    formulas: u64,
    /// Number of documents without a language.
    undetermined: u64,
    /// Number of documents without a sentence.
    empty: u64,
    /// Sums of each system of the layout.
    systems: Vec<SystemTally>,
}

impl CorpusTally {
    /// Adds the sums over other documents.
    fn merge(&mut self, other: &Self) {
        self.documents += other.documents;
        self.formulas += other.formulas;
        self.undetermined += other.undetermined;
        self.empty += other.empty;
        for (system, other) in self.systems.iter_mut().zip(&other.systems) {
            system.merge(other);
        }
    }
}

/// Sums of one system on one corpus.
#[derive(Serialize, Deserialize)]
struct SystemTally {
    /// Number of outputs.
    extracts: u64,
    /// Number of words of all outputs.
    words: u64,
    /// Number of documents on which the system failed.
    failed: u64,
    /// Sums of each metric of the run; `None` if the metric is of another task.
    metrics: Vec<Option<MetricTally>>,
}

impl SystemTally {
    /// Adds the sums over other documents.
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

/// Sums of one metric of one system on one corpus.
#[derive(Serialize, Deserialize)]
struct MetricTally {
    /// Sums of the values.
    series: Series,
    /// Sums of the statistics, for a micro average; `None` for other metrics.
    totals: Option<Totals>,
    /// Number of documents without a reference.
    no_reference: u64,
    /// Number of documents whose references the metric cannot read.
    unreadable: u64,
    /// Number of documents whose text the metric cannot read.
    unreadable_source: u64,
    /// Number of documents that the metric would have scored and on which the system failed.
    failed: u64,
    /// Sums with each reference left out in turn, in a run that scores human references.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    leaving_one_out: Option<LeavingOneOutTally>,
}

/// The sums of a [`MetricTally`] with each reference left out in turn.
#[derive(Serialize, Deserialize)]
struct LeavingOneOutTally {
    series: Series,
    failed: u64,
}

impl MetricTally {
    /// Returns sums over no documents.
    fn new(metric: &dyn Metric, has_people: bool, resamples: u32) -> Self {
        let leaves_one_out = has_people && metric.task() == Task::Summaries;
        Self {
            series: Series::new(resamples),
            totals: (metric.average() == Average::Micro)
                .then(|| Totals::new(1 + metric.statistics().len(), resamples)),
            no_reference: 0,
            unreadable: 0,
            unreadable_source: 0,
            failed: 0,
            leaving_one_out: leaves_one_out.then(|| LeavingOneOutTally {
                series: Series::new(resamples),
                failed: 0,
            }),
        }
    }

    /// Adds the sums over other documents.
    fn merge(&mut self, other: &Self) {
        self.series.merge(&other.series);
        if let (Some(totals), Some(other)) = (&mut self.totals, &other.totals) {
            totals.merge(other);
        }
        self.no_reference += other.no_reference;
        self.unreadable += other.unreadable;
        self.unreadable_source += other.unreadable_source;
        self.failed += other.failed;
        if let (Some(own), Some(other)) =
            (&mut self.leaving_one_out, &other.leaving_one_out)
        {
            own.series.merge(&other.series);
            own.failed += other.failed;
        }
    }

    /// Returns the average with its interval: a mean of values, or a micro average from the sums of
    /// statistics.
    fn estimate(&self, metric: &dyn Metric) -> (Option<f64>, Option<Bounds>) {
        let mean = self.series.mean();
        let is_known = !all_failed(metric, &self.series, self.failed);
        let Some(totals) = &self.totals else {
            let bounds = within(metric, self.series.interval(LEVEL));
            return (mean, bounds.filter(|_| is_known));
        };

        let value = |sums: &[f64]| metric.score(&Statistics::of_sums(sums)).value;
        let bounds = totals.interval(LEVEL, self.series.count(), value);
        let mean = mean.map(|_| value(&totals.total()));
        (mean, bounds.filter(|_| is_known))
    }
}

/// Returns whether every value is that of a failure. An interval would be of the metric's worst
/// value, not of a system.
fn all_failed(metric: &dyn Metric, series: &Series, failed: u64) -> bool {
    failed > 0 && failed == series.count() && metric.failed().is_some()
}

/// Returns the bounds of an interval, limited to the range of the metric's values, which Student's
/// interval of a few different values can exceed.
fn within(metric: &dyn Metric, interval: Option<Interval>) -> Option<Bounds> {
    interval.map(|it| metric.scale().part_of((it.low, it.high)))
}

/// Returns which values have the best ranks.
pub(super) fn best(better: Better) -> Best {
    match better {
        Better::Higher | Better::Neither => Best::Highest,
        Better::Lower => Best::Lowest,
    }
}

impl Tally {
    /// Returns sums over no documents for the systems and metrics of a run. The intervals of micro
    /// averages and ranks are computed from `resamples` bootstrap resamples, which depend on
    /// `seed`.
    pub fn new(
        layout: Layout,
        metrics: &[Built<dyn Metric>],
        seed: u64,
        resamples: u32,
    ) -> Self {
        let has_people = layout.has_people();
        let system = |system: &SystemLayout| SystemTally {
            extracts: 0,
            words: 0,
            failed: 0,
            metrics: metrics
                .iter()
                .map(|metric| metric.value.as_ref())
                .map(|metric| {
                    (metric.task() == system.task)
                        .then(|| MetricTally::new(metric, has_people, resamples))
                })
                .collect(),
        };
        let corpora = layout
            .corpora
            .iter()
            .map(|_| CorpusTally {
                documents: 0,
                formulas: 0,
                undetermined: 0,
                empty: 0,
                systems: layout.systems.iter().map(system).collect(),
            })
            .collect();

        Self {
            bootstrap: PoissonBootstrap::new(seed, resamples),
            corpora,
            layout,
        }
    }

    /// Adds the outcome of a document.
    pub fn add(&mut self, outcome: &DocumentOutcome) {
        let weights = self.bootstrap.weights(&outcome.id);
        let corpus = &mut self.corpora[outcome.corpus];
        corpus.documents += 1;
        corpus.formulas += u64::from(outcome.id_reads_as_formula());
        corpus.undetermined += u64::from(outcome.about.language == "und");
        corpus.empty += u64::from(outcome.about.sentences == 0);

        for (tally, found) in corpus.systems.iter_mut().zip(&outcome.systems) {
            if let Some(extract) = &found.extract {
                tally.extracts += 1;
                tally.words += extract.words() as u64;
            }
            tally.failed += u64::from(found.has_failed());

            for cell in &found.cells {
                let Some(metric) = &mut tally.metrics[cell.metric] else {
                    continue;
                };

                metric.failed += u64::from(cell.status.is_failure());
                if let (Some(tally), Some(score)) =
                    (&mut metric.leaving_one_out, cell.leaving_one_out)
                {
                    tally.series.add(score.value, weights);
                    tally.failed += u64::from(cell.status.is_failure());
                }

                match (&cell.status, cell.score) {
                    (Status::NoReference, _) => metric.no_reference += 1,
                    (Status::UnreadableReference, _) => metric.unreadable += 1,
                    (Status::UnreadableSource, _) => metric.unreadable_source += 1,
                    (_, Some(score)) => {
                        metric.series.add(score.value, weights);
                        if let Some(totals) = &mut metric.totals {
                            totals.add(cell.statistics.summands(), weights);
                        }
                    }
                    (_, None) => {}
                }
            }
        }
    }

    /// Adds the sums over another part, which must be of the same plan and number of resamples.
    pub fn merge(&mut self, other: &RunSums) {
        for (corpus, other) in self.corpora.iter_mut().zip(&other.0) {
            corpus.merge(other);
        }
    }

    /// Returns the sums.
    pub fn into_sums(self) -> RunSums {
        RunSums(self.corpora)
    }

    /// Returns the number of documents of all corpora.
    pub fn documents(&self) -> u64 {
        self.corpora.iter().map(|corpus| corpus.documents).sum()
    }

    /// Returns the number of failures of all systems on all documents.
    pub fn failures(&self) -> u64 {
        self.corpora
            .iter()
            .flat_map(|corpus| &corpus.systems)
            .map(|system| system.failed)
            .sum()
    }

    /// Returns the number of documents of a corpus.
    pub fn documents_of(&self, corpus: usize) -> u64 {
        self.corpora[corpus].documents
    }

    /// Returns the number of documents for which a system has an output or failed.
    pub fn attempts(&self, system: usize) -> u64 {
        let of_corpora = self.corpora.iter().map(|corpus| &corpus.systems[system]);
        of_corpora.map(|it| it.extracts + it.failed).sum()
    }

    /// Returns the largest share of the documents of a corpus on which a system failed, from 0 to
    /// 1.
    pub fn worst_failures(&self) -> f64 {
        let shares = self.corpora.iter().flat_map(|corpus| {
            let documents = corpus.documents.max(1) as f64;
            corpus
                .systems
                .iter()
                .map(move |system| system.failed as f64 / documents)
        });
        shares.fold(0.0, f64::max)
    }

    /// Returns the leaderboard, by corpus, metric and system.
    pub fn leaderboard(&self, metrics: &[Built<dyn Metric>]) -> Leaderboard {
        let layout = &self.layout;
        let mut rows = Vec::new();
        for (at_corpus, (tally, corpus)) in
            self.corpora.iter().zip(&layout.corpora).enumerate()
        {
            for (at, metric) in metrics.iter().enumerate() {
                let signature = metric.value.signature().to_string();
                let measured: Vec<(usize, &SystemTally, &MetricTally)> = tally
                    .systems
                    .iter()
                    .enumerate()
                    .filter_map(|(index, system)| {
                        Some((index, system, system.metrics[at].as_ref()?))
                    })
                    .collect();

                // oracle and human references have no rank among systems
                let is_ranked =
                    |index: usize| layout.systems[index].kind == SystemKind::System;
                let series: Vec<&Series> = measured
                    .iter()
                    .filter(|(index, ..)| is_ranked(*index))
                    .map(|(_, _, metric)| &metric.series)
                    .collect();
                let better = metric.value.scale().better;
                let mut ranks = places(&[series], best(better), LEVEL).into_iter();

                for (index, system, found) in &measured {
                    let rank = match is_ranked(*index) {
                        true => ranks.next().flatten(),
                        false => None,
                    };
                    let (mean, bounds) = found.estimate(metric.value.as_ref());
                    // ranks are of means, which a micro average is not
                    let rank = rank
                        .filter(|_| found.totals.is_none() && better != Better::Neither);
                    rows.push(Row {
                        corpus: corpus.clone(),
                        system: layout.systems[*index].name.clone(),
                        kind: layout.systems[*index].kind,
                        metric: metric.name.clone(),
                        signature: signature.clone(),
                        mean,
                        ci_low: bounds.map(|(low, _)| low),
                        ci_high: bounds.map(|(_, high)| high),
                        n: found.series.count(),
                        failed: found.failed,
                        words: (system.extracts > 0)
                            .then(|| system.words as f64 / system.extracts as f64),
                        rank_low: rank.map(|(low, _)| low),
                        rank_high: rank.map(|(_, high)| high),
                        share_of_oracle: None,
                        docs_per_s: None,
                        run: String::new(),
                        budget: layout.budget(at_corpus, layout.systems[*index].task),
                        unit: metric.value.scale().unit,
                        total_docs_per_s: None,
                        learnt_on: None,
                    });
                }
            }
        }
        Leaderboard {
            rows,
            beside_people: self.beside_people(metrics),
        }
    }

    /// Returns the scores of human references and systems with one reference left out in turn, over
    /// the documents with several references.
    fn beside_people(&self, metrics: &[Built<dyn Metric>]) -> Vec<Row> {
        let layout = &self.layout;
        let mut rows = Vec::new();
        for (at_corpus, (tally, corpus)) in
            self.corpora.iter().zip(&layout.corpora).enumerate()
        {
            for (at, metric) in metrics.iter().enumerate() {
                for (system, found) in layout.systems.iter().zip(&tally.systems) {
                    let found = found.metrics[at].as_ref();
                    let found = found.and_then(|found| found.leaving_one_out.as_ref());
                    let Some(found) = found else { continue };
                    let Some(mean) = found.series.mean() else {
                        continue;
                    };

                    let metric_of = metric.value.as_ref();
                    let bounds = within(metric_of, found.series.interval(LEVEL))
                        .filter(|_| !all_failed(metric_of, &found.series, found.failed));
                    rows.push(Row {
                        corpus: corpus.clone(),
                        system: system.name.clone(),
                        metric: metric.name.clone(),
                        signature: metric.value.signature().to_string(),
                        mean: Some(mean),
                        ci_low: bounds.map(|(low, _)| low),
                        ci_high: bounds.map(|(_, high)| high),
                        n: found.series.count(),
                        failed: found.failed,
                        words: None,
                        rank_low: None,
                        rank_high: None,
                        share_of_oracle: None,
                        docs_per_s: None,
                        kind: system.kind,
                        run: String::new(),
                        budget: layout.budget(at_corpus, system.task),
                        unit: metric.value.scale().unit,
                        total_docs_per_s: None,
                        learnt_on: None,
                    });
                }
            }
        }
        rows
    }
}
