//! The sets of the documents of a corpus that have been read, and of those that an earlier run
//! did not process.

use std::hash::BuildHasher;

use foldhash::quality::FixedState;
use hashbrown::HashTable;

use epitome_corpora::CorpusError;
use epitome_metrics::ExternalOutcome;
use epitome_plugin::{Fault, Outcome};

use super::outcome::{DocumentOutcome, ScoreCell, Status};

/// The documents for which an earlier run of the same plan has rows: the first ones of
/// its corpora.
#[derive(Default)]
pub struct Done {
    corpora: Vec<(usize, Ids, Failed)>,
    /// The indices of the external metrics.
    external: Vec<usize>,
}

/// What did not become of documents of a corpus as it should have.
#[derive(Default)]
pub(in crate::run) struct Failed {
    pub(in crate::run) systems: Vec<FailedSystem>,
    pub(in crate::run) metrics: Vec<FailedMetric>,
}

/// A failure of a system, named by its index, on a document of a corpus.
pub(in crate::run) struct FailedSystem {
    pub(in crate::run) document: usize,
    pub(in crate::run) system: usize,
    pub(in crate::run) outcome: Outcome,
}

/// A document of a corpus on which an external metric, named by its index, did not score
/// any output.
pub(in crate::run) struct FailedMetric {
    pub(in crate::run) document: usize,
    pub(in crate::run) metric: usize,
    /// `None` if there was nothing to measure.
    pub(in crate::run) outcome: Option<ExternalOutcome>,
}

impl Done {
    /// Returns no documents of a run in which the metrics with these indices are external.
    pub fn with_external(external: Vec<usize>) -> Self {
        Self {
            external,
            ..Self::default()
        }
    }

    /// Adds a document, which is the next of its corpus.
    pub fn add(&mut self, outcome: &DocumentOutcome) {
        if self.corpora.len() <= outcome.corpus {
            self.corpora
                .resize_with(outcome.corpus + 1, Default::default);
        }
        let (documents, ids, failures) = &mut self.corpora[outcome.corpus];

        for (system, found) in outcome.systems.iter().enumerate() {
            let Some(failure) = &found.failure else {
                continue;
            };
            let outcome = match failure.fault {
                Fault::Skipped => Outcome::Skipped,
                _ => Outcome::Failed,
            };
            failures.systems.push(FailedSystem {
                document: *documents,
                system,
                outcome,
            });
        }
        for &metric in &self.external {
            let outcome = of_metric(outcome, metric);
            if outcome != Some(ExternalOutcome::Scored) {
                failures.metrics.push(FailedMetric {
                    document: *documents,
                    metric,
                    outcome,
                });
            }
        }
        *documents += 1;
        ids.add(&outcome.id);
    }

    /// Adds the documents of `next`, which come after these.
    pub fn append(&mut self, next: Self) {
        if self.corpora.len() < next.corpora.len() {
            self.corpora
                .resize_with(next.corpora.len(), Default::default);
        }
        for (own, (count, next_ids, mut failed)) in
            self.corpora.iter_mut().zip(next.corpora)
        {
            let (documents, ids, failures) = own;
            for failure in &mut failed.systems {
                failure.document += *documents;
            }
            for failure in &mut failed.metrics {
                failure.document += *documents;
            }
            failures.systems.append(&mut failed.systems);
            failures.metrics.append(&mut failed.metrics);
            *documents += count;
            for &hash in &next_ids.met {
                ids.add_hash(hash);
            }
        }
    }

    pub(in crate::run) fn take(&mut self, corpus: usize) -> (usize, Ids, Failed) {
        self.corpora
            .get_mut(corpus)
            .map(std::mem::take)
            .unwrap_or_default()
    }
}

/// Returns what became of the outputs for a document by an external metric; `None` if there
/// was nothing to measure.
fn of_metric(outcome: &DocumentOutcome, metric: usize) -> Option<ExternalOutcome> {
    // a system that failed left nothing to measure
    let systems = outcome.systems.iter().filter(|it| it.failure.is_none());
    let cells = systems.flat_map(|it| &it.cells);
    let of_cell = |cell: &ScoreCell| match &cell.status {
        Status::Ok | Status::LeftOut => Some(ExternalOutcome::Scored),
        Status::Failed(failure) if failure.fault == Fault::Skipped => {
            Some(ExternalOutcome::Skipped)
        }
        Status::Failed(_) => Some(ExternalOutcome::Failed),
        _ => None,
    };
    let mut found = cells
        .filter(|cell| cell.metric == metric)
        .filter_map(of_cell);
    let first = found.next()?;
    match found.any(|it| it == ExternalOutcome::Scored) {
        true => Some(ExternalOutcome::Scored),
        false => Some(first),
    }
}

/// The ids of a corpus that have been read, as 64-bit hashes: 12 bytes for each document.
/// The chance that two of ten million different ids share a hash is 3 in a million.
#[derive(Default)]
pub(in crate::run) struct Ids {
    hasher: FixedState,
    met: HashTable<u64>,
}

impl Ids {
    pub(in crate::run) fn check(
        &mut self,
        outcome: &DocumentOutcome,
    ) -> Result<(), CorpusError> {
        if self.add(&outcome.id) {
            return Ok(());
        }
        let (place, id) = (outcome.place.clone(), outcome.id.clone());
        Err(CorpusError::Duplicate { place, id })
    }

    /// Adds an id. Returns whether it is new.
    fn add(&mut self, id: &str) -> bool {
        self.add_hash(self.hasher.hash_one(id))
    }

    /// Adds the hash of an id. Returns whether it is new.
    fn add_hash(&mut self, hash: u64) -> bool {
        if self.met.find(hash, |&met| met == hash).is_some() {
            return false;
        }
        self.met.insert_unique(hash, hash, |&met| met);
        true
    }
}
