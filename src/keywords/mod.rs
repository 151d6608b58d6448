//! Keyword extractors, one file each.
//!
//! To add one: write its file after the model of `first_phrases.rs` and put its `ENTRY`
//! into [`EXTRACTORS`]; help, runs, benches and the laws in `tests/registry.rs` follow.

mod candidates;
mod first_phrases;
mod keyphrase;
mod text_rank;
mod tf_idf;

use crate::{
    spec::Entry,
    text::{Document, Needs},
};

pub use keyphrase::Keyphrase;

/// Extracts keyphrases from a document, its title included.
///
/// Total: an empty document has none. Deterministic. Phrases occur in the text and
/// differ in their stems.
pub trait KeywordExtractor: Send + Sync {
    /// At most `limit` keyphrases, the best first; ties go to the earlier.
    fn extract(&self, document: &Document, limit: usize) -> Vec<Keyphrase>;

    /// What it wants to be there before it sees a document.
    fn needs(&self) -> Needs {
        Needs::default()
    }
}

/// Every extractor built in, the baseline first.
pub const EXTRACTORS: &[Entry<dyn KeywordExtractor>] =
    &[first_phrases::ENTRY, tf_idf::ENTRY, text_rank::ENTRY];
