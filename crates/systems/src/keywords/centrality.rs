//! Centrality: words that are in the middle of the graph of words.

use crate::rank::{Graph, betweenness, closeness, core_numbers, principal_eigenvector};
use epitome_base::spec::{Choice, Entry, Parameter, Params};
use epitome_text::Document;

use super::{
    candidates::{Candidates, with_candidates},
    extractor::{CandidateScorer, KeywordExtractor},
    keyphrase::{ScoredPhrases, Together},
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
    "neighbours; weight of the edges; nearness to all; paths through it; neighbours that are so themselves; or core number",
);

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "centrality",
    about: "how central a phrase's words are among their neighbours",
    source: "Boudin (2013), A comparison of centrality measures for graph-based keyphrase extraction, IJCNLP; cores: Rousseau & Vazirgiannis (2015), Main core retention on graph-of-words, ECIR",
    parameters: &with_candidates::<3, 9>([
        MEASURE.parameter(),
        WINDOW,
        Parameter {
            default: "mean-of-one-more",
            ..Together::PARAMETER
        },
    ]),
    build: |params| Box::new(Centrality::from(params)),
};

/// How central a word is in the graph of `single-rank`.
///
/// * degree: neighbours, over the number of other nodes
/// * strength: the weights of its edges
/// * closeness and betweenness: by edges without weight ([`closeness`], [`betweenness`])
/// * eigenvector: of the weighted edges ([`principal_eigenvector`])
/// * core: the core number ([`core_numbers`])
///
/// A phrase has the sum of its words over their number and one. `O(n · window)`, and `O(N · E)` for closeness and
/// betweenness, bounded in large graphs by fewer starting points.
///
/// Boudin (2013), with phrases as in the program of the paper
/// (`boudinfl/centrality_measures_ijcnlp13`), whose windows end with the sentence and whose
/// shortest paths, of closeness and betweenness, are of edges as long as 1 / weight.
#[derive(Debug, Clone)]
pub struct Centrality {
    /// What the weight of a word is.
    pub measure: CentralityMeasure,
    /// Words that stand less than so many tokens apart are linked.
    pub window: usize,
    /// What the weights of a phrase's words make.
    pub together: Together,
    /// The phrases that are weighed.
    pub candidates: Candidates,
}

default_of_entry!(Centrality);

impl From<&Params> for Centrality {
    fn from(params: &Params) -> Self {
        Self {
            measure: params.choice(MEASURE),
            window: params.integer("window") as usize,
            together: params.into(),
            candidates: Candidates::from(params),
        }
    }
}

impl CandidateScorer for Centrality {
    fn candidates(&self, document: &Document) -> ScoredPhrases {
        ScoredPhrases::by_words_together(
            document,
            &self.candidates,
            self.together,
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

/// What the weight of a word is in a graph of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CentralityMeasure {
    /// The share of the other words that it is linked to.
    Degree,
    /// The weight of its edges.
    Strength,
    /// How near it is to all others.
    Closeness,
    /// How many shortest paths go through it.
    Betweenness,
    /// Whether its neighbours are central themselves.
    Eigenvector,
    /// Its core number.
    Core,
}

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
                together: Together::Sum,
                candidates,
            };
            let found = extractor.extract(&document, 1);
            assert_eq!(found[0].text, "Bridge", "{measure:?}");
        }
    }
}
