//! PositionRank: PageRank that restarts at words that occur early and often.

use crate::rank::{biased_pagerank, distribution, networkx_pagerank};
use epitome_base::spec::{Entry, Parameter, Params};
use epitome_text::{CorpusView, Document};

use super::{
    candidates::{Candidates, PROFILE_OF_PHRASES, STOP_WORDS, with_candidates},
    extractor::{CandidateScorer, KeywordExtractor},
    keyphrase::ScoredPhrases,
    word_graph::{DAMPING, WINDOW, WordGraph},
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "position-rank",
    about: "PageRank over words of a window, restarting at words that occur early and often",
    source: "Florescu & Caragea (2017), PositionRank: an unsupervised approach to keyphrase extraction from scholarly documents, ACL",
    parameters: &of_three_words(with_candidates::<4, 12>([
        DAMPING,
        WINDOW,
        PROFILE_OF_PHRASES,
        STOP_WORDS,
    ])),
    build: |params| Box::new(PositionRank::from(params)),
};

/// Sets the default of `max-words` to 3, as in the paper.
const fn of_three_words(mut parameters: [Parameter; 12]) -> [Parameter; 12] {
    // the four parameters of its own, then `max-words` as the fourth of those of candidates
    parameters[7].default = "3";
    parameters
}

/// PositionRank: PageRank in which the walk restarts at words in proportion to their inverse
/// positions.
///
/// ```text
/// restart(w) ∝ Σ_{occurrences of w} 1 / position          position in tokens, from 1
/// score(c) = Σ_{w ∈ c} pagerank(w)
/// ```
///
/// The graph is that of `single-rank`. `O(n · window)` for the graph and `O(edges)` per
/// iteration.
///
/// Florescu & Caragea (2017), with noun phrases of at most three words. `profile=pke`:
/// iterations end by networkx's criterion with a tolerance of 1e-4.
#[derive(Debug, Clone)]
pub struct PositionRank {
    /// Probability that the random walk follows an edge instead of restarting.
    pub damping: f64,
    /// Size of the window, in tokens: words that share a window are linked.
    pub window: usize,
    /// How the candidate phrases are found.
    pub candidates: Candidates,
}

default_of_entry!(PositionRank);

impl From<&Params> for PositionRank {
    fn from(params: &Params) -> Self {
        Self {
            damping: params.number("damping"),
            window: params.integer("window") as usize,
            candidates: Candidates::in_profile(params, false),
        }
    }
}

impl CandidateScorer for PositionRank {
    fn candidates(&self, document: &Document, _: &CorpusView) -> ScoredPhrases {
        let (damping, candidates) = (self.damping, &self.candidates);
        ScoredPhrases::by_words(document, candidates, |words| {
            let words = WordGraph::of(document, candidates, words, self.window);
            let restart = restart(&words);

            words.by_word(&match candidates.are_pkes() {
                true => networkx_pagerank(&words.graph, damping, Some(&restart), 1e-4),
                false => biased_pagerank(&words.graph, damping, &restart),
            })
        })
    }

    fn finder(&self) -> Option<&Candidates> {
        Some(&self.candidates)
    }
}

/// Returns the probability of restarting at each node.
fn restart(words: &WordGraph) -> Vec<f64> {
    let mut weights = vec![0.0; words.words.len()];
    for &(node, token) in &words.sequence {
        weights[node as usize] += 1.0 / (token + 1) as f64;
    }
    distribution(weights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::english;

    #[test]
    fn of_words_with_equal_links_the_earliest_leads() {
        let document = english("Bridge. Stone. River.");
        let extractor = PositionRank {
            damping: 0.85,
            window: 10,
            candidates: Candidates::runs(1),
        };
        let found: Vec<_> = extractor
            .extract(&document, &CorpusView::none(), 9)
            .into_iter()
            .map(|k| k.text)
            .collect();
        assert_eq!(found, ["Bridge", "Stone", "River"]);
    }

    #[test]
    fn restarts_are_inverse_positions() {
        let document = english("bridge bridge stone");
        let candidates = Candidates::runs(1);
        let words = candidates.words(&document);
        let graph = WordGraph::of(&document, &candidates, &words, 2);
        // 1 + 1/2 and 1/3, over their sum 11/6
        let found = restart(&graph);
        assert!(
            (found[0] - 9.0 / 11.0).abs() < 1e-12
                && (found[1] - 2.0 / 11.0).abs() < 1e-12
        );
    }
}
