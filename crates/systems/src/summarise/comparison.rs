//! The limit of summarisers that compare every sentence of a document with every other.

use crate::rank::{Effort, Vectors, effort_above};
use epitome_text::Document;

use super::summariser::TooLong;

/// The largest number of sentences of a document that is taken however alike they are.
const SHORT: usize = 20_000;

/// The largest number of steps: some 20 s of one core. A step is a product of two word weights.
pub(super) const MOST_STEPS: u64 = 9_000_000_000;

/// Returns that it takes more than [`MOST_STEPS`] to find the pairs of sentences whose cosine is
/// above `threshold`, if it does. A pair that is found counts as `of_pair` products. Takes time
/// that is linear in the length of the document.
pub(super) fn refusal(
    document: &Document,
    threshold: f64,
    of_pair: u64,
) -> Option<TooLong> {
    if document.sentences().len() <= SHORT {
        return None;
    }
    let Effort { products, pairs } = effort_above(threshold, Vectors::tf_isf(document));
    let found = products.saturating_add(pairs.saturating_mul(of_pair));
    (found > MOST_STEPS).then_some(TooLong::Steps {
        found,
        most: MOST_STEPS,
    })
}
