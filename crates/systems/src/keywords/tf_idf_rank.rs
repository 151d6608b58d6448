//! TF-IDF Rank: PageRank that restarts at words that are typical of the document.

use crate::rank::{biased_pagerank, distribution};
use epitome_base::spec::{Choice, Entry, Parameter, Params};
use epitome_text::{AnalysisNeeds, CorpusNeeds, CorpusView, Document};

use super::{
    candidates::{Candidates, with_candidates},
    extractor::{CandidateScorer, KeywordExtractor},
    frequencies,
    keyphrase::{Aggregation, ScoredPhrases},
    specificity::specificity,
    tf_idf,
    word_graph::{DAMPING, WINDOW, WordGraph},
};

const PRIOR: &Choice<bool, 2> = &Choice::new(
    "prior",
    [("tf-idf", false), ("specificity", true)],
    "probability of restarting at a word: in proportion to its tf-idf, or its lexical specificity (the paper's LexRank)",
);

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "tf-idf-rank",
    about: "PageRank over words of a window, restarting at words of high tf-idf or specificity",
    source: "Ushio, Liberatore & Camacho-Collados (2021), Back to the basics: a quantitative analysis of statistical and graph-based term weighting schemes for keyword extraction, EMNLP",
    parameters: &with_candidates::<4, 12>([
        PRIOR.parameter(),
        DAMPING,
        Parameter {
            default: "2",
            ..WINDOW
        },
        Aggregation::PARAMETER,
    ]),
    build: |params| Box::new(TfIdfRank::from(params)),
};

/// TF-IDF Rank: SingleRank in which the walk restarts at words in proportion to their tf-idf or
/// lexical specificity. `O(n · window)` for the graph and `O(edges)` per iteration.
///
/// Ushio, Liberatore & Camacho-Collados (2021), with the window of their program kex 2.0.6 and
/// its mean over the words of a phrase. The paper does not say whether stop words count in the
/// window; here they do, as in `single-rank`.
#[derive(Debug, Clone)]
pub struct TfIdfRank {
    /// Whether the walk restarts in proportion to lexical specificity instead of tf-idf.
    pub by_specificity: bool,
    /// Probability that the random walk follows an edge instead of restarting.
    pub damping: f64,
    /// Size of the window, in tokens: words that share a window are linked.
    pub window: usize,
    /// How the weights of the words of a phrase are combined.
    pub aggregation: Aggregation,
    /// How the candidate phrases are found.
    pub candidates: Candidates,
}

default_of_entry!(TfIdfRank);

impl From<&Params> for TfIdfRank {
    fn from(params: &Params) -> Self {
        Self {
            by_specificity: params.choice(PRIOR),
            damping: params.number("damping"),
            window: params.integer("window") as usize,
            aggregation: params.into(),
            candidates: Candidates::from(params),
        }
    }
}

impl CandidateScorer for TfIdfRank {
    fn candidates(&self, document: &Document, corpus: &CorpusView) -> ScoredPhrases {
        ScoredPhrases::by_words_with(
            document,
            &self.candidates,
            self.aggregation,
            |words| {
                let prior = match self.by_specificity {
                    true => specificity(document, corpus, words),
                    false => tf_idf::weights(document, corpus, words),
                };

                let graph = WordGraph::of(document, &self.candidates, words, self.window);
                let restart = graph.words.iter().map(|&word| prior[word]).collect();
                let restart = distribution(restart);
                graph.by_word(&biased_pagerank(&graph.graph, self.damping, &restart))
            },
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::english;

    #[test]
    fn of_words_with_equal_links_the_most_frequent_leads() {
        let document = english("Whales. Ships. Rivers. Ships.");
        let extractor = TfIdfRank {
            by_specificity: false,
            damping: 0.1,
            window: 10,
            aggregation: Aggregation::Mean,
            candidates: Candidates::runs(1),
        };
        assert_eq!(
            extractor.extract(&document, &CorpusView::none(), 1)[0].text,
            "Ships"
        );
    }
}
