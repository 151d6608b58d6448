//! What became of each system over the records of runs: since when its scores are what they
//! are. The quality of a deterministic system has no noise: another digest is another output.

use serde::Serialize;

use crate::{
    metric::{Better, Unit},
    spec::is_named,
};

use super::record::{HistoryRecord, RecordedMean};

/// The records of one system by one metric on one corpus under one budget.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HistorySeries {
    /// The name of the corpus.
    pub corpus: String,
    /// The length of outputs.
    pub budget: String,
    /// The name of the metric.
    pub metric: String,
    /// The unit of its values.
    pub unit: Unit,
    /// The direction in which values are better.
    pub better: Better,
    /// The name of the system.
    pub system: String,
    /// Its records, in the order in which the runs began.
    pub points: Vec<HistoryPoint>,
}

/// A record of a series.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HistoryPoint {
    /// The time at which the run began.
    pub start: String,
    /// The revision that was measured.
    pub revision: Option<String>,
    /// The mean and the digest of the scores.
    pub mean: RecordedMean,
    /// What the record says beside the one before it.
    pub change: HistoryChange,
}

/// What a record says beside the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HistoryChange {
    /// It is the first.
    First,
    /// Every score is the same.
    Unchanged,
    /// Scores differ: by how much the mean has changed.
    Changed(f64),
    /// The corpus or the signature of the metric is another one, so nothing can be said.
    NotComparable,
}

impl HistorySeries {
    /// Returns the point at which the scores became those of the last point.
    pub fn since(&self) -> Option<&HistoryPoint> {
        let unchanged = |point: &&HistoryPoint| point.change == HistoryChange::Unchanged;
        let last = self.points.len().checked_sub(1)?;
        let kept = self.points.iter().rev().take_while(unchanged).count();
        self.points.get(last.saturating_sub(kept))
    }
}

/// Which series are wanted; an empty list is all. In a name `*` stands for any text, and a name
/// without parameters for any parameters.
#[derive(Debug, Clone, Default)]
pub struct HistoryFilter {
    /// The names of systems.
    pub systems: Vec<String>,
    /// The names of metrics.
    pub metrics: Vec<String>,
    /// The names of corpora.
    pub corpora: Vec<String>,
}

impl HistoryFilter {
    fn has(names: &[String], name: &str) -> bool {
        names.is_empty() || names.iter().any(|pattern| is_named(pattern, name))
    }
}

/// Returns the series of records that are in the order in which their runs began: by corpus,
/// budget, metric and system.
pub fn history(records: &[HistoryRecord], wanted: &HistoryFilter) -> Vec<HistorySeries> {
    let mut all: Vec<(HistorySeries, Vec<(String, String)>)> = Vec::new();
    for record in records
        .iter()
        .filter(|it| HistoryFilter::has(&wanted.corpora, &it.corpus))
    {
        for (system, means) in &record.systems {
            for (metric, mean) in means {
                let is_wanted = HistoryFilter::has(&wanted.systems, system)
                    && HistoryFilter::has(&wanted.metrics, metric);
                let Some(recipe) = record.metrics.get(metric).filter(|_| is_wanted)
                else {
                    continue;
                };

                let is_own = |(it, _): &(HistorySeries, Vec<(String, String)>)| {
                    (&it.corpus, &it.budget, &it.metric, &it.system)
                        == (&record.corpus, &record.budget, metric, system)
                };
                let at = all.iter().position(is_own).unwrap_or_else(|| {
                    let series = HistorySeries {
                        corpus: record.corpus.clone(),
                        budget: record.budget.clone(),
                        metric: metric.clone(),
                        unit: recipe.unit,
                        better: recipe.better,
                        system: system.clone(),
                        points: Vec::new(),
                    };
                    all.push((series, Vec::new()));
                    all.len() - 1
                });

                let (series, measured) = &mut all[at];
                let what = (record.blake3.clone(), recipe.signature.clone());
                let change = change(series.points.last(), measured.last(), mean, &what);
                series.points.push(HistoryPoint {
                    start: record.start.clone(),
                    revision: record.revision.clone(),
                    mean: mean.clone(),
                    change,
                });
                measured.push(what);
            }
        }
    }

    let mut all: Vec<HistorySeries> = all.into_iter().map(|(series, _)| series).collect();
    let key = |it: &HistorySeries| {
        let parts = [&it.corpus, &it.budget, &it.metric, &it.system];
        parts.map(String::clone)
    };
    all.sort_by_cached_key(key);
    all
}

/// Returns what a mean says beside the last point. `measured` and `what` are the digest of the
/// corpus and the signature of the metric there and here.
fn change(
    last: Option<&HistoryPoint>,
    measured: Option<&(String, String)>,
    mean: &RecordedMean,
    what: &(String, String),
) -> HistoryChange {
    match last {
        None => HistoryChange::First,
        Some(_) if measured != Some(what) => HistoryChange::NotComparable,
        Some(last) if last.mean.digest == mean.digest => HistoryChange::Unchanged,
        Some(last) => {
            let pair = mean.mean.zip(last.mean.mean);
            HistoryChange::Changed(pair.map_or(f64::NAN, |(now, before)| now - before))
        }
    }
}
