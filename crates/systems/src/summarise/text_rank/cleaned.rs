//! Words as summa 1.2 and gensim 3.8 clean them, and walks between sentences that are
//! the same words.

use std::collections::BTreeMap;

use crate::rank::{Graph, pagerank};
use epitome_text::{Document, GivenStopWords, Stemmer};

/// The cleaned words of every sentence, as dense numbers of their stems.
///
/// Lower case; digits dropped, ASCII punctuation to spaces; no stop words, no word of
/// fewer than `least` characters. Stems are Snowball's.
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

/// Sentences that are the same to a tool, as one node.
pub(super) struct Nodes {
    /// What each node is, in order of its first sentence.
    pub(super) keys: Vec<Vec<u32>>,
    /// The node of each sentence; none without a word.
    of_sentence: Vec<Option<usize>>,
}

impl Nodes {
    pub(super) fn of(sentences: Vec<Vec<u32>>) -> Self {
        let mut known = BTreeMap::new();
        let mut keys = Vec::new();
        let mut node = |sentence: Vec<u32>| {
            let next = keys.len();
            let new = || {
                keys.push(sentence.clone());
                next
            };
            (!sentence.is_empty())
                .then(|| *known.entry(sentence.clone()).or_insert_with(new))
        };
        let of_sentence = sentences.into_iter().map(&mut node).collect();
        Self { keys, of_sentence }
    }

    /// The [`pagerank`] of each sentence among those that have an edge; 0 for the
    /// others. Without any edge all nodes are alike.
    pub(super) fn ranks(&self, edges: &[(u32, u32, f64)], damping: f64) -> Vec<f64> {
        let mut place = vec![None; self.keys.len()];
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
        let ranks = pagerank(&Graph::from_edges(count, &edges), damping);
        let alone = if count == 0 {
            1.0 / self.keys.len().max(1) as f64
        } else {
            0.0
        };
        let rank = |node: usize| place[node].map_or(alone, |at: u32| ranks[at as usize]);
        self.of_sentence
            .iter()
            .map(|node| node.map_or(0.0, rank))
            .collect()
    }
}

/// Calls `edge(i, j, sum)` for every pair `i < j` of rows that share a number: the sum of
/// the weights of all they share. Rows hold each number once. `O(Σₜ n(t)²)`.
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
