//! The sets of the documents of a corpus that have been read, and of those that an earlier run
//! did not process.

use std::hash::BuildHasher;

use foldhash::quality::FixedState;
use hashbrown::HashTable;

use epitome_corpora::CorpusError;
use epitome_plugin::{Fault, Outcome};

use super::outcome::DocumentOutcome;

/// The documents for which an earlier run of the same plan has rows: the first ones of
/// its corpora.
#[derive(Default)]
pub struct Done {
    corpora: Vec<(usize, Ids, Vec<Failed>)>,
}

/// A failure of a system, named by its index, on a document of a corpus.
pub(in crate::run) struct Failed {
    pub(in crate::run) document: usize,
    pub(in crate::run) system: usize,
    pub(in crate::run) outcome: Outcome,
}

impl Done {
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
            failures.push(Failed {
                document: *documents,
                system,
                outcome,
            });
        }
        *documents += 1;
        ids.add(&outcome.id);
    }

    pub(in crate::run) fn take(&mut self, corpus: usize) -> (usize, Ids, Vec<Failed>) {
        self.corpora
            .get_mut(corpus)
            .map(std::mem::take)
            .unwrap_or_default()
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
        let hash = self.hasher.hash_one(id);
        if self.met.find(hash, |&met| met == hash).is_some() {
            return false;
        }
        self.met.insert_unique(hash, hash, |&met| met);
        true
    }
}
