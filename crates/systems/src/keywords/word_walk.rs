//! Phrases by a walk on their words: what TextRank and SingleRank have in common.

use epitome_text::Document;

use crate::rank::{networkx_pagerank, pagerank};

use super::{candidates::Candidates, keyphrase::ScoredPhrases, word_graph::WordGraph};

/// A walk on the graph of the words of a document.
pub(super) struct WordWalk<'a> {
    /// The phrases that are weighed.
    pub(super) candidates: &'a Candidates,
    /// Words that stand less than so many tokens apart are linked.
    pub(super) window: usize,
    /// Whether an edge weighs as much as its words share windows; otherwise all weigh 1.
    pub(super) is_weighted: bool,
    /// The share of the walk that follows edges.
    pub(super) damping: f64,
}

impl WordWalk<'_> {
    /// Returns the candidates by the summed PageRank of their words; computed as pke does if
    /// the candidates are pke's.
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
