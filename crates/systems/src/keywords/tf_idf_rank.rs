//! TF-IDF Rank: a walk that restarts at words that are special to the document.

use crate::rank::{biased_pagerank, distribution};
use epitome_base::spec::{Entry, Kind, Parameter, Params};
use epitome_text::{Document, Needs};

use super::{
    CandidateScorer, KeywordExtractor, Scored,
    candidates::{Candidates, with_candidates},
    frequencies,
    keyphrase::Together,
    specificity::specificity,
    tf_idf,
    word_graph::{DAMPING, WINDOW, WordGraph},
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "tf-idf-rank",
    about: "PageRank over words of a window, restarting at words of high tf-idf or specificity",
    source: "Ushio, Liberatore & Camacho-Collados (2021), Back to the basics: a quantitative analysis of statistical and graph-based term weighting schemes for keyword extraction, EMNLP",
    parameters: &with_candidates::<4, 8>([
        Parameter {
            name: "prior",
            kind: Kind::Choice(&["tf-idf", "specificity"]),
            default: "tf-idf",
            about: "where the walk restarts: as tf-idf has it, or lexical specificity (their LexRank)",
        },
        DAMPING,
        Parameter { default: "2", ..WINDOW },
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
struct TfIdfRank {
    by_specificity: bool,
    damping: f64,
    window: usize,
    together: Together,
    candidates: Candidates,
}

impl From<&Params> for TfIdfRank {
    fn from(params: &Params) -> Self {
        Self {
            by_specificity: params.text("prior") == "specificity",
            damping: params.number("damping"),
            window: params.integer("window") as usize,
            together: params.into(),
            candidates: Candidates::from(params),
        }
    }
}

impl CandidateScorer for TfIdfRank {
    fn candidates(&self, document: &Document) -> Scored {
        Scored::by_words_together(document, &self.candidates, self.together, |words| {
            let prior = match self.by_specificity {
                true => specificity(document, words),
                false => tf_idf::weights(document, words),
            };
            let graph = WordGraph::of(document, &self.candidates, words, self.window);
            let restart = graph.words.iter().map(|&word| prior[word]).collect();
            let restart = distribution(restart);
            graph.by_word(&biased_pagerank(&graph.graph, self.damping, &restart))
        })
    }

    fn needs(&self) -> Needs {
        Needs { idf: true, ..self.candidates.needs() }
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
