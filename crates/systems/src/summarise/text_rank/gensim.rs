//! The scores of gensim 3.8's TextRank.

use std::collections::BTreeMap;

use epitome_base::spec::Params;
use epitome_text::{Document, GivenStopWords};

use super::cleaned::{Nodes, cleaned, shared};
use crate::summarise::{profiles::MOST_IN_PAIRS, summariser::SentenceScorer};

/// The scores of gensim's `summarization.summarize`: BM25 between bags of words.
///
/// ```text
/// w(i → j) = 2.5 / (1 + 1.5 (0.25 + 0.75 |Bⱼ| / mean |B|)) · Σ idf(x)     x ∈ Bᵢ ∩ Bⱼ
/// idf(x)   = ln(N − n + ½) − ln(n + ½)          below 0: a quarter of the mean idf
/// ```
///
/// An `x` is a word with its count in the sentence, so that a word that occurs once in
/// one and twice in the other is not shared. Of the two directions, the weight from the
/// earlier sentence is kept for both, unless it is below 0.001. Equal bags are one node;
/// nodes without an edge are left out of the walk and score 0. `O(Σₓ n(x)²)`. Departures:
/// gensim returns nothing for fewer than three nodes, and of equal bags always the last
/// sentence; its Porter stemmer is Snowball's here.
pub(super) struct TextRank {
    damping: f64,
    stop_words: GivenStopWords,
}

impl From<&Params> for TextRank {
    fn from(params: &Params) -> Self {
        let stop_words = params.into();
        Self {
            damping: params.number("damping"),
            stop_words,
        }
    }
}

/// The length of the shortest word that is kept.
const LEAST: usize = 3;

impl SentenceScorer for TextRank {
    fn scores(&self, document: &Document) -> Vec<f64> {
        let sentences = cleaned(document, &self.stop_words, LEAST);
        let nodes = Nodes::of(bags(sentences));
        let count = nodes.keys.len() as f64;

        let idf = idf(&nodes.keys);
        let total: usize = nodes.keys.iter().map(Vec::len).sum();
        let mean = total as f64 / count;

        let share: Vec<f64> = nodes
            .keys
            .iter()
            .map(|bag| 2.5 / (1.0 + 1.5 * (0.25 + 0.75 * bag.len() as f64 / mean)))
            .collect();

        let mut edges = Vec::new();
        shared(&nodes.keys, &idf, |i, j, sum| {
            let weights = [sum * share[j], sum * share[i]];
            let kept = weights.into_iter().find(|&weight| weight >= LEAST_WEIGHT);
            edges.extend(kept.map(|weight| (i as u32, j as u32, weight)));
        });
        nodes.ranks(&edges, self.damping)
    }

    fn most_sentences(&self) -> Option<usize> {
        Some(MOST_IN_PAIRS)
    }
}

/// The least weight of an edge that is kept.
const LEAST_WEIGHT: f64 = 1e-3;

/// Returns each sentence as the sorted numbers of its different (word, count) pairs.
fn bags(sentences: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
    let mut pairs = BTreeMap::new();
    let mut bag = |mut words: Vec<u32>| -> Vec<u32> {
        words.sort_unstable();
        let counted = words.chunk_by(|a, b| a == b).map(|run| (run[0], run.len()));
        let mut bag: Vec<u32> = counted
            .map(|pair| {
                let next = pairs.len() as u32;
                *pairs.entry(pair).or_insert(next)
            })
            .collect();
        bag.sort_unstable();
        bag
    };

    sentences.into_iter().map(&mut bag).collect()
}

/// Returns the idf of each number in bags.
fn idf(bags: &[Vec<u32>]) -> Vec<f64> {
    let pairs = bags
        .iter()
        .flatten()
        .max()
        .map_or(0, |&last| last as usize + 1);
    let mut holders = vec![0.0_f64; pairs];
    for &pair in bags.iter().flatten() {
        holders[pair as usize] += 1.0;
    }

    let count = bags.len() as f64;
    let raw = holders
        .iter()
        .map(|n| (count - n + 0.5).ln() - (n + 0.5).ln());
    let raw: Vec<f64> = raw.collect();

    let mean = raw.iter().sum::<f64>() / pairs.max(1) as f64;
    raw.into_iter()
        .map(|idf| if idf < 0.0 { mean / 4.0 } else { idf })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    #[test]
    fn a_word_is_shared_only_where_its_count_is_the_same() {
        let text = "whales sing and whales swim\nwhales dive\nwhales breathe\nred ships\nblue boats";
        let text_rank = TextRank {
            damping: 0.85,
            stop_words: GivenStopWords::default(),
        };
        let scores = text_rank.scores(&lines(text));
        assert!(scores[1] > 0.4 && scores[2] > 0.4, "{scores:?}");
        assert_eq!((scores[0], scores[3]), (0.0, 0.0));
    }
}
