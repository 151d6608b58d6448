//! The cleaned words of summa 1.2 and gensim 3.8, and walks between sentences that have
//! equal words.

use std::collections::BTreeMap;

use crate::rank::{Graph, pagerank};
use epitome_text::{Document, GivenStopWords, Stemmer};

/// Returns the cleaned words of every sentence, as dense numbers of their stems.
///
/// Words are in lower case without digits, and ASCII punctuation separates them; stop
/// words and words of fewer than `least` characters are left out. Stems are Snowball's.
pub(super) fn cleaned(
    document: &Document,
    given: &GivenStopWords,
    least: usize,
) -> Vec<Vec<u32>> {
    let list = given.of(document);
    let stemmer = Stemmer::of(document.language());

    let mut ids = BTreeMap::new();
    let mut id = |word: &str| {
        let next = ids.len() as u32;
        stemmer.with_stem(word, |stem| *ids.entry(stem.to_owned()).or_insert(next))
    };
    let mut words = |sentence: &str| -> Vec<u32> {
        let plain: String = sentence
            .to_lowercase()
            .chars()
            .filter(|character| !character.is_ascii_digit())
            .map(|it| if it.is_ascii_punctuation() { ' ' } else { it })
            .collect();

        let words = plain.split_whitespace().filter(|word| !list.contains(word));
        words
            .filter(|word| word.chars().count() >= least)
            .map(&mut id)
            .collect()
    };

    (0..document.sentences().len())
        .map(|at| words(document.sentence_text(at)))
        .collect()
}

/// The nodes of a graph in which equal sentences are one node.
pub(super) struct Nodes {
    /// The words of each node, in the order of its first sentence.
    pub(super) keys: Vec<Vec<u32>>,
    /// The node of each sentence; `None` for a sentence without words.
    of_sentence: Vec<Option<usize>>,
}

impl Nodes {
    /// Returns the nodes of sentences, which are lists of words.
    pub(super) fn of(sentences: Vec<Vec<u32>>) -> Self {
        let mut known = BTreeMap::new();
        let mut keys = Vec::new();
        let of_sentence = sentences
            .into_iter()
            .map(|sentence| {
                if sentence.is_empty() {
                    return None;
                }
                let next = keys.len();
                Some(*known.entry(sentence.clone()).or_insert_with(|| {
                    keys.push(sentence);
                    next
                }))
            })
            .collect();
        Self { keys, of_sentence }
    }

    /// Returns the [`pagerank`] of each sentence among those that have an edge, and 0 for
    /// the others. If there is no edge, all nodes have the same rank.
    pub(super) fn ranks(&self, edges: &[(u32, u32, f64)], damping: f64) -> Vec<f64> {
        let mut place = vec![None; self.keys.len()];

        // nodes without an edge are left out of the random walk
        for &(from, to, _) in edges {
            place[from as usize] = Some(0);
            place[to as usize] = Some(0);
        }
        for (at, place) in place.iter_mut().flatten().enumerate() {
            *place = at as u32;
        }

        let count = place.iter().flatten().count();
        let at = |node: u32| place[node as usize].unwrap_or_default();
        let edges: Vec<_> = edges
            .iter()
            .map(|&(from, to, weight)| (at(from), at(to), weight))
            .collect();

        let ranks = pagerank(&Graph::from_edges(count, edges.iter().copied()), damping);

        let alone = if count == 0 {
            1.0 / self.keys.len().max(1) as f64
        } else {
            0.0
        };

        self.of_sentence
            .iter()
            .map(|node| {
                node.map_or(0.0, |node| {
                    place[node].map_or(alone, |at: u32| ranks[at as usize])
                })
            })
            .collect()
    }
}

/// Calls `edge(i, j, sum)` for every pair `i < j` of rows that share a number, with the
/// sum of the weights of all numbers that they share. Rows must contain each number once.
/// `O(Σₜ n(t)²)`.
pub(super) fn shared(
    rows: &[Vec<u32>],
    weights: &[f64],
    mut edge: impl FnMut(usize, usize, f64),
) {
    let mut holders = vec![Vec::new(); weights.len()];
    for (at, row) in rows.iter().enumerate() {
        for &number in row {
            holders[number as usize].push(at);
        }
    }

    let mut sums = vec![0.0; rows.len()];
    let mut met = vec![false; rows.len()];
    let mut touched = Vec::new();

    for (i, row) in rows.iter().enumerate() {
        for &number in row {
            let holders = &holders[number as usize];
            for &j in &holders[holders.partition_point(|&holder| holder <= i)..] {
                sums[j] += weights[number as usize];
                if !std::mem::replace(&mut met[j], true) {
                    touched.push(j);
                }
            }
        }

        touched.sort_unstable();
        for j in touched.drain(..) {
            edge(i, j, std::mem::take(&mut sums[j]));
            met[j] = false;
        }
    }
}
