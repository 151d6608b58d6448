//! First phrases: what a text begins with.

use crate::{
    spec::{Entry, Params},
    text::{Document, Needs},
};

use super::{
    Keyphrase, KeywordExtractor,
    candidates::{Candidates, PARAMETERS},
    keyphrase::best,
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

impl KeywordExtractor for FirstPhrases {
    fn extract(&self, document: &Document, limit: usize) -> Vec<Keyphrase> {
        let candidates = self.candidates.of(document);
        let scores: Vec<f64> =
            candidates.iter().map(|c| -(c.first.start as f64)).collect();
        best(document, &candidates, &scores, limit)
    }

    fn needs(&self) -> Needs {
        self.candidates.needs()
    }
}
