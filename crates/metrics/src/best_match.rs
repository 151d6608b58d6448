//! Greedy matching by vectors: each with the most similar one of the other side.

use epitome_base::embedding::Embeddings;

/// Returns for each vector the highest cosine to one of `others`, at least 0.
pub(super) fn best_cosines(vectors: &Embeddings, others: &Embeddings) -> Vec<f64> {
    let best = |at: usize| {
        let cosines = (0..others.len()).map(|other| vectors.cosine(at, others, other));
        cosines.fold(0.0, f64::max)
    };
    (0..vectors.len()).map(best).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use epitome_base::embedding::{NamedEmbedder, WordTable};
    use std::sync::Arc;

    /// Returns an embedder in which a boat is between whales and ships.
    pub(crate) fn embedder() -> NamedEmbedder {
        let words = [
            ("whale", [1.0, 0.0]),
            ("ship", [0.0, 1.0]),
            ("boat", [0.6, 0.8]),
        ];
        NamedEmbedder {
            name: "sea".to_owned(),
            embedder: Arc::new(WordTable::new(2, words)),
        }
    }

    #[test]
    fn what_has_no_other_side_matches_nothing() {
        let one = embedder().embedder.texts(&["whale"]);
        assert_eq!(best_cosines(&one, &Embeddings::of_width(2)), [0.0]);
        assert!(best_cosines(&Embeddings::of_width(2), &one).is_empty());
    }
}
