//! The scores of stored runs, document by document: what systems are compared on.

use epitome_engine::run::{DocumentOutcome, Layout, StoreError, StoredRows, SystemKind};
use epitome_metrics::Score;
use epitome_stats::PoissonBootstrap;

/// Which number of a score is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Field {
    /// F1, or the metric's only value.
    #[default]
    Value,
    /// Precision.
    Precision,
    /// Recall.
    Recall,
}

impl Field {
    fn of(self, score: &Score) -> Option<f64> {
        match self {
            Self::Value => Some(score.value),
            Self::Precision => score.precision,
            Self::Recall => score.recall,
        }
    }
}

/// The scores of a run, by corpus.
///
/// Held in memory: 8 bytes for each document, system and metric, and 24 a document.
#[derive(Debug, Clone)]
pub struct Observations {
    /// One for each corpus of the layout.
    pub corpora: Vec<CorpusScores>,
}

/// The scores on one corpus.
#[derive(Debug, Clone, Default)]
pub struct CorpusScores {
    /// Digests of the documents, in order.
    pub documents: Vec<u128>,
    /// What their counts in the resamples of a bootstrap depend on.
    pub keys: Vec<u64>,
    /// By metric and system of the layout; empty where the metric measures another task.
    /// Documents that do not count are not a number.
    columns: Vec<Vec<Vec<f64>>>,
}

impl Observations {
    /// Reads one number of every score in stored rows.
    ///
    /// # Errors
    /// Returns an error if the rows cannot be read.
    pub fn read(rows: StoredRows, field: Field) -> Result<Self, StoreError> {
        let layout = rows.layout().clone();
        let empty = || CorpusScores {
            documents: Vec::new(),
            keys: Vec::new(),
            columns: vec![vec![Vec::new(); layout.systems.len()]; layout.metrics.len()],
        };
        let mut corpora: Vec<CorpusScores> =
            layout.corpora.iter().map(|_| empty()).collect();
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
    fn add(&mut self, outcome: &DocumentOutcome, digest: u128, field: Field) {
        self.documents.push(digest);
        self.keys.push(PoissonBootstrap::key(&outcome.id));
        for (system, found) in outcome.systems.iter().enumerate() {
            for cell in &found.cells {
                let value = cell.score.as_ref().and_then(|score| field.of(score));
                self.columns[cell.metric][system].push(value.unwrap_or(f64::NAN));
            }
        }
    }

    /// The scores of a system under a metric, one for each document; not a number where it
    /// does not count. Empty where the metric measures another task.
    pub fn column(&self, metric: usize, system: usize) -> &[f64] {
        &self.columns[metric][system]
    }

    /// Where each document of `other` stands here, by digest; the first of equal ones.
    /// `None` where it does not.
    pub fn places_of(&self, other: &Self) -> Vec<Option<usize>> {
        let mut known: Vec<(u128, usize)> = self
            .documents
            .iter()
            .enumerate()
            .map(|(at, digest)| (*digest, at))
            .collect();
        known.sort_unstable();
        let place = |digest: &u128| {
            let at = known.partition_point(|(other, _)| other < digest);
            known
                .get(at)
                .filter(|(found, _)| found == digest)
                .map(|(_, place)| *place)
        };
        // the usual case, in which equal documents keep their own places
        if self.documents == other.documents {
            return (0..self.documents.len()).map(Some).collect();
        }
        other.documents.iter().map(place).collect()
    }
}

/// The digest of a document as a number; `None` if it is not written as one.
fn digest_of(outcome: &DocumentOutcome) -> Option<u128> {
    let digest = &outcome.about.digest;
    let is_whole = digest.len() == 32 && digest.bytes().all(|it| it.is_ascii_hexdigit());
    is_whole
        .then(|| u128::from_str_radix(digest, 16).ok())
        .flatten()
}

/// Which systems of a layout do the task of a metric, but none that knows the references.
pub(super) fn ranked(layout: &Layout, metric: usize) -> Vec<usize> {
    let mut systems = measured(layout, metric);
    systems.retain(|&at| layout.systems[at].kind == SystemKind::System);
    systems
}

/// As [`ranked`], and what knows the references.
pub(super) fn measured(layout: &Layout, metric: usize) -> Vec<usize> {
    let task = layout.metrics[metric].task;
    let systems = layout.systems.iter().enumerate();
    systems
        .filter(|(_, system)| system.task == task)
        .map(|(at, _)| at)
        .collect()
}
