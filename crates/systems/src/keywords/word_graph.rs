//! The graph of the words of a document that stand near each other.

use crate::rank::Graph;
use epitome_base::spec::{Parameter, ParameterKind};
use epitome_text::Document;

use super::{candidates::Candidates, words::Words};

/// The parameter of a walk on it.
pub(super) const DAMPING: Parameter = Parameter {
    name: "damping",
    kind: ParameterKind::Number(0.0, 1.0),
    default: "0.85",
    about: "share of the walk that follows edges",
};

/// How near two words must stand, with the default of Wan & Xiao (2008).
pub(super) const WINDOW: Parameter = Parameter {
    name: "window",
    kind: ParameterKind::Integer(2, 1000),
    default: "10",
    about: "words that share a window of so many tokens are linked",
};

/// A graph whose nodes are the words that phrases are made of
/// ([`Candidates::eligible`]), in order of first occurrence. Two that stand less than a
/// window of tokens apart are linked; stop words and punctuation count as tokens,
/// sentence borders do not matter.
pub(super) struct WordGraph {
    /// Edges, weighted by how often their words share a window.
    pub(super) graph: Graph,
    /// Node → number of its word.
    pub(super) words: Vec<usize>,
    /// The nodes in the order in which the text has them, with the tokens.
    pub(super) sequence: Vec<(u32, usize)>,
    word_count: usize,
}

impl WordGraph {
    /// Of a document. `O(n · window)`, sorting apart.
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
        let edges: Vec<_> = edges(&sequence, window).collect();
        let graph = Graph::from_edges(nodes.len(), &edges);
        Self {
            graph,
            words: nodes,
            sequence,
            word_count: words.count(),
        }
    }

    /// The same nodes with every edge of weight 1.
    pub(super) fn unweighted(&self) -> Graph {
        let mut graph = Graph::default();
        for node in 0..self.graph.len() {
            graph.push_row(self.graph.row(node).map(|(other, _)| (other, 1.0)));
        }
        graph
    }

    /// Values of the nodes as values of all words; 0 for those that are no nodes.
    pub(super) fn by_word(&self, values: &[f64]) -> Vec<f64> {
        let mut by_word = vec![0.0; self.word_count];
        for (&word, &value) in self.words.iter().zip(values) {
            by_word[word] = value;
        }
        by_word
    }
}

/// Pairs of different nodes that share a window, once for each time, with weight 1.
pub(super) fn edges(
    sequence: &[(u32, usize)],
    window: usize,
) -> impl Iterator<Item = (u32, u32, f64)> {
    let near = move |at: usize| {
        let (node, token) = sequence[at];
        let near = sequence[at + 1..]
            .iter()
            .take_while(move |it| it.1 - token < window);
        near.filter(move |it| it.0 != node)
            .map(move |it| (node, it.0, 1.0))
    };
    (0..sequence.len()).flat_map(near)
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
    fn where_there_are_tags_only_nouns_and_adjectives_are_nodes() {
        let document = english("The old bridge carries trains.");
        let candidates = Candidates::noun_phrases(3);
        let words = candidates.words(&document);
        let graph = WordGraph::of(&document, &candidates, &words, 2);
        assert_eq!(graph.words.len(), 3, "old, bridge, trains");
    }
}
