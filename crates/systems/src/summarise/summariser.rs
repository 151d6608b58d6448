//! What picks sentences of a document.

use crate::rank::{Budget, Selection};
use epitome_text::{AnalysisNeeds, Document};

/// Picks sentences of a document.
///
/// Total: an empty document has an empty summary. Deterministic: the same document and
/// budget give the same selection. Never over budget.
pub trait Summariser: Send + Sync {
    /// Picks sentences within `budget`.
    fn summarise(&self, document: &Document, budget: Budget) -> Selection;

    /// What it wants to be there before it sees a document.
    fn needs(&self) -> AnalysisNeeds {
        AnalysisNeeds::default()
    }

    /// Itself, when it is nothing but a score for every sentence.
    fn scorer(&self) -> Option<&dyn SentenceScorer> {
        None
    }
}

/// A summariser that is nothing but a score for every sentence: the best that fit are
/// picked, ties going to the earlier. Built through a registry, it takes the parameters
/// of [`SHARED`](super::SHARED) and its file knows nothing of them.
pub trait SentenceScorer: Send + Sync {
    /// One score for each sentence of the body, higher is better.
    fn scores(&self, document: &Document) -> Vec<f64>;

    /// As [`Summariser::needs`].
    fn needs(&self) -> AnalysisNeeds {
        AnalysisNeeds::default()
    }
}

impl<T: SentenceScorer> Summariser for T {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        Selection::best_first(self.scores(document), document, budget)
    }

    fn needs(&self) -> AnalysisNeeds {
        SentenceScorer::needs(self)
    }

    fn scorer(&self) -> Option<&dyn SentenceScorer> {
        Some(self)
    }
}
