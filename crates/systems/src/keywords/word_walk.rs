//! Scores phrases by the PageRank of their words; TextRank and SingleRank share this.

use epitome_text::Document;

use crate::rank::{networkx_pagerank, pagerank};

use super::{candidates::Candidates, keyphrase::ScoredPhrases, word_graph::WordGraph};

/// Settings of PageRank on the graph of the words of a document.
pub(super) struct WordWalk<'a> {
    /// How the candidate phrases are found.
    pub(super) candidates: &'a Candidates,
    /// Size of the window, in tokens: words that share a window are linked.
    pub(super) window: usize,
    /// Whether the weight of an edge is the number of windows that its words share; otherwise
    /// all edges have weight 1.
    pub(super) is_weighted: bool,
    /// Probability that the random walk follows an edge instead of restarting.
    pub(super) damping: f64,
}

impl WordWalk<'_> {
    /// Scores the candidates by the sum of the PageRank of their words. If the candidates are
    /// found by the rules of pke, PageRank is computed as pke 2.0 does.
    pub(super) fn candidates(&self, document: &Document) -> ScoredPhrases {
        let Self {
            candidates,
            window,
            is_weighted,
            damping,
        } = *self;

        let mut scored = ScoredPhrases::by_words(document, candidates, |words| {
            let words = WordGraph::of(document, candidates, words, window);
            let unweighted = (!is_weighted).then(|| words.unweighted());
            let graph = unweighted.as_ref().unwrap_or(&words.graph);

            words.by_word(&match candidates.are_pkes() {
                true => networkx_pagerank(graph, damping, None, 1e-4),
                false => pagerank(graph, damping),
            })
        });

        if candidates.are_pkes() {
            scored.add_offsets();
        }
        scored
    }
}
