//! Extractive summarisers, one file each.
//!
//! To add one: write its file after the model of `tf_idf.rs` and put its `ENTRY` into
//! [`SUMMARISERS`]; help, runs, benches and the laws in `tests/it/registry.rs` follow.

mod biased_text_rank;
mod centroid;
mod concepts;
mod degree;
mod div_rank;
mod edmundson;
mod epitome;
mod grasshopper;
mod hits;
mod kl_sum;
mod lead;
mod lex_rank;
mod longest;
mod lsa;
mod luhn;
mod mmr;
mod pac_sum;
mod position;
mod query_lex_rank;
mod random;
mod submodular;
mod sum_basic;
mod tail;
mod text_rank;
mod tf_idf;

use crate::rank::{Budget, Selection};
use epitome_base::spec::{Entry, Shared};
use epitome_text::{Document, Needs};

/// What summarisers take beside their own parameters, where it applies.
pub const SHARED: &[Shared<dyn Summariser>] = &[position::SHARED];

/// Picks sentences of a document.
///
/// Total: an empty document has an empty summary. Deterministic: the same document and
/// budget give the same selection. Never over budget.
pub trait Summariser: Send + Sync {
    /// Picks sentences within `budget`.
    fn summarise(&self, document: &Document, budget: Budget) -> Selection;

    /// What it wants to be there before it sees a document.
    fn needs(&self) -> Needs {
        Needs::default()
    }

    /// Itself, when it is nothing but a score for every sentence.
    fn scorer(&self) -> Option<&dyn SentenceScorer> {
        None
    }
}

/// A summariser that is nothing but a score for every sentence: the best that fit are
/// picked, ties going to the earlier. Built through a registry, it takes the parameters
/// of [`SHARED`] and its file knows nothing of them.
pub trait SentenceScorer: Send + Sync {
    /// One score for each sentence of the body, higher is better.
    fn scores(&self, document: &Document) -> Vec<f64>;

    /// As [`Summariser::needs`].
    fn needs(&self) -> Needs {
        Needs::default()
    }
}

impl<T: SentenceScorer> Summariser for T {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        Selection::best_first(self.scores(document), document, budget)
    }

    fn needs(&self) -> Needs {
        SentenceScorer::needs(self)
    }

    fn scorer(&self) -> Option<&dyn SentenceScorer> {
        Some(self)
    }
}

/// Every summariser built in, baselines first.
pub const SUMMARISERS: &[Entry<dyn Summariser>] = &[
    lead::ENTRY,
    tail::ENTRY,
    random::ENTRY,
    longest::ENTRY,
    luhn::ENTRY,
    edmundson::ENTRY,
    tf_idf::ENTRY,
    centroid::ENTRY,
    degree::ENTRY,
    text_rank::ENTRY,
    biased_text_rank::ENTRY,
    lex_rank::ENTRY,
    query_lex_rank::ENTRY,
    hits::ENTRY,
    pac_sum::ENTRY,
    lsa::ENTRY,
    div_rank::ENTRY,
    grasshopper::ENTRY,
    mmr::ENTRY,
    sum_basic::ENTRY,
    kl_sum::ENTRY,
    submodular::ENTRY,
    concepts::ENTRY,
    epitome::ENTRY,
];
