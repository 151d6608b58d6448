//! First phrases: the first candidates of a text.

use epitome_base::spec::{Entry, Params};
use epitome_text::{CorpusView, Document};

use super::{
    candidates::{Candidates, PROFILE, STOP_WORDS, with_candidates},
    extractor::{CandidateScorer, KeywordExtractor},
    keyphrase::ScoredPhrases,
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "first-phrases",
    about: "candidates in order of first occurrence (the baseline)",
    source: "a baseline as in Gallina, Boudin & Daille (2020), Large-scale evaluation of keyphrase extraction models, JCDL",
    parameters: &with_candidates::<2, 10>([PROFILE, STOP_WORDS]),
    build: |params| Box::new(FirstPhrases::from(params)),
};

/// The baseline: candidates in order of first occurrence.
///
/// ```text
/// score(c) = −(offset of c's first occurrence, in tokens)
/// ```
///
/// `O(n log n)`, all of it for the candidates. Gallina, Boudin & Daille (2020).
#[derive(Debug, Clone)]
pub struct FirstPhrases {
    /// How the candidate phrases are found.
    pub candidates: Candidates,
}

default_of_entry!(FirstPhrases);

impl From<&Params> for FirstPhrases {
    fn from(params: &Params) -> Self {
        Self {
            candidates: Candidates::in_profile(params, false),
        }
    }
}

impl CandidateScorer for FirstPhrases {
    fn candidates(&self, document: &Document, _: &CorpusView) -> ScoredPhrases {
        let found = self
            .candidates
            .of(document, &self.candidates.words(document));
        ScoredPhrases::by(found, |candidate| -(candidate.first.start as f64))
    }

    fn finder(&self) -> Option<&Candidates> {
        Some(&self.candidates)
    }
}
