//! Lexical specificity: words that occur more often than expected by chance.

use epitome_base::spec::{Entry, Params};
use epitome_text::{AnalysisNeeds, CorpusNeeds, CorpusView, Document};

use super::{
    candidates::{Candidates, with_candidates},
    extractor::{CandidateScorer, KeywordExtractor},
    frequencies,
    keyphrase::{Aggregation, ScoredPhrases},
    specificity::specificity,
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "lexical-specificity",
    about: "improbability of the frequencies of a phrase's words, given those of the corpus",
    source: "Lafon (1980), Sur la variabilité de la fréquence des formes dans un corpus, Mots 1; Ushio, Liberatore & Camacho-Collados (2021), Back to the basics, EMNLP",
    parameters: &with_candidates::<1, 9>([Aggregation::PARAMETER]),
    build: |params| Box::new(LexicalSpecificity::from(params)),
};

/// Lexical specificity: the mean specificity of the words of a phrase (formula in
/// `specificity.rs`). `O(n log n)`, and for each word at most as many steps as the document has
/// words.
///
/// Lafon (1980); for keyphrases Ushio et al. (2021). They leave open how the tail of the
/// distribution is summed: here completely, in their program kex 2.0.6 only if its probability
/// is at most 0.1. A document longer than the corpus, an error there, is none here.
#[derive(Debug, Clone)]
pub struct LexicalSpecificity {
    /// How the weights of the words of a phrase are combined.
    pub aggregation: Aggregation,
    /// How the candidate phrases are found.
    pub candidates: Candidates,
}

default_of_entry!(LexicalSpecificity);

impl From<&Params> for LexicalSpecificity {
    fn from(params: &Params) -> Self {
        Self {
            aggregation: params.into(),
            candidates: Candidates::from(params),
        }
    }
}

impl CandidateScorer for LexicalSpecificity {
    fn candidates(&self, document: &Document, corpus: &CorpusView) -> ScoredPhrases {
        ScoredPhrases::by_words_with(
            document,
            &self.candidates,
            self.aggregation,
            |words| specificity(document, corpus, words),
        )
    }

    fn needs(&self) -> AnalysisNeeds {
        self.candidates.needs()
    }

    fn corpus_needs(&self) -> CorpusNeeds {
        CorpusNeeds {
            idf: true,
            ..CorpusNeeds::default()
        }
    }

    fn signature(&self, document: &Document, corpus: &CorpusView) -> String {
        self.candidates.signature(document) + frequencies::source(corpus)
    }
}
