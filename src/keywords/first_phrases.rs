//! First phrases: what a text begins with.

use crate::{
    spec::{Entry, Params},
    text::{Document, Needs},
};

use super::{
    CandidateScorer, KeywordExtractor, Scored,
    candidates::{Candidates, PARAMETERS},
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "first-phrases",
    about: "candidates in order of first occurrence: the baseline to beat",
    source: "a baseline as in Gallina, Boudin & Daille (2020), Large-scale evaluation of keyphrase extraction models, JCDL",
    parameters: &PARAMETERS,
    build: |params| Box::new(FirstPhrases::from(params)),
};

/// Candidates in the order in which they first occur.
///
/// ```text
/// score(c) = −(offset of c's first occurrence, in tokens)
/// ```
///
/// `O(n log n)`, all of it for the candidates. Gallina, Boudin & Daille (2020).
struct FirstPhrases {
    candidates: Candidates,
}

impl From<&Params> for FirstPhrases {
    fn from(params: &Params) -> Self {
        Self { candidates: Candidates::from(params) }
    }
}

impl CandidateScorer for FirstPhrases {
    fn candidates(&self, document: &Document) -> Scored {
        Scored::by(self.candidates.of(document), |c| -(c.first.start as f64))
    }

    fn needs(&self) -> Needs {
        self.candidates.needs()
    }
}
