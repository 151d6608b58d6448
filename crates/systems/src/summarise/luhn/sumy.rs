//! The scores of sumy 0.13's Luhn.

use crate::rank::SumyWords;
use epitome_base::spec::Params;
use epitome_text::{Document, GivenStopWords};

use crate::summarise::summariser::SentenceScorer;

/// The scores of sumy's `LuhnSummarizer`: all stems that occur twice are significant,
/// except for stop words.
///
/// A cluster ends after four insignificant words in a row, so that at most three are
/// between two significant ones; its score is the square of the number of significant
/// words over its length, and 0 if there is only one. A stop word with a significant stem
/// counts. `O(tokens)`.
pub(super) struct Luhn {
    stop_words: GivenStopWords,
}

impl From<&Params> for Luhn {
    fn from(params: &Params) -> Self {
        Self {
            stop_words: params.into(),
        }
    }
}

impl SentenceScorer for Luhn {
    fn scores(&self, document: &Document) -> Vec<f64> {
        let words = SumyWords::of(document, &self.stop_words);
        let counts = words.counts();
        let frequencies = counts.sum(&vec![1.0; counts.len()]);

        words
            .sentences
            .iter()
            .map(|sentence| {
                let words = sentence.iter().enumerate();
                let significant: Vec<usize> = words
                    .filter(|&(_, &(stem, _))| frequencies[stem as usize] > 1.0)
                    .map(|(at, _)| at)
                    .collect();
                best_cluster(&significant)
            })
            .collect()
    }
}

/// Returns the score of the best cluster of significant words at these places.
fn best_cluster(places: &[usize]) -> f64 {
    let clusters = places.chunk_by(|a, b| b - a <= 4);
    clusters
        .map(|cluster| match cluster {
            [] | [_] => 0.0,
            [first, .., last] => {
                (cluster.len() * cluster.len()) as f64 / (last - first + 1) as f64
            }
        })
        .fold(0.0, f64::max)
}
