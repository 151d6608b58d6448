//! The scores of a run's corpora in columns, and corpora of the same documents put together.

use std::collections::BTreeMap;

use epitome_stats::{Moments, PartialMean, PoissonBootstrap, Series};

use super::observations::Observations;

/// The scores of a metric on a corpus in a column for each system, with a sign such that more is
/// better.
pub(super) struct Columns {
    pub(super) corpus: usize,
    /// The first corpus with the same documents: itself, or the same corpus under another budget.
    pub(super) documents_of: usize,
    /// Keys of the documents, which determine their counts in resamples.
    pub(super) keys: Vec<u64>,
    /// Scores by system.
    pub(super) scores: Vec<Vec<f64>>,
    /// By system: whether every output failed.
    pub(super) all_failed: Vec<bool>,
}

impl Columns {
    /// Returns the scores on the documents where every system counts; `None` if there are no such
    /// documents.
    pub(super) fn of(
        observations: &Observations,
        corpus: usize,
        metric: usize,
        systems: &[usize],
        sign: f64,
    ) -> Option<Self> {
        let scores = &observations.corpora[corpus];
        let columns: Vec<&[f64]> = systems
            .iter()
            .map(|&system| scores.column(metric, system))
            .collect();
        let documents = columns.iter().map(|column| column.len()).min()?;

        let counted: Vec<usize> = (0..documents)
            .filter(|&at| columns.iter().all(|column| !column[at].is_nan()))
            .collect();
        let columns: Vec<Vec<f64>> = columns
            .iter()
            .map(|column| counted.iter().map(|&at| sign * column[at]).collect())
            .collect();
        let keys = counted.iter().map(|&at| scores.keys[at]).collect();
        (!counted.is_empty()).then_some(Self {
            corpus,
            documents_of: corpus,
            keys,
            scores: columns,
            all_failed: systems
                .iter()
                .map(|&system| scores.all_failed(metric, system))
                .collect(),
        })
    }

    /// Returns a block for each document, with the score of each system.
    pub(super) fn documents(&self) -> Vec<Vec<f64>> {
        (0..self.scores[0].len())
            .map(|at| self.scores.iter().map(|column| column[at]).collect())
            .collect()
    }

    /// Returns the block of the corpus: the mean of each system.
    pub(super) fn means(&self) -> Vec<f64> {
        self.scores
            .iter()
            .map(|column| column.iter().sum::<f64>() / column.len() as f64)
            .collect()
    }

    /// Returns the sums of each column in the resamples of `bootstrap`.
    pub(super) fn series(
        &self,
        mut bootstrap: PoissonBootstrap,
        resamples: u32,
    ) -> Vec<Series> {
        let mut all: Vec<Series> =
            self.scores.iter().map(|_| Series::new(resamples)).collect();
        for (at, &key) in self.keys.iter().enumerate() {
            let weights = bootstrap.weights_of(key);
            for (series, column) in all.iter_mut().zip(&self.scores) {
                series.add(column[at], weights);
            }
        }
        all
    }
}

/// Returns the corpora in groups of the same documents, in the order of the first of each.
pub(super) fn groups(corpora: &[Columns]) -> Vec<Vec<&Columns>> {
    let mut groups: BTreeMap<usize, Vec<&Columns>> = BTreeMap::new();
    for columns in corpora {
        groups
            .entry(columns.documents_of)
            .or_default()
            .push(columns);
    }
    groups.into_values().collect()
}

/// Returns the means of rows of numbers, column by column; nothing without rows.
pub(super) fn mean_of(rows: impl ExactSizeIterator<Item = Vec<f64>>) -> Vec<f64> {
    let count = rows.len() as f64;
    let sums =
        rows.reduce(|sums, row| sums.iter().zip(row).map(|(a, b)| a + b).collect());
    let sums = sums.unwrap_or_default();
    sums.into_iter().map(|sum| sum / count).collect()
}

/// Returns the mean of a system over the corpora of a group, with its interval, as a part of the
/// mean over `all` corpora. `sign` is that of the scores.
///
/// The scores of a document under several budgets are not independent: its mean over the budgets
/// is one observation. A document that does not count under all of them does not widen the interval.
pub(super) fn part_of(
    group: &[&Columns],
    system: usize,
    sign: f64,
    all: usize,
) -> Option<PartialMean> {
    let mut sums: BTreeMap<u64, (f64, usize)> = BTreeMap::new();
    let mut mean = 0.0;
    for columns in group {
        let scores = &columns.scores[system];
        mean += sign * scores.iter().sum::<f64>() / scores.len() as f64;
        for (key, score) in columns.keys.iter().zip(scores) {
            let (sum, count) = sums.entry(*key).or_default();
            *sum += sign * score;
            *count += 1;
        }
    }

    let budgets = group.len();
    let shared = sums.values().filter(|(_, count)| *count == budgets);
    let found =
        Moments::of(shared.map(|(sum, _)| sum / budgets as f64)).interval(0.95)?;
    let mean = mean / budgets as f64;
    Some(PartialMean {
        weight: budgets as f64 / all as f64,
        mean,
        bounds: (
            mean - (found.mean - found.low),
            mean + (found.high - found.mean),
        ),
    })
}
