//! HITS: hubs and authorities among words, where a word links to the words that follow it.

use epitome_base::spec::{Choice, Entry, Parameter, Params};
use epitome_text::{CorpusView, Document};

use super::{
    candidates::{Candidates, with_candidates},
    extractor::{CandidateScorer, KeywordExtractor},
    keyphrase::ScoredPhrases,
    word_graph::{WINDOW, WordGraph},
};

const SCORE: &Choice<bool, 2> = &Choice::new(
    "score",
    [("authorities", false), ("hubs", true)],
    "authorities are words that follow hubs, hubs are words that authorities follow",
);

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "hits",
    about: "hub or authority scores of words on the graph of successors, summed over a phrase",
    source: "Kleinberg (1999), Authoritative sources in a hyperlinked environment, JACM 46(5); for words: Litvak & Last (2008), Graph-based keyword extraction for single-document summarization, MMIES",
    parameters: &with_candidates::<2, 10>([
        SCORE.parameter(),
        Parameter {
            default: "2",
            ..WINDOW
        },
    ]),
    build: |params| Box::new(Hits::from(params)),
};

/// HITS on the directed graph of successive words; a phrase has the sum of the scores of its
/// words.
///
/// ```text
/// authority = Aᵀ · hub / ‖·‖₁        hub = A · authority / ‖·‖₁
/// ```
///
/// `A(v, u)` is 1 if `u` occurs less than `window` tokens after `v`, otherwise 0. Iterations end
/// if the L1 change of the authorities is below 1e-10, or after 1,000 of them. `O(n · window)`
/// for the graph and `O(edges)` per iteration.
///
/// Kleinberg (1999); for words Litvak & Last (2008), whose edges join adjacent words. They do not
/// name the norm; here it is L1, and another would not change the order.
#[derive(Debug, Clone)]
pub struct Hits {
    /// Whether the score of a word is its hub score instead of its authority score.
    pub hubs: bool,
    /// Size of the window, in tokens: words that share a window are linked.
    pub window: usize,
    /// How the candidate phrases are found.
    pub candidates: Candidates,
}

default_of_entry!(Hits);

impl From<&Params> for Hits {
    fn from(params: &Params) -> Self {
        Self {
            hubs: params.choice(SCORE),
            window: params.integer("window") as usize,
            candidates: Candidates::from(params),
        }
    }
}

impl CandidateScorer for Hits {
    fn candidates(&self, document: &Document, _: &CorpusView) -> ScoredPhrases {
        ScoredPhrases::by_words(document, &self.candidates, |words| {
            let words = WordGraph::of(document, &self.candidates, words, self.window);
            let (authorities, hubs) = authorities_and_hubs(
                words.words.len(),
                &followers(&words.sequence, self.window),
            );
            words.by_word(if self.hubs { &hubs } else { &authorities })
        })
    }

    fn finder(&self) -> Option<&Candidates> {
        Some(&self.candidates)
    }
}

/// Returns all pairs of different nodes of which the second follows the first within the window,
/// each once.
fn followers(sequence: &[(u32, usize)], window: usize) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for (at, &(node, token)) in sequence.iter().enumerate() {
        let near = sequence[at + 1..]
            .iter()
            .take_while(|it| it.1 - token < window);
        pairs.extend(near.filter(|it| it.0 != node).map(|it| (node, it.0)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Returns the authority and the hub score of each node by power iteration.
fn authorities_and_hubs(nodes: usize, edges: &[(u32, u32)]) -> (Vec<f64>, Vec<f64>) {
    const TOLERANCE: f64 = 1e-10;
    const ITERATIONS: usize = 1_000;

    let equal = vec![1.0 / nodes.max(1) as f64; nodes];
    let (mut authorities, mut hubs) = (equal.clone(), equal);
    for _ in 0..ITERATIONS {
        let mut next = vec![0.0; nodes];
        for &(from, to) in edges {
            next[to as usize] += hubs[from as usize];
        }
        normalise(&mut next);

        hubs.fill(0.0);
        for &(from, to) in edges {
            hubs[from as usize] += next[to as usize];
        }
        normalise(&mut hubs);

        let change: f64 = next
            .iter()
            .zip(&authorities)
            .map(|(new, old)| (new - old).abs())
            .sum();
        authorities = next;
        if change < TOLERANCE {
            break;
        }
    }
    (authorities, hubs)
}

/// Divides values by their sum, if that is positive.
fn normalise(values: &mut [f64]) {
    let sum: f64 = values.iter().sum();
    if sum > 0.0 {
        for value in values {
            *value /= sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::english;

    #[test]
    fn a_word_that_follows_two_is_an_authority_and_they_are_hubs() {
        let document = english("Stone bridge. Iron bridge.");
        let found = |hubs| {
            let candidates = Candidates::runs(2);
            let extractor = Hits {
                hubs,
                window: 2,
                candidates,
            };
            extractor.extract(&document, &CorpusView::none(), 9)
        };
        assert_eq!(found(false)[0].score, 1.0, "all of it is in `bridge`");
        assert_eq!(found(true)[0].score, 0.5);
    }
}
