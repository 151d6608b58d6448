//! Sums over documents as they come: what a leaderboard is made of, in memory that does
//! not grow with the corpus.

use serde::{Deserialize, Serialize};

use epitome_base::spec::Built;
use epitome_engine::run::{DocumentOutcome, Kind, Layout, Status, SystemLayout, Unread};
use epitome_metrics::{Average, Better, Metric, Statistics, Task};
use epitome_stats::{Bounds, Interval, PoissonBootstrap, Series, Totals, places};

use super::leaderboard::{Leaderboard, Row};

/// The level of every interval.
const LEVEL: f64 = 0.95;

/// What has been observed of every system, metric and corpus of a run.
pub struct Tally {
    layout: Layout,
    bootstrap: PoissonBootstrap,
    corpora: Vec<CorpusTally>,
}

/// The sums of a [`Tally`], as a part of a corpus leaves them.
#[derive(Serialize, Deserialize)]
pub struct Sums(Vec<CorpusTally>);

/// What a reader of tables with such ids must know.
pub fn formulas(documents: u64) -> String {
    format!(
        "a spreadsheet takes {documents} ids of documents for formulas, which begin with `=`, `+`, `-` or `@`: tables have them as they are, import them as text"
    )
}

/// One corpus.
#[derive(Serialize, Deserialize)]
struct CorpusTally {
    documents: u64,
    /// Documents whose ids a spreadsheet takes for formulas.
    formulas: u64,
    /// Those that do not say their language.
    undetermined: u64,
    systems: Vec<SystemTally>,
}

impl CorpusTally {
    fn merge(&mut self, other: &Self) {
        self.documents += other.documents;
        self.formulas += other.formulas;
        self.undetermined += other.undetermined;
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
            Status::UnreadableSource => found.unreadable_source,
            Status::Ok | Status::LeftOut | Status::Failed(_) => 0,
        });
        left_out.min().unwrap_or(0)
    }

    /// That failures are in no mean of metrics without a worst value, system by system.
    fn failures_left_out(
        &self,
        layout: &Layout,
        metrics: &[Built<dyn Metric>],
        corpus: &str,
    ) -> Vec<String> {
        let metrics = metrics.iter().enumerate();
        let unbounded: Vec<(usize, &str)> = metrics
            .filter(|(_, metric)| metric.value.failed().is_none())
            .map(|(at, metric)| (at, metric.name.as_str()))
            .collect();
        let mut notes = Vec::new();
        for (system, found) in layout.systems.iter().zip(&self.systems) {
            let failed = |at: usize| found.metrics[at].as_ref().map_or(0, |it| it.failed);
            let of_system = unbounded.iter().filter(|(at, _)| failed(*at) > 0);
            let mut of_system: Vec<(u64, &str)> =
                of_system.map(|(at, name)| (failed(*at), *name)).collect();
            of_system.sort_by_key(|(count, _)| *count);
            for same in of_system.chunk_by(|a, b| a.0 == b.0) {
                let names: Vec<String> =
                    same.iter().map(|(_, name)| format!("`{name}`")).collect();
                notes.push(format!(
                    "{corpus}: {} failures of `{}` are in no mean of {}, which has no worst value",
                    same[0].0,
                    system.name,
                    names.join(", ")
                ));
            }
        }
        notes
    }
}

/// One system on one corpus.
#[derive(Serialize, Deserialize)]
struct SystemTally {
    extracts: u64,
    words: u64,
    failed: u64,
    /// By metric of the run; `None` where the metric measures another task.
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
    totals: Option<Totals>,
    no_reference: u64,
    unreadable: u64,
    unreadable_source: u64,
    /// Documents that the system failed on and the metric would have scored.
    failed: u64,
    /// With each reference left out in turn, in a run that shows people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    leaving_one_out: Option<LeavingOneOutTally>,
}

/// The scores of a [`MetricTally`] with each reference left out in turn.
#[derive(Serialize, Deserialize)]
struct LeavingOneOutTally {
    series: Series,
    failed: u64,
}

impl MetricTally {
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

    /// The average with its interval.
    fn estimate(&self, metric: &dyn Metric) -> (Option<f64>, Option<Bounds>) {
        let mean = self.series.mean();
        let Some(totals) = &self.totals else {
            return (mean, within(metric, self.series.interval(LEVEL)));
        };
        let value = |sums: &[f64]| metric.score(&Statistics::of_sums(sums)).value;
        let bounds = totals.interval(LEVEL, self.series.count(), value);
        (mean.map(|_| value(&totals.total())), bounds)
    }
}

/// The bounds of an interval, which end where the metric's values do: of few documents that
/// differ much Student's interval would go beyond.
fn within(metric: &dyn Metric, interval: Option<Interval>) -> Option<Bounds> {
    interval.map(|it| metric.scale().part_of((it.low, it.high)))
}

impl Tally {
    /// Nothing observed yet of the systems of `layout` under its `metrics`.
    pub fn new(
        layout: Layout,
        metrics: &[Built<dyn Metric>],
        seed: u64,
        resamples: u32,
    ) -> Self {
        let has_people = layout.has_people();
        let metric = |metric: &dyn Metric| MetricTally {
            series: Series::new(resamples),
            totals: (metric.average() == Average::Micro)
                .then(|| Totals::new(1 + metric.statistics().len(), resamples)),
            no_reference: 0,
            unreadable: 0,
            unreadable_source: 0,
            failed: 0,
            leaving_one_out: (has_people && metric.task() == Task::Summaries).then(
                || LeavingOneOutTally { series: Series::new(resamples), failed: 0 },
            ),
        };
        let system = |system: &SystemLayout| SystemTally {
            extracts: 0,
            words: 0,
            failed: 0,
            metrics: metrics
                .iter()
                .map(|other| other.value.as_ref())
                .map(|other| (other.task() == system.task).then(|| metric(other)))
                .collect(),
        };
        let corpus = |_| CorpusTally {
            documents: 0,
            formulas: 0,
            undetermined: 0,
            systems: layout.systems.iter().map(system).collect(),
        };
        Self {
            bootstrap: PoissonBootstrap::new(seed, resamples),
            corpora: layout.corpora.iter().map(corpus).collect(),
            layout,
        }
    }

    /// Adds a document.
    pub fn add(&mut self, outcome: &DocumentOutcome) {
        let weights = self.bootstrap.weights(&outcome.id);
        let corpus = &mut self.corpora[outcome.corpus];
        corpus.documents += 1;
        corpus.formulas += u64::from(outcome.id_reads_as_formula());
        corpus.undetermined += u64::from(outcome.about.language == "und");
        for (tally, found) in corpus.systems.iter_mut().zip(&outcome.systems) {
            if let Some(extract) = &found.extract {
                tally.extracts += 1;
                tally.words += extract.words() as u64;
            }
            tally.failed += u64::from(found.has_failed());
            for cell in &found.cells {
                let Some(metric) = &mut tally.metrics[cell.metric] else { continue };
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

    /// Why no cell has a score, if none has: what is missing, and the cure.
    pub fn nothing_measured(
        &self,
        of: &[Built<dyn Metric>],
        unread: &[Unread],
    ) -> Option<String> {
        let metrics = || {
            let systems = self.corpora.iter().flat_map(|corpus| &corpus.systems);
            systems.flat_map(|system| system.metrics.iter().enumerate())
        };
        let mut found = metrics().filter_map(|(_, metric)| metric.as_ref());
        if self.documents() == 0 || found.any(|metric| metric.series.count() > 0) {
            return None;
        }

        let names = self.layout.corpora.join(", ");
        let mut unreadable = metrics().filter_map(|(at, metric)| {
            metric.as_ref().filter(|metric| metric.unreadable > 0).map(|_| at)
        });
        if let Some(at) = unreadable.next() {
            let name = &of[at].name;
            let mut instead = unread.iter().filter(|it| it.metric == *name);
            let cure = instead.find_map(|it| it.instead.as_ref());
            let cure = cure.map(|it| format!("\nhint: `{it}` reads every script"));
            return Some(format!(
                "nothing was measured: `{name}` cannot read the references of {names}{}",
                cure.unwrap_or_default()
            ));
        }
        let field = |metric: &dyn Metric| match metric.task() {
            _ if metric.needs().labels => "`meta.boilerplate`",
            Task::Summaries => "`summaries`",
            Task::Keyphrases => "`keyphrases`",
        };
        let mut fields: Vec<&str> =
            of.iter().map(|it| field(it.value.as_ref())).collect();
        fields.sort_unstable();
        fields.dedup();
        let fields = fields.join(" or ");
        Some(format!(
            "nothing was measured: no document of {names} has what the metrics need: no {fields}\nhint: add that field to the records; what the systems gave is in `extracts.jsonl`"
        ))
    }

    /// What a reader of the tables must know of documents that are in no mean.
    pub fn notes(
        &self,
        metrics: &[Built<dyn Metric>],
        is_language_given: bool,
    ) -> Vec<String> {
        let mut notes = Vec::new();
        for (tally, name) in self.corpora.iter().zip(&self.layout.corpora) {
            let all = tally.documents;
            notes.extend(tally.failures_left_out(&self.layout, metrics, name));
            if tally.formulas > 0 {
                notes.push(format!("{name}: {}", formulas(tally.formulas)));
            }
            if tally.undetermined > 0 && !is_language_given {
                notes.push(format!(
                    "{name}: {} of {all} documents do not say their language and are read without \
                     stemmer and stop list: see `--lang`",
                    tally.undetermined
                ));
            }
            let statuses = [
                Status::NoReference,
                Status::UnreadableReference,
                Status::UnreadableSource,
            ];
            for status in statuses {
                let counts: Vec<u64> = (0..metrics.len())
                    .map(|metric| tally.left_out(metric, &status))
                    .collect();
                let mut different: Vec<u64> =
                    counts.iter().copied().filter(|&n| n > 0).collect();
                different.sort_unstable();
                different.dedup();
                for count in different {
                    let of_this_count = metrics.iter().zip(&counts);
                    let names: Vec<String> = of_this_count
                        .filter(|(_, other)| **other == count)
                        .map(|(metric, _)| format!("`{}`", metric.name))
                        .collect();
                    let names = names.join(", ");
                    notes.push(format!(
                        "{name}: {count} of {all} documents are not scored: {} for {names}",
                        status.name()
                    ));
                }
            }
        }
        notes
    }

    /// The leaderboard, in table order.
    pub fn leaderboard(&self, metrics: &[Built<dyn Metric>]) -> Leaderboard {
        let layout = &self.layout;
        let mut rows = Vec::new();
        for (tally, corpus) in self.corpora.iter().zip(&layout.corpora) {
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
                // what knows the references has no rank among those that do not
                let is_ranked = |index: usize| layout.systems[index].kind == Kind::System;
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
                        found.totals.is_none()
                            && metric.value.scale().better == Better::Higher
                    });
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
                    });
                }
            }
        }
        Leaderboard { rows, beside_people: self.beside_people(metrics) }
    }

    /// People and systems on their terms: the same documents, one reference less.
    fn beside_people(&self, metrics: &[Built<dyn Metric>]) -> Vec<Row> {
        let layout = &self.layout;
        let mut rows = Vec::new();
        for (tally, corpus) in self.corpora.iter().zip(&layout.corpora) {
            for (at, metric) in metrics.iter().enumerate() {
                for (system, found) in layout.systems.iter().zip(&tally.systems) {
                    let found = found.metrics[at].as_ref();
                    let found = found.and_then(|found| found.leaving_one_out.as_ref());
                    let Some(found) = found else { continue };
                    let Some(mean) = found.series.mean() else { continue };
                    let bounds =
                        within(metric.value.as_ref(), found.series.interval(LEVEL));
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
                    });
                }
            }
        }
        rows
    }
}
