//! The degree that sumy 0.13 computes under the name of Reduction.

use crate::rank::{SumyWords, products_after};
use epitome_base::spec::Params;
use epitome_text::{Document, GivenStopWords};

use crate::summarise::summariser::SentenceScorer;

/// The scores of sumy's `ReductionSummarizer`.
///
/// ```text
/// score(i) = Σ_{j ≠ i} Σₜ tf(t, i) tf(t, j) / (ln |Sᵢ| + ln |Sⱼ|)
/// ```
///
/// A pair has 0 if both lengths are 1. `O(Σₜ n(t)²)`. Departure: sumy adds up the scores
/// of equal sentences.
pub(super) struct Reduction {
    stop_words: GivenStopWords,
}

impl From<&Params> for Reduction {
    fn from(params: &Params) -> Self {
        Self {
            stop_words: params.into(),
        }
    }
}

impl SentenceScorer for Reduction {
    fn scores(&self, document: &Document) -> Vec<f64> {
        let counts = SumyWords::of(document, &self.stop_words).counts();
        let lengths: Vec<f64> = counts
            .rows()
            .map(|row| row.map(|(_, count)| count).sum())
            .collect();

        let mut scores = vec![0.0; lengths.len()];
        products_after(&counts, |i, row| {
            for &(j, shared) in row {
                let norm = lengths[i].ln() + lengths[j as usize].ln();
                let edge = if norm > 0.0 { shared / norm } else { 0.0 };
                scores[i] += edge;
                scores[j as usize] += edge;
            }
        });
        scores
    }
}
