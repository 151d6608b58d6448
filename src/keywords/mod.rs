//! Keyword extractors, one file each.
//!
//! To add one: write its file after the model of `first_phrases.rs` and put its `ENTRY`
//! into [`EXTRACTORS`]; help, runs, benches and the laws in `tests/registry.rs` follow.

mod by_score;
mod candidates;
mod first_phrases;
mod keyphrase;
mod text_rank;
mod tf_idf;

use crate::{spec::Entry, text::Document};

pub use by_score::SHARED;
pub use keyphrase::{Keyphrase, Scored};

/// Extracts keyphrases from a document, its title included.
///
/// Total: an empty document has none. Deterministic. Phrases occur in the text and
/// differ in their stems.
pub trait KeywordExtractor: Send + Sync {
    /// At most `limit` keyphrases, the best first; ties go to the earlier.
    fn extract(&self, document: &Document, limit: usize) -> Vec<Keyphrase>;

    /// Whether it wants [`Document::idf`], which takes a first pass over the corpus.
    fn wants_idf(&self) -> bool {
        false
    }

    /// Itself, when it is nothing but a score for every candidate.
    fn scorer(&self) -> Option<&dyn CandidateScorer> {
        None
    }
}

/// An extractor that is nothing but a score for every candidate: the best are given,
/// ties going to the earlier. Built through a registry, it takes the parameters of
/// [`SHARED`] and its file knows nothing of them.
pub trait CandidateScorer: Send + Sync {
    /// The candidates with their scores, higher is better.
    fn candidates(&self, document: &Document) -> Scored;

    /// As [`KeywordExtractor::wants_idf`].
    fn wants_idf(&self) -> bool {
        false
    }
}

impl<T: CandidateScorer> KeywordExtractor for T {
    fn extract(&self, document: &Document, limit: usize) -> Vec<Keyphrase> {
        keyphrase::best(document, &self.candidates(document), limit)
    }

    fn wants_idf(&self) -> bool {
        CandidateScorer::wants_idf(self)
    }

    fn scorer(&self) -> Option<&dyn CandidateScorer> {
        Some(self)
    }
}

/// Every extractor built in, the baseline first.
pub const EXTRACTORS: &[Entry<dyn KeywordExtractor>] =
    &[first_phrases::ENTRY, tf_idf::ENTRY, text_rank::ENTRY];
