//! The traits of summarisers.

use crate::rank::{Budget, Selection};
use epitome_text::{AnalysisNeeds, Document};

/// A system that picks sentences of a document.
///
/// A summariser must be total: it returns an empty summary for an empty document. It must
/// be deterministic: the same document and budget have the same selection. The summary
/// must never be over the budget.
pub trait Summariser: Send + Sync {
    /// Returns the picked sentences, which fit `budget`.
    fn summarise(&self, document: &Document, budget: Budget) -> Selection;

    /// Returns what the summariser needs of a document's analysis.
    fn needs(&self) -> AnalysisNeeds {
        AnalysisNeeds::default()
    }

    /// Returns this summariser as a [`SentenceScorer`], if it only scores sentences.
    fn scorer(&self) -> Option<&dyn SentenceScorer> {
        None
    }
}

/// A summariser that only scores every sentence: the best ones that fit are picked, and
/// ties go to the earlier sentence. A registry builds it with the parameters of
/// [`SHARED`](super::SHARED), of which its file knows nothing.
pub trait SentenceScorer: Send + Sync {
    /// Returns one score for each sentence of the body; higher is better.
    fn scores(&self, document: &Document) -> Vec<f64>;

    /// Returns what the scorer needs, as [`Summariser::needs`] does.
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
