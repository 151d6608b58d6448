//! What extracts keyphrases from a document.

use epitome_text::{AnalysisNeeds, Document};

use super::{
    candidates::Candidates,
    keyphrase::{Keyphrase, ScoredPhrases, best},
};

/// Extracts keyphrases from a document, its title included.
///
/// Total: an empty document has none. Deterministic. Phrases occur in the text and
/// differ in their stems.
pub trait KeywordExtractor: Send + Sync {
    /// At most `limit` keyphrases, the best first; ties go to the earlier.
    fn extract(&self, document: &Document, limit: usize) -> Vec<Keyphrase>;

    /// What it wants to be there before it sees a document.
    fn needs(&self) -> AnalysisNeeds {
        AnalysisNeeds::default()
    }

    /// How it goes about `document`: candidates, tagger, stemmer, stop list, document
    /// frequencies, and what it must do without. Empty for one that has nothing to say.
    fn signature(&self, document: &Document) -> String {
        let _ = document;
        String::new()
    }
}

/// An extractor that is nothing but a score for every candidate: the best are given,
/// ties going to the earlier.
pub trait CandidateScorer: Send + Sync {
    /// The candidates with their scores, higher is better.
    fn candidates(&self, document: &Document) -> ScoredPhrases;

    /// What finds the candidates, if that is one of ours.
    fn finder(&self) -> Option<&Candidates> {
        None
    }

    /// As [`KeywordExtractor::needs`]; by default what the finder needs.
    fn needs(&self) -> AnalysisNeeds {
        self.finder().map(Candidates::needs).unwrap_or_default()
    }

    /// As [`KeywordExtractor::signature`]; by default that of the finder.
    fn signature(&self, document: &Document) -> String {
        self.finder()
            .map(|finder| finder.signature(document))
            .unwrap_or_default()
    }
}

impl<T: CandidateScorer> KeywordExtractor for T {
    fn extract(&self, document: &Document, limit: usize) -> Vec<Keyphrase> {
        best(document, &self.candidates(document), limit)
    }

    fn needs(&self) -> AnalysisNeeds {
        CandidateScorer::needs(self)
    }

    fn signature(&self, document: &Document) -> String {
        CandidateScorer::signature(self, document)
    }
}
