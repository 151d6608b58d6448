//! Outputs made elsewhere against references.

use std::{num::NonZero, sync::mpsc, thread};

use epitome::{
    corpus::{CorpusError, FileLine},
    harness, metric,
    registry::Registry,
    run::{PairOutcome, PairSums, Plan, RunError, cores, score_pairs},
    spec::Built,
};
use pyo3::prelude::*;

use super::{
    callables::Metric,
    errors::{guarded, raised},
    one::parsed,
    signals::wait,
    tables::{Column, Columns, Kind},
};

/// A metric that was asked for.
#[derive(FromPyObject)]
pub(crate) enum Asked<'py> {
    /// By name.
    Named(String),
    /// A callable.
    Own(Bound<'py, Metric>),
}

/// Scores pairs, each a line of JSON as `epitome score` reads it. Returns a table of every
/// pair and one of means.
#[pyfunction]
pub(crate) fn score(
    py: Python<'_>,
    pairs: Vec<String>,
    metrics: Vec<Asked<'_>>,
    seed: u64,
    resamples: u32,
    jobs: Option<NonZero<usize>>,
) -> PyResult<(Columns, Columns)> {
    let metrics = built(&metrics)?;
    let jobs = jobs.unwrap_or(cores());
    let (outcomes, sums) =
        guarded(|| py.detach(|| scored(pairs, &metrics, (seed, resamples), jobs)))?;
    Ok((rows(&metrics, &outcomes), means(&metrics, &sums)))
}

fn built(asked: &[Asked<'_>]) -> PyResult<Vec<Built<dyn metric::Metric>>> {
    let registry = Registry::standard();
    let mut metrics: Vec<Built<dyn metric::Metric>> = Vec::new();

    for one in asked {
        let metric = match one {
            Asked::Named(text) => {
                let found = Plan::metrics_of_texts(&registry, &[parsed(text)?]);
                found.map_err(raised)?.remove(0)
            }
            Asked::Own(own) => {
                let own = own.get();
                Built {
                    name: own.name().to_owned(),
                    value: own.measures(),
                }
            }
        };
        if metrics.iter().any(|other| other.name == metric.name) {
            let name = metric.name;
            return Err(super::errors::input(format!("`{name}` is named twice")));
        }
        metrics.push(metric);
    }

    Ok(metrics)
}

fn scored(
    pairs: Vec<String>,
    metrics: &[Built<dyn metric::Metric>],
    (seed, resamples): (u64, u32),
    jobs: NonZero<usize>,
) -> PyResult<(Vec<PairOutcome>, PairSums)> {
    let lines = pairs.into_iter().enumerate().map(|(at, pair)| {
        let number = at as u64;
        Ok::<_, CorpusError>(FileLine {
            path: "pair".into(),
            number,
            bytes: pair.into_bytes(),
        })
    });

    let mut sums = PairSums::new(metrics, seed, resamples);
    let mut outcomes = Vec::new();
    let (sender, receiver) = mpsc::sync_channel(1_024);
    thread::scope(|scope| {
        let work = move || {
            let sink = |outcome: PairOutcome| sender.send(outcome).map_err(|_| Gone);
            match score_pairs(metrics, jobs, lines, sink) {
                Err(RunError::Sink(Gone)) | Ok(()) => Ok(()),
                Err(RunError::Corpus(error)) => Err(harness::Error::from(error)),
                Err(RunError::Rows(error)) => Err(error.into()),
                Err(RunError::NotStarted(error)) => Err(error.into()),
            }
        };
        let working = scope.spawn(work);
        while let Some(outcome) = wait(&receiver, |_| Ok(()))? {
            sums.add(&outcome);
            outcomes.push(outcome);
        }
        match working.join() {
            Ok(ended) => ended.map_err(raised),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })?;

    Ok((outcomes, sums))
}

/// Nobody takes outcomes any more.
struct Gone;

fn rows(metrics: &[Built<dyn metric::Metric>], outcomes: &[PairOutcome]) -> Columns {
    let mut id = Column::new("id", Kind::Text);
    let mut name = Column::new("metric", Kind::Text);
    let mut parts =
        ["precision", "recall", "value"].map(|it| Column::new(it, Kind::Real));
    for outcome in outcomes {
        let cells = outcome.scores.iter().zip(&outcome.statistics);
        for (metric, (score, statistics)) in metrics.iter().zip(cells) {
            let score = Some(score).filter(|_| statistics.outputs > 0.0);
            id.push_text(Some(&outcome.id));
            name.push_text(Some(&metric.name));
            parts[0].push_real(score.and_then(|score| score.precision));
            parts[1].push_real(score.and_then(|score| score.recall));
            parts[2].push_real(score.map(|score| score.value));
        }
    }
    Columns::of([id, name].into_iter().chain(parts).collect())
}

/// The level of every interval.
const LEVEL: f64 = 0.95;

fn means(metrics: &[Built<dyn metric::Metric>], sums: &PairSums) -> Columns {
    let mut name = Column::new("metric", Kind::Text);
    let mut signature = Column::new("signature", Kind::Text);
    let mut n = Column::new("n", Kind::Whole);
    let names = ["precision", "recall", "value", "ci_low", "ci_high"];
    let mut parts = names.map(|it| Column::new(it, Kind::Real));

    for (metric, means) in metrics.iter().zip(sums.means(metrics, LEVEL)) {
        name.push_text(Some(&metric.name));
        signature.push_text(Some(&metric.value.signature().to_string()));
        n.push_whole(Some(means.count as i64));
        let interval = means.interval;
        let values = [
            means.precision,
            means.recall,
            means.value,
            interval.map(|(low, _)| low),
            interval.map(|(_, high)| high),
        ];
        for (column, value) in parts.iter_mut().zip(values) {
            column.push_real(value);
        }
    }

    Columns::of([name, signature, n].into_iter().chain(parts).collect())
}
