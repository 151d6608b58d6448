//! The co-occurrence graph of the words of a document.

use crate::rank::Graph;
use epitome_base::spec::{Parameter, ParameterKind};
use epitome_text::Document;

use super::{candidates::Candidates, words::Words};

/// The parameter `damping` of PageRank.
pub(super) const DAMPING: Parameter = Parameter {
    name: "damping",
    kind: ParameterKind::Number(0.0, 1.0),
    default: "0.85",
    about: "probability that the random walk follows an edge instead of restarting",
};

/// The parameter `window`, with the default of Wan & Xiao (2008).
pub(super) const WINDOW: Parameter = Parameter {
    name: "window",
    kind: ParameterKind::Integer(2, 1000),
    default: "10",
    about: "size of the window in tokens; words that share a window are linked",
};

/// A co-occurrence graph. Its nodes are the words that phrases consist of
/// ([`Candidates::eligible`]), in order of first occurrence. Two words are linked if they are
/// less than `window` tokens apart, where stop words and punctuation count as tokens and ends of
/// sentences are ignored.
pub(super) struct WordGraph {
    /// Edges; their weight is the number of windows that the words share.
    pub(super) graph: Graph,
    /// Number of the word ([`Words::id`]) of each node.
    pub(super) words: Vec<usize>,
    /// All occurrences in the order of the text: the node and the index of the token.
    pub(super) sequence: Vec<(u32, usize)>,
    /// Number of different words of the document.
    word_count: usize,
}

impl WordGraph {
    /// Returns the graph of a document. `O(n · window)`, and the time to sort the edges.
    pub(super) fn of(
        document: &Document,
        candidates: &Candidates,
        words: &Words<'_>,
        window: usize,
    ) -> Self {
        const NONE: u32 = u32::MAX;

        let mut node_of = vec![NONE; words.count()];
        let mut nodes = Vec::new();
        let mut sequence = Vec::new();
        let eligible = candidates.eligible(document);
        for token in (0..eligible.len()).filter(|&token| eligible[token]) {
            let word = words.id(token);
            if node_of[word] == NONE {
                node_of[word] = nodes.len() as u32;
                nodes.push(word);
            }
            sequence.push((node_of[word], token));
        }

        let graph = Graph::from_edges(nodes.len(), edges(&sequence, window));
        Self {
            graph,
            words: nodes,
            sequence,
            word_count: words.count(),
        }
    }

    /// Returns the same graph with weight 1 for every edge.
    pub(super) fn unweighted(&self) -> Graph {
        let mut graph = Graph::default();
        for node in 0..self.graph.len() {
            graph.push_row(self.graph.row(node).map(|(other, _)| (other, 1.0)));
        }
        graph
    }

    /// Converts values of nodes to values of all words; a word that is no node has 0.
    pub(super) fn by_word(&self, values: &[f64]) -> Vec<f64> {
        let mut by_word = vec![0.0; self.word_count];
        for (&word, &value) in self.words.iter().zip(values) {
            by_word[word] = value;
        }
        by_word
    }
}

/// Returns an edge of weight 1 for each pair of occurrences of different nodes that share a
/// window: the earlier node, the later node, the weight.
pub(super) fn edges(
    sequence: &[(u32, usize)],
    window: usize,
) -> impl Iterator<Item = (u32, u32, f64)> + Clone {
    sequence
        .iter()
        .enumerate()
        .flat_map(move |(at, &(node, token))| {
            sequence[at + 1..]
                .iter()
                .take_while(move |later| later.1 - token < window)
                .filter(move |later| later.0 != node)
                .map(move |later| (node, later.0, 1.0))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::english;

    fn graph(text: &str, window: usize) -> Graph {
        let document = english(text);
        let candidates = Candidates::runs(3);
        let words = candidates.words(&document);
        WordGraph::of(&document, &candidates, &words, window).graph
    }

    #[test]
    fn window_two_links_adjacent_tokens_as_often_as_they_meet() {
        let graph = graph("stone bridge of stone bridge", 2);
        assert_eq!(graph.row(0).collect::<Vec<_>>(), [(1, 2.0)]);
        assert_eq!(graph.row(1).collect::<Vec<_>>(), [(0, 2.0)]);
    }

    #[test]
    fn a_wider_window_reaches_over_stop_words() {
        assert_eq!(graph("bridge of stone", 2).row(0).count(), 0);
        assert_eq!(graph("bridge of stone", 3).row(0).count(), 1);
    }

    #[test]
    fn with_tags_only_nouns_and_adjectives_are_nodes() {
        let document = english("The old bridge carries trains.");
        let candidates = Candidates::noun_phrases(3);
        let words = candidates.words(&document);
        let graph = WordGraph::of(&document, &candidates, &words, 2);
        assert_eq!(graph.words.len(), 3, "old, bridge, trains");
    }
}
