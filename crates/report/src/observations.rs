//! The scores of stored runs by document, from which systems are compared.

use epitome_engine::run::{DocumentOutcome, Layout, StoreError, StoredRows, SystemKind};
use epitome_metrics::Score;
use epitome_stats::PoissonBootstrap;

/// The number of a score that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Field {
    /// The value of the metric (F1 for metrics with precision and recall).
    #[default]
    Value,
    /// Precision.
    Precision,
    /// Recall.
    Recall,
}

impl Field {
    /// Returns the number of a score; `None` if the metric does not have it.
    fn of(self, score: &Score) -> Option<f64> {
        match self {
            Self::Value => Some(score.value),
            Self::Precision => score.precision,
            Self::Recall => score.recall,
        }
    }
}

/// The scores of a run by corpus.
///
/// They take 8 bytes of memory for each document, system and metric, and 24 for each document.
#[derive(Debug, Clone)]
pub struct Observations {
    /// Scores on each corpus of the layout.
    pub corpora: Vec<CorpusScores>,
}

/// The scores on one corpus.
#[derive(Debug, Clone, Default)]
pub struct CorpusScores {
    /// Digests of the documents, in order.
    pub documents: Vec<u128>,
    /// Keys of the documents, from which a bootstrap derives their counts in resamples.
    pub keys: Vec<u64>,
    /// Scores by metric, system and document; no documents if the metric is of another task than
    /// the system. A document that does not count is NaN.
    columns: Vec<Vec<Vec<f64>>>,
    /// By metric and system: documents on which a failure counts as the worst value.
    failures: Vec<Vec<usize>>,
}

impl Observations {
    /// Reads one number of every score in stored rows.
    ///
    /// # Errors
    /// Returns an error if the rows cannot be read, or the digest of a document is malformed.
    pub fn read(rows: StoredRows, field: Field) -> Result<Self, StoreError> {
        let layout = rows.layout().clone();
        let mut corpora: Vec<CorpusScores> = layout
            .corpora
            .iter()
            .map(|_| CorpusScores {
                documents: Vec::new(),
                keys: Vec::new(),
                columns: vec![
                    vec![Vec::new(); layout.systems.len()];
                    layout.metrics.len()
                ],
                failures: vec![vec![0; layout.systems.len()]; layout.metrics.len()],
            })
            .collect();

        let path = rows.folder().join("documents.csv");
        for outcome in rows.scores_only() {
            let outcome = outcome?;
            let digest = digest_of(&outcome).ok_or_else(|| {
                let (id, found) = (&outcome.id, &outcome.about.digest);
                StoreError::broken(
                    &path,
                    format!(
                        "the digest of `{id}` is `{found}`, not 32 hexadecimal digits"
                    ),
                )
            })?;
            corpora[outcome.corpus].add(&outcome, digest, field);
        }
        Ok(Self { corpora })
    }
}

impl CorpusScores {
    /// Adds the scores of a document.
    fn add(&mut self, outcome: &DocumentOutcome, digest: u128, field: Field) {
        self.documents.push(digest);
        self.keys.push(PoissonBootstrap::key(&outcome.id));
        for (system, found) in outcome.systems.iter().enumerate() {
            for cell in &found.cells {
                let value = cell.score.as_ref().and_then(|score| field.of(score));
                self.columns[cell.metric][system].push(value.unwrap_or(f64::NAN));
                let counts = value.is_some() && cell.status.is_failure();
                self.failures[cell.metric][system] += usize::from(counts);
            }
        }
    }

    /// Returns the scores of a system by a metric, one for each document; NaN if a document does
    /// not count. Empty if the metric is of another task than the system.
    pub fn column(&self, metric: usize, system: usize) -> &[f64] {
        &self.columns[metric][system]
    }

    /// Returns whether every score of a system by a metric is that of a failure.
    pub(super) fn all_failed(&self, metric: usize, system: usize) -> bool {
        let scores = self.column(metric, system);
        let counted = scores.iter().filter(|score| !score.is_nan()).count();
        counted > 0 && self.failures[metric][system] == counted
    }

    /// Returns for each document of `other` the index of the document with the same digest here
    /// (the first, if there are several); `None` if there is none.
    pub fn places_of(&self, other: &Self) -> Vec<Option<usize>> {
        // the usual case, in which each of several equal documents keeps its own index
        if self.documents == other.documents {
            return (0..self.documents.len()).map(Some).collect();
        }

        let mut known: Vec<(u128, usize)> = self
            .documents
            .iter()
            .enumerate()
            .map(|(at, digest)| (*digest, at))
            .collect();
        known.sort_unstable();

        other
            .documents
            .iter()
            .map(|digest| {
                let at = known.partition_point(|(other, _)| other < digest);
                known
                    .get(at)
                    .filter(|(found, _)| found == digest)
                    .map(|(_, place)| *place)
            })
            .collect()
    }
}

/// Returns the digest of a document as a number; `None` if it is not 32 hexadecimal digits.
fn digest_of(outcome: &DocumentOutcome) -> Option<u128> {
    let digest = &outcome.about.digest;
    let is_whole = digest.len() == 32 && digest.bytes().all(|it| it.is_ascii_hexdigit());
    is_whole
        .then(|| u128::from_str_radix(digest, 16).ok())
        .flatten()
}

/// Returns the indices of the systems of a layout that do the task of a metric, without oracle and
/// human references.
pub(super) fn ranked(layout: &Layout, metric: usize) -> Vec<usize> {
    let mut systems = measured(layout, metric);
    systems.retain(|&at| layout.systems[at].kind == SystemKind::System);
    systems
}

/// Returns the indices of the systems of a layout that do the task of a metric, with oracle and
/// human references.
pub(super) fn measured(layout: &Layout, metric: usize) -> Vec<usize> {
    let task = layout.metrics[metric].task;
    let systems = layout.systems.iter().enumerate();
    systems
        .filter(|(_, system)| system.task == task)
        .map(|(at, _)| at)
        .collect()
}
