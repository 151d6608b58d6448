//! Lexical specificity: words that occur more often than chance would have it.

use epitome_base::spec::{Entry, Params};
use epitome_text::{Document, Needs};

use super::{
    CandidateScorer, KeywordExtractor, Scored,
    candidates::{Candidates, PARAMETERS},
    frequencies,
    specificity::specificity,
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "lexical-specificity",
    about: "how unlikely a phrase's words are to be so frequent here, given the corpus",
    source: "Lafon (1980), Sur la variabilité de la fréquence des formes dans un corpus, Mots 1; Ushio, Liberatore & Camacho-Collados (2021), Back to the basics, EMNLP",
    parameters: &PARAMETERS,
    build: |params| Box::new(LexicalSpecificity::from(params)),
};

/// [`specificity`] of words, summed over a phrase. `O(n log n)`, and for each word at
/// most as many steps as the document has words.
///
/// Departures from kex: the mean there is a sum here; the tail is summed whole (kex gives
/// 0 where it exceeds 0.1); a document longer than the corpus is no error.
struct LexicalSpecificity {
    candidates: Candidates,
}

impl From<&Params> for LexicalSpecificity {
    fn from(params: &Params) -> Self {
        Self { candidates: Candidates::from(params) }
    }
}

impl CandidateScorer for LexicalSpecificity {
    fn candidates(&self, document: &Document) -> Scored {
        Scored::by_words(document, &self.candidates, |words| specificity(document, words))
    }

    fn needs(&self) -> Needs {
        Needs { idf: true, ..self.candidates.needs() }
    }

    fn signature(&self, document: &Document) -> String {
        self.candidates.signature(document) + frequencies::source(document)
    }
}
