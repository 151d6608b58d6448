//! Luhn as sumy 0.13 computes it.

use crate::rank::SumyWords;
use epitome_base::spec::Params;
use epitome_text::{Document, GivenStopWords};

use crate::summarise::summariser::SentenceScorer;

/// sumy's `LuhnSummarizer`: significant are all stems that stand twice, stop words out.
///
/// A cluster ends after four insignificant words in a row, so that at most three stand
/// between two significant ones; its score is the square of these over its length, 0
/// with one alone. A stop word with a significant stem counts. `O(tokens)`.
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
        let is_significant = |&(stem, _): &(u32, bool)| frequencies[stem as usize] > 1.0;
        let places = |sentence: &Vec<(u32, bool)>| -> Vec<usize> {
            let places = sentence.iter().enumerate();
            places
                .filter(|(_, word)| is_significant(word))
                .map(|(at, _)| at)
                .collect()
        };
        words
            .sentences
            .iter()
            .map(|sentence| best_cluster(&places(sentence)))
            .collect()
    }
}

fn best_cluster(places: &[usize]) -> f64 {
    let clusters = places.chunk_by(|a, b| b - a <= 4);
    let score = |cluster: &[usize]| match cluster {
        [] | [_] => 0.0,
        [first, .., last] => {
            (cluster.len() * cluster.len()) as f64 / (last - first + 1) as f64
        }
    };
    clusters.map(score).fold(0.0, f64::max)
}
