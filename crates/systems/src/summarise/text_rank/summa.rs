//! The scores of summa 1.2's TextRank.

use epitome_base::spec::Params;
use epitome_text::{Document, GivenStopWords};

use super::cleaned::{Nodes, cleaned, shared};
use crate::summarise::{profiles::MOST_IN_PAIRS, summariser::SentenceScorer};

/// The scores of summa's `summarize`.
///
/// ```text
/// w(i, j) = |{t ∈ Sᵢ ∩ Sⱼ}| / (log₁₀ |Sᵢ| + log₁₀ |Sⱼ|)        0 if both have one word
/// ```
///
/// Lengths count repeats. Sentences of the same words in the same order are one node;
/// nodes without an edge are left out of the walk and score 0. `O(Σₜ n(t)²)`. Departure:
/// summa never picks a sentence without words; here it scores 0.
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

impl SentenceScorer for TextRank {
    fn scores(&self, document: &Document) -> Vec<f64> {
        let nodes = Nodes::of(cleaned(document, &self.stop_words, 1));
        let lengths: Vec<f64> = nodes
            .keys
            .iter()
            .map(|words| (words.len() as f64).log10())
            .collect();

        let different = nodes.keys.iter().map(|words| {
            let mut words = words.clone();
            words.sort_unstable();
            words.dedup();
            words
        });
        let rows: Vec<Vec<u32>> = different.collect();
        let words = rows
            .iter()
            .flatten()
            .max()
            .map_or(0, |&last| last as usize + 1);

        let mut edges = Vec::new();
        shared(&rows, &vec![1.0; words], |i, j, common| {
            let norm = lengths[i] + lengths[j];
            if norm > 0.0 {
                edges.push((i as u32, j as u32, common / norm));
            }
        });
        nodes.ranks(&edges, self.damping)
    }

    fn most_sentences(&self) -> Option<usize> {
        Some(MOST_IN_PAIRS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    #[test]
    fn a_sentence_that_shares_no_word_scores_nothing() {
        let document =
            lines("whales sing songs\nships fear storms\nwhales sing\nthe 12\n");
        let text_rank = TextRank {
            damping: 0.85,
            stop_words: GivenStopWords::default(),
        };
        let scores = text_rank.scores(&document);
        assert!((scores[0] - 0.5).abs() < 1e-9 && (scores[2] - 0.5).abs() < 1e-9);
        assert_eq!((scores[1], scores[3]), (0.0, 0.0));
    }
}
