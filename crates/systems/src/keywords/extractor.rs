//! The traits of keyword extractors.

use epitome_text::{AnalysisNeeds, CorpusNeeds, CorpusView, Document};

use super::{
    candidates::Candidates,
    keyphrase::{Keyphrase, ScoredPhrases, best},
};

/// A keyword extractor: selects keyphrases of a document, its title included.
///
/// It returns a value for every document (none for an empty one), and the same for the same
/// document. Every keyphrase occurs in the text, and no two have the same stems.
pub trait KeywordExtractor: Send + Sync {
    /// Returns at most `limit` keyphrases, the best first; of equal scores, the one that occurs
    /// first is better.
    ///
    /// `corpus` is what is known of the corpus that the document is from: nothing for a single
    /// text. An extractor that reads the document alone calls it `_`.
    fn extract(
        &self,
        document: &Document,
        corpus: &CorpusView,
        limit: usize,
    ) -> Vec<Keyphrase>;

    /// Returns which parts of the analysis of a document the extractor needs beyond the usual.
    fn needs(&self) -> AnalysisNeeds {
        AnalysisNeeds::default()
    }

    /// Returns what must be counted in a corpus before the extractor sees a document of it;
    /// nothing by default. The extractor must be able to do without, since a single text has no
    /// corpus.
    fn corpus_needs(&self) -> CorpusNeeds {
        CorpusNeeds::default()
    }

    /// Returns what `document` is processed with, as `key:value` parts separated by `|`: form of
    /// candidates, tagger, stemmer, stop list, document frequencies; `none` for what is not
    /// available in its language. Empty by default.
    fn signature(&self, document: &Document, corpus: &CorpusView) -> String {
        let _ = (document, corpus);
        String::new()
    }
}

/// An extractor that only scores every candidate. [`KeywordExtractor`] is implemented for it:
/// the candidates with the highest scores are returned; of equal scores, those that occur first.
pub trait CandidateScorer: Send + Sync {
    /// Returns the candidates with their scores; a higher score is better. `corpus` is the
    /// same as in [`KeywordExtractor::extract`].
    fn candidates(&self, document: &Document, corpus: &CorpusView) -> ScoredPhrases;

    /// Returns how candidates are found, if that is by [`Candidates`]; `None` by default.
    fn finder(&self) -> Option<&Candidates> {
        None
    }

    /// Returns the same as [`KeywordExtractor::needs`]; by default, the needs of
    /// [`finder`](Self::finder).
    fn needs(&self) -> AnalysisNeeds {
        self.finder().map(Candidates::needs).unwrap_or_default()
    }

    /// Returns the same as [`KeywordExtractor::corpus_needs`]; nothing by default.
    fn corpus_needs(&self) -> CorpusNeeds {
        CorpusNeeds::default()
    }

    /// Returns the same as [`KeywordExtractor::signature`]; by default, the signature of
    /// [`finder`](Self::finder).
    fn signature(&self, document: &Document, corpus: &CorpusView) -> String {
        let _ = corpus;
        self.finder()
            .map(|finder| finder.signature(document))
            .unwrap_or_default()
    }
}

impl<T: CandidateScorer> KeywordExtractor for T {
    fn extract(
        &self,
        document: &Document,
        corpus: &CorpusView,
        limit: usize,
    ) -> Vec<Keyphrase> {
        best(document, &self.candidates(document, corpus), limit)
    }

    fn needs(&self) -> AnalysisNeeds {
        CandidateScorer::needs(self)
    }

    fn corpus_needs(&self) -> CorpusNeeds {
        CandidateScorer::corpus_needs(self)
    }

    fn signature(&self, document: &Document, corpus: &CorpusView) -> String {
        CandidateScorer::signature(self, document, corpus)
    }
}
