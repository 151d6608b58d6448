//! The scores of sumy 0.13's LSA.

use crate::rank::SumyWords;
use epitome_base::spec::Params;
use epitome_text::{Document, GivenStopWords};

use crate::summarise::summariser::SentenceScorer;

/// The scores of sumy's `LsaSummarizer`, which keeps every dimension, so that a score is
/// the length of a column.
///
/// ```text
/// score(s) = √ Σₜ (0.4 + 0.6 · tf(t, s) / max tf)²        t: all terms of the document
/// ```
///
/// Terms that are absent from the sentence count 0.4 as well; a sentence without terms
/// scores 0. No decomposition is needed. `O(tokens)`.
pub(super) struct Lsa {
    stop_words: GivenStopWords,
}

impl From<&Params> for Lsa {
    fn from(params: &Params) -> Self {
        Self {
            stop_words: params.into(),
        }
    }
}

impl SentenceScorer for Lsa {
    fn scores(&self, document: &Document) -> Vec<f64> {
        let words = SumyWords::of(document, &self.stop_words);
        let mut is_term = vec![false; words.stems()];
        words
            .content()
            .iter()
            .flatten()
            .for_each(|&stem| is_term[stem as usize] = true);
        let terms = is_term.iter().filter(|&&is| is).count() as f64;

        let scores = words.sentences.iter().map(|sentence| {
            let mut stems: Vec<u32> = sentence.iter().map(|word| word.0).collect();
            stems.retain(|&stem| is_term[stem as usize]);
            stems.sort_unstable();
            let counts: Vec<f64> = stems
                .chunk_by(|a, b| a == b)
                .map(|run| run.len() as f64)
                .collect();

            let most = counts.iter().copied().fold(0.0, f64::max);
            if most == 0.0 {
                return 0.0;
            }
            let present: f64 = counts
                .iter()
                .map(|tf| (0.4 + 0.6 * tf / most).powi(2))
                .sum();
            (present + (terms - counts.len() as f64) * 0.4 * 0.4).sqrt()
        });
        scores.collect()
    }
}
