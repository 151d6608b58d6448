//! Lexical specificity: words that occur more often than chance would have it.

use epitome_base::spec::{Entry, Params};
use epitome_text::{AnalysisNeeds, Document};

use super::{
    candidates::{Candidates, with_candidates},
    extractor::{CandidateScorer, KeywordExtractor},
    frequencies,
    keyphrase::{ScoredPhrases, Together},
    specificity::specificity,
    words::Words,
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "lexical-specificity",
    about: "how unlikely a phrase's words are to be so frequent here, given the corpus",
    source: "Lafon (1980), Sur la variabilité de la fréquence des formes dans un corpus, Mots 1; Ushio, Liberatore & Camacho-Collados (2021), Back to the basics, EMNLP",
    parameters: &with_candidates::<1, 7>([Together::PARAMETER]),
    build: |params| Box::new(LexicalSpecificity::from(params)),
};

/// The mean `specificity` of a phrase's words. `O(n log n)`, and for each word at most
/// as many steps as the document has words.
///
/// Ushio et al. (2021), by their program kex 2.0.6. Left open: what it does by its
/// arithmetic; here the tail is summed whole, also where its probability is above 0.1, and
/// a document longer than the corpus is no error.
#[derive(Debug, Clone)]
pub struct LexicalSpecificity {
    /// What the weights of a phrase's words make.
    pub together: Together,
    /// The phrases that are weighed.
    pub candidates: Candidates,
}

default_of_entry!(LexicalSpecificity);

impl From<&Params> for LexicalSpecificity {
    fn from(params: &Params) -> Self {
        Self {
            together: params.into(),
            candidates: Candidates::from(params),
        }
    }
}

impl CandidateScorer for LexicalSpecificity {
    fn candidates(&self, document: &Document) -> ScoredPhrases {
        let specificity = |words: &Words<'_>| specificity(document, words);
        ScoredPhrases::by_words_together(
            document,
            &self.candidates,
            self.together,
            specificity,
        )
    }

    fn needs(&self) -> AnalysisNeeds {
        AnalysisNeeds {
            idf: true,
            ..self.candidates.needs()
        }
    }

    fn signature(&self, document: &Document) -> String {
        self.candidates.signature(document) + frequencies::source(document)
    }
}
