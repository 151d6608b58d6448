//! TF-IDF Rank: a walk that restarts at words that are special to the document.

use crate::rank::{biased_pagerank, distribution};
use epitome_base::spec::{Choice, Entry, Parameter, Params};
use epitome_text::{AnalysisNeeds, Document};

use super::{
    candidates::{Candidates, with_candidates},
    extractor::{CandidateScorer, KeywordExtractor},
    frequencies,
    keyphrase::{ScoredPhrases, Together},
    specificity::specificity,
    tf_idf,
    word_graph::{DAMPING, WINDOW, WordGraph},
};

const PRIOR: &Choice<bool, 2> = &Choice::new(
    "prior",
    [("tf-idf", false), ("specificity", true)],
    "where the walk restarts: as tf-idf has it, or lexical specificity (their LexRank)",
);

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "tf-idf-rank",
    about: "PageRank over words of a window, restarting at words of high tf-idf or specificity",
    source: "Ushio, Liberatore & Camacho-Collados (2021), Back to the basics: a quantitative analysis of statistical and graph-based term weighting schemes for keyword extraction, EMNLP",
    parameters: &with_candidates::<4, 10>([
        PRIOR.parameter(),
        DAMPING,
        Parameter {
            default: "2",
            ..WINDOW
        },
        Together::PARAMETER,
    ]),
    build: |params| Box::new(TfIdfRank::from(params)),
};

/// SingleRank whose walk restarts in proportion to the words' tf-idf or lexical
/// specificity. `O(n · window)` and `O(E)` a round.
///
/// Ushio, Liberatore & Camacho-Collados (2021), with the window of their program kex 2.0.6,
/// and its mean of a phrase's words. Left open: whether stop words count in the window;
/// here they do, as in `single-rank`.
#[derive(Debug, Clone)]
pub struct TfIdfRank {
    /// Whether the walk restarts by lexical specificity, not tf-idf.
    pub by_specificity: bool,
    /// The share of the walk that follows edges.
    pub damping: f64,
    /// Words that stand less than so many tokens apart are linked.
    pub window: usize,
    /// What the weights of a phrase's words make.
    pub together: Together,
    /// The phrases that are weighed.
    pub candidates: Candidates,
}

default_of_entry!(TfIdfRank);

impl From<&Params> for TfIdfRank {
    fn from(params: &Params) -> Self {
        Self {
            by_specificity: params.choice(PRIOR),
            damping: params.number("damping"),
            window: params.integer("window") as usize,
            together: params.into(),
            candidates: Candidates::from(params),
        }
    }
}

impl CandidateScorer for TfIdfRank {
    fn candidates(&self, document: &Document) -> ScoredPhrases {
        ScoredPhrases::by_words_together(
            document,
            &self.candidates,
            self.together,
            |words| {
                let prior = match self.by_specificity {
                    true => specificity(document, words),
                    false => tf_idf::weights(document, words),
                };
                let graph = WordGraph::of(document, &self.candidates, words, self.window);
                let restart = graph.words.iter().map(|&word| prior[word]).collect();
                let restart = distribution(restart);
                graph.by_word(&biased_pagerank(&graph.graph, self.damping, &restart))
            },
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::english;

    #[test]
    fn of_words_that_are_linked_alike_the_frequent_leads() {
        let document = english("Whales. Ships. Rivers. Ships.");
        let extractor = TfIdfRank {
            by_specificity: false,
            damping: 0.1,
            window: 10,
            together: Together::Mean,
            candidates: Candidates::runs(1),
        };
        assert_eq!(extractor.extract(&document, 1)[0].text, "Ships");
    }
}
