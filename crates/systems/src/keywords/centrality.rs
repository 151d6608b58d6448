//! Centrality: words that are in the middle of the graph of words.

use crate::rank::{Graph, betweenness, closeness, core_numbers, principal_eigenvector};
use epitome_base::spec::{Entry, Kind, Parameter, Params};
use epitome_text::{Document, Needs};

use super::{
    CandidateScorer, KeywordExtractor, Scored,
    candidates::{Candidates, with_candidates},
    keyphrase::Together,
    word_graph::{WINDOW, WordGraph},
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "centrality",
    about: "how central a phrase's words are among their neighbours",
    source: "Boudin (2013), A comparison of centrality measures for graph-based keyphrase extraction, IJCNLP; cores: Rousseau & Vazirgiannis (2015), Main core retention on graph-of-words, ECIR",
    parameters: &with_candidates::<3, 7>([
        Parameter {
            name: "measure",
            kind: Kind::Choice(&[
                "degree",
                "strength",
                "closeness",
                "betweenness",
                "eigenvector",
                "core",
            ]),
            default: "degree",
            about: "neighbours; weight of the edges; nearness to all; paths through it; neighbours that are so themselves; or core number",
        },
        WINDOW,
        Parameter { default: "mean-of-one-more", ..Together::PARAMETER },
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
/// Boudin (2013).
struct Centrality {
    measure: String,
    window: usize,
    together: Together,
    candidates: Candidates,
}

impl From<&Params> for Centrality {
    fn from(params: &Params) -> Self {
        Self {
            measure: params.text("measure").to_owned(),
            window: params.integer("window") as usize,
            together: params.into(),
            candidates: Candidates::from(params),
        }
    }
}

impl CandidateScorer for Centrality {
    fn candidates(&self, document: &Document) -> Scored {
        Scored::by_words_together(document, &self.candidates, self.together, |words| {
            let words = WordGraph::of(document, &self.candidates, words, self.window);
            words.by_word(&measured(&self.measure, &words.graph))
        })
    }

    fn needs(&self) -> Needs {
        self.candidates.needs()
    }

    fn signature(&self, document: &Document) -> String {
        self.candidates.signature(document)
    }
}

fn measured(measure: &str, graph: &Graph) -> Vec<f64> {
    let nodes = 0..graph.len();
    match measure {
        "strength" => nodes.map(|node| graph.strength(node)).collect(),
        "closeness" => closeness(graph),
        "betweenness" => betweenness(graph),
        "eigenvector" => principal_eigenvector(graph),
        "core" => core_numbers(graph),
        _ => {
            let others = graph.len().saturating_sub(1).max(1) as f64;
            nodes.map(|node| graph.row(node).count() as f64 / others).collect()
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
        for measure in ["degree", "strength", "closeness", "betweenness", "eigenvector"] {
            let candidates = Candidates::runs(1);
            let extractor = Centrality {
                measure: measure.to_owned(),
                window: 3,
                together: Together::Sum,
                candidates,
            };
            let found = extractor.extract(&document, 1);
            assert_eq!(found[0].text, "Bridge", "{measure}");
        }
    }
}
