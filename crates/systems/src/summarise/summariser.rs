//! The traits of summarisers.

use std::fmt;

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

    /// Returns the picked sentences of a document that stands beside a query, which is empty
    /// if there is none.
    fn summarise_for(
        &self,
        query: &str,
        document: &Document,
        budget: Budget,
    ) -> Selection {
        let with_query = Some(query).filter(|query| !query.is_empty());
        match with_query.and_then(|query| self.with_query(query)) {
            Some(summariser) => summariser.summarise(document, budget),
            None => self.summarise(document, budget),
        }
    }

    /// Returns this summariser with the query of a document. Returns `None` if it reads no
    /// query or was built with one, which then holds for every document.
    fn with_query(&self, _query: &str) -> Option<Box<dyn Summariser>> {
        None
    }

    /// Returns what the summariser needs of a document's analysis.
    fn needs(&self) -> AnalysisNeeds {
        AnalysisNeeds::default()
    }

    /// Returns the largest number of sentences of a document that the summariser is given.
    /// It is set where time or memory grow faster than a text. `None` if any number is fine.
    fn most_sentences(&self) -> Option<usize> {
        None
    }

    /// Returns the largest number of steps that the summariser may need to compare the sentences
    /// of a document with each other. `None` if any number is fine, or
    /// [`Self::most_sentences`] is the only limit.
    fn most_steps(&self) -> Option<u64> {
        None
    }

    /// Returns why the summariser must not be given a document; `None` if it may be.
    fn refusal(&self, document: &Document) -> Option<TooLong> {
        TooLong::by_sentences(document, self.most_sentences())
    }

    /// Returns this summariser as a [`SentenceScorer`], if it only scores sentences.
    fn scorer(&self) -> Option<&dyn SentenceScorer> {
        None
    }
}

/// A document would take a summariser too much time or memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooLong {
    /// It has too many sentences.
    Sentences {
        /// The number of sentences of the document.
        found: usize,
        /// The number of sentences that the summariser takes.
        most: usize,
    },
    /// It has many sentences, and too many of them are alike.
    Steps {
        /// The number of steps that it takes to compare the sentences with each other,
        /// estimated.
        found: u64,
        /// The number of steps that the summariser may need.
        most: u64,
    },
}

impl TooLong {
    /// Returns that a document has more than the largest number of sentences, if it has and
    /// there is one.
    pub(super) fn by_sentences(document: &Document, most: Option<usize>) -> Option<Self> {
        let (found, most) = (document.sentences().len(), most?);
        (found > most).then_some(Self::Sentences { found, most })
    }
}

/// Says what was found and what is allowed, in one line.
impl fmt::Display for TooLong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sentences { found, most } => write!(
                out,
                "the document has {found} sentences, and the system takes at most {most}"
            ),
            Self::Steps { found, most } => write!(
                out,
                "too many sentences of the document are alike: comparing them takes some {:.1} \
                 thousand million steps, and the system takes at most {:.1}",
                *found as f64 / 1e9,
                *most as f64 / 1e9,
            ),
        }
    }
}

/// A summariser that only scores every sentence: the best ones that fit are picked, and
/// ties go to the earlier sentence. A registry builds it with the parameters of
/// [`SHARED`](super::SHARED), of which its file knows nothing.
pub trait SentenceScorer: Send + Sync {
    /// Returns one score for each sentence of the body; higher is better.
    fn scores(&self, document: &Document) -> Vec<f64>;

    /// Returns this scorer with the query of a document, as [`Summariser::with_query`] does.
    fn with_query(&self, _query: &str) -> Option<Box<dyn Summariser>> {
        None
    }

    /// Returns what the scorer needs, as [`Summariser::needs`] does.
    fn needs(&self) -> AnalysisNeeds {
        AnalysisNeeds::default()
    }

    /// Returns the largest number of sentences, as [`Summariser::most_sentences`] does.
    fn most_sentences(&self) -> Option<usize> {
        None
    }

    /// Returns the largest number of steps, as [`Summariser::most_steps`] does.
    fn most_steps(&self) -> Option<u64> {
        None
    }

    /// Returns why the scorer must not be given a document, as [`Summariser::refusal`] does.
    fn refusal(&self, document: &Document) -> Option<TooLong> {
        TooLong::by_sentences(document, self.most_sentences())
    }
}

impl<T: SentenceScorer> Summariser for T {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        Selection::best_first(self.scores(document), document, budget)
    }

    fn with_query(&self, query: &str) -> Option<Box<dyn Summariser>> {
        SentenceScorer::with_query(self, query)
    }

    fn needs(&self) -> AnalysisNeeds {
        SentenceScorer::needs(self)
    }

    fn most_sentences(&self) -> Option<usize> {
        SentenceScorer::most_sentences(self)
    }

    fn most_steps(&self) -> Option<u64> {
        SentenceScorer::most_steps(self)
    }

    fn refusal(&self, document: &Document) -> Option<TooLong> {
        SentenceScorer::refusal(self, document)
    }

    fn scorer(&self) -> Option<&dyn SentenceScorer> {
        Some(self)
    }
}
