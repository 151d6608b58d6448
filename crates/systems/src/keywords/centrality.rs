//! Centrality: phrases of words that are central in the co-occurrence graph.

use crate::rank::{Graph, betweenness, closeness, core_numbers, principal_eigenvector};
use epitome_base::spec::{Choice, Entry, Parameter, Params};
use epitome_text::{CorpusView, Document};

use super::{
    candidates::{Candidates, with_candidates},
    extractor::{CandidateScorer, KeywordExtractor},
    keyphrase::{Aggregation, ScoredPhrases},
    word_graph::{WINDOW, WordGraph},
};

const MEASURE: &Choice<CentralityMeasure, 6> = &Choice::new(
    "measure",
    [
        ("degree", CentralityMeasure::Degree),
        ("strength", CentralityMeasure::Strength),
        ("closeness", CentralityMeasure::Closeness),
        ("betweenness", CentralityMeasure::Betweenness),
        ("eigenvector", CentralityMeasure::Eigenvector),
        ("core", CentralityMeasure::Core),
    ],
    "centrality of a word: number of neighbours; weight of its edges; closeness to all words; shortest paths through it; eigenvector centrality; or core number",
);

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "centrality",
    about: "centrality of the words of a phrase in the co-occurrence graph",
    source: "Boudin (2013), A comparison of centrality measures for graph-based keyphrase extraction, IJCNLP; cores: Rousseau & Vazirgiannis (2015), Main core retention on graph-of-words, ECIR",
    parameters: &with_candidates::<3, 11>([
        MEASURE.parameter(),
        WINDOW,
        Parameter {
            default: "mean-of-one-more",
            ..Aggregation::PARAMETER
        },
    ]),
    build: |params| Box::new(Centrality::from(params)),
};

/// Centrality of words in the graph of `single-rank`; a phrase has, by default, the sum of its
/// words divided by their number plus one.
///
/// * degree: number of neighbours divided by the number of other nodes
/// * strength: sum of the weights of the word's edges
/// * closeness, betweenness: on unweighted edges ([`closeness`], [`betweenness`])
/// * eigenvector: on weighted edges ([`principal_eigenvector`])
/// * core: core number ([`core_numbers`])
///
/// `O(n · window)` for the graph, and `O(nodes · edges)` for closeness and betweenness, which in
/// large graphs are computed from a part of the nodes.
///
/// Boudin (2013), with the scores of phrases from the paper's program
/// (`boudinfl/centrality_measures_ijcnlp13`). The paper leaves open whether windows cross the
/// ends of sentences, and whether closeness and betweenness regard weights. Here windows cross
/// them and weights are disregarded; in the program windows end with the sentence, and an edge
/// has the length 1 / weight.
#[derive(Debug, Clone)]
pub struct Centrality {
    /// Centrality that is the weight of a word.
    pub measure: CentralityMeasure,
    /// Size of the window, in tokens: words that share a window are linked.
    pub window: usize,
    /// How the weights of the words of a phrase are combined.
    pub aggregation: Aggregation,
    /// How the candidate phrases are found.
    pub candidates: Candidates,
}

default_of_entry!(Centrality);

impl From<&Params> for Centrality {
    fn from(params: &Params) -> Self {
        Self {
            measure: params.choice(MEASURE),
            window: params.integer("window") as usize,
            aggregation: params.into(),
            candidates: Candidates::from(params),
        }
    }
}

impl CandidateScorer for Centrality {
    fn candidates(&self, document: &Document, _: &CorpusView) -> ScoredPhrases {
        ScoredPhrases::by_words_with(
            document,
            &self.candidates,
            self.aggregation,
            |words| {
                let words = WordGraph::of(document, &self.candidates, words, self.window);
                words.by_word(&measured(self.measure, &words.graph))
            },
        )
    }

    fn finder(&self) -> Option<&Candidates> {
        Some(&self.candidates)
    }
}

/// A measure of the centrality of a word in the graph of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CentralityMeasure {
    /// Share of the other words that are neighbours.
    Degree,
    /// Sum of the weights of the edges.
    Strength,
    /// Closeness: inverse of the mean distance to other words.
    Closeness,
    /// Betweenness: number of shortest paths through the word.
    Betweenness,
    /// Eigenvector centrality: high if neighbours are central.
    Eigenvector,
    /// Core number: the largest `k` of a subgraph with the word in which all degrees are at
    /// least `k`.
    Core,
}

/// Returns the centrality of each node.
fn measured(measure: CentralityMeasure, graph: &Graph) -> Vec<f64> {
    let nodes = 0..graph.len();
    match measure {
        CentralityMeasure::Strength => nodes.map(|node| graph.strength(node)).collect(),
        CentralityMeasure::Closeness => closeness(graph),
        CentralityMeasure::Betweenness => betweenness(graph),
        CentralityMeasure::Eigenvector => principal_eigenvector(graph),
        CentralityMeasure::Core => core_numbers(graph),
        CentralityMeasure::Degree => {
            let others = graph.len().saturating_sub(1).max(1) as f64;
            nodes
                .map(|node| graph.row(node).count() as f64 / others)
                .collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::english;

    #[test]
    fn the_word_in_the_middle_leads_by_every_measure() {
        let document = english("Stone. Bridge. River. Bridge. Whales. Ships. Whales.");
        for measure in [
            CentralityMeasure::Degree,
            CentralityMeasure::Strength,
            CentralityMeasure::Closeness,
            CentralityMeasure::Betweenness,
            CentralityMeasure::Eigenvector,
        ] {
            let candidates = Candidates::runs(1);
            let extractor = Centrality {
                measure,
                window: 3,
                aggregation: Aggregation::Sum,
                candidates,
            };
            let found = extractor.extract(&document, &CorpusView::none(), 1);
            assert_eq!(found[0].text, "Bridge", "{measure:?}");
        }
    }
}
