//! An extractor that is nothing but scores of candidates, told what to do about
//! furniture.

use crate::{
    rank::Furniture,
    spec::{Params, Shared},
    text::{Document, Needs},
};

use super::{Keyphrase, KeywordExtractor, keyphrase::best};

/// What every extractor takes that is a [`CandidateScorer`](super::CandidateScorer).
pub const SHARED: &[Shared<dyn KeywordExtractor>] = &[Shared {
    parameters: &[Furniture::PARAMETER],
    applies: |extractor| extractor.scorer().is_some(),
    apply: |extractor, params| Box::new(ByScore::new(extractor, params)),
}];

/// Weighs the scores of a scorer by [`Furniture`] before the best are given.
struct ByScore {
    extractor: Box<dyn KeywordExtractor>,
    furniture: Furniture,
}

impl ByScore {
    fn new(extractor: Box<dyn KeywordExtractor>, params: &Params) -> Self {
        Self { extractor, furniture: Furniture::from(params) }
    }
}

impl KeywordExtractor for ByScore {
    fn extract(&self, document: &Document, limit: usize) -> Vec<Keyphrase> {
        let Some(scorer) = self.extractor.scorer() else {
            return self.extractor.extract(document, limit);
        };
        let mut phrases = scorer.candidates(document);
        let probabilities = phrases.candidates.iter().map(|it| it.furniture);
        self.furniture.weigh(&mut phrases.scores, probabilities);
        best(document, &phrases, limit)
    }

    fn needs(&self) -> Needs {
        self.furniture.needs(self.extractor.needs())
    }

    fn signature(&self, document: &Document) -> String {
        self.extractor.signature(document)
    }
}
