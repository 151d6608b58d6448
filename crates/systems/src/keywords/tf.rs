//! Term frequency: phrases that occur often.

use epitome_base::spec::{Entry, Params};
use epitome_text::{CorpusView, Document};

use super::{
    candidates::{Candidates, PARAMETERS},
    extractor::{CandidateScorer, KeywordExtractor},
    keyphrase::ScoredPhrases,
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "tf",
    about: "how often a phrase occurs",
    source: "Luhn (1957), A statistical approach to mechanized encoding and searching of literary information, IBM Journal 1(4)",
    parameters: &PARAMETERS,
    build: |params| Box::new(Tf::from(params)),
};

/// Term frequency: the number of occurrences of a phrase as a candidate.
///
/// Luhn (1957). `O(n log n)`, all of it for the candidates. The method "TF" of kex is a
/// different one: it is the frequency in a whole corpus.
#[derive(Debug, Clone)]
pub struct Tf {
    /// How the candidate phrases are found.
    pub candidates: Candidates,
}

default_of_entry!(Tf);

impl From<&Params> for Tf {
    fn from(params: &Params) -> Self {
        Self {
            candidates: Candidates::from(params),
        }
    }
}

impl CandidateScorer for Tf {
    fn candidates(&self, document: &Document, _: &CorpusView) -> ScoredPhrases {
        let found = self
            .candidates
            .of(document, &self.candidates.words(document));
        ScoredPhrases::by(found, |candidate| candidate.occurrences.len() as f64)
    }

    fn finder(&self) -> Option<&Candidates> {
        Some(&self.candidates)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::english;

    #[test]
    fn it_counts_and_ties_go_to_the_earlier() {
        let extractor = Tf {
            candidates: Candidates::runs(3),
        };
        let found = extractor.extract(
            &english("Ships. Whales. A river. The whale."),
            &CorpusView::none(),
            9,
        );
        let pairs: Vec<_> = found
            .iter()
            .map(|it| (it.text.as_str(), it.score))
            .collect();
        assert_eq!(pairs, [("Whales", 2.0), ("Ships", 1.0), ("river", 1.0)]);
    }
}
