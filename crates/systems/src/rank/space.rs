//! The space in which sentences are compared: of their words, or of an embedder.

use epitome_base::{
    embedding::{Embeddings, NamedEmbedder},
    spec::{Choice, Params},
};
use epitome_text::Document;

use super::Links;

/// The space in which sentences are compared.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Space {
    /// The tf-isf weights of their content words.
    #[default]
    Terms,
    /// The vectors of an embedder.
    Embedding(NamedEmbedder),
}

/// The name of [`Space::Embedding`] in parameters.
pub(crate) const EMBEDDING: &[&str] = &["embedding"];

/// A function that reads a space from checked parameters.
pub(crate) type SpaceOf = fn(&Params) -> Space;

/// Returns the parameter `name` that chooses a space: `tf-isf` or `embedding`. The entry
/// also declares [`Parameter::embedder_when`](epitome_base::spec::Parameter::embedder_when).
pub(crate) const fn space_choice(
    name: &'static str,
    about: &'static str,
) -> Choice<SpaceOf, 2> {
    Choice::new(
        name,
        [
            ("tf-isf", |_| Space::Terms),
            (EMBEDDING[0], |params| Space::Embedding(params.embedder())),
        ],
        about,
    )
}

/// Returns a vector for each sentence of the body.
pub fn embedded_sentences(embedder: &NamedEmbedder, document: &Document) -> Embeddings {
    let sentences = 0..document.sentences().len();
    let texts: Vec<&str> = sentences.map(|at| document.sentence_text(at)).collect();
    embedder.embedder.texts(&texts)
}

/// Links between all pairs of different sentences, of the weight `max(0, cos)`. Takes 8
/// bytes for each pair.
pub struct CosineLinks {
    count: usize,
    /// The weights of the links of each sentence to those before it.
    weights: Vec<f64>,
}

impl CosineLinks {
    /// Returns the links of sentences with these vectors. `O(N² · width)`.
    pub fn of(vectors: &Embeddings) -> Self {
        let pairs = (0..vectors.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
        let weights = pairs.map(|(a, b)| vectors.cosine(a, vectors, b).max(0.0));
        Self {
            count: vectors.len(),
            weights: weights.collect(),
        }
    }

    /// Returns the weights of the links of each sentence to those before it.
    fn rows(&self) -> impl Iterator<Item = (usize, &[f64])> {
        let mut rest = self.weights.as_slice();
        (0..self.count).map(move |at| {
            let (row, others) = rest.split_at(at);
            rest = others;
            (at, row)
        })
    }
}

impl Links for CosineLinks {
    fn len(&self) -> usize {
        self.count
    }

    fn strengths(&self) -> Vec<f64> {
        let mut strengths = vec![0.0; self.count];
        self.gather(&vec![1.0; self.count], &mut strengths);
        strengths
    }

    fn gather(&self, flows: &[f64], into: &mut [f64]) {
        into.fill(0.0);
        for (at, row) in self.rows() {
            for (other, weight) in row.iter().enumerate() {
                into[at] += weight * flows[other];
                into[other] += weight * flows[at];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::{embedder, lines};

    #[test]
    fn links_are_cosines_above_zero() {
        // whales (1, 0), whales and ships (1, 1), no known word, ships (0, 1), storms (0, −1)
        let document = lines("whales\nwhales ships\nsea\nships\nstorms\n");
        let links = CosineLinks::of(&embedded_sentences(&embedder(), &document));
        let half = 0.5_f64.sqrt();
        for (found, wanted) in
            links
                .strengths()
                .iter()
                .zip([half, 2.0 * half, 0.0, half, 0.0])
        {
            assert!((found - wanted).abs() < 1e-12, "{found} {wanted}");
        }

        let mut into = [9.0; 5];
        links.gather(&[1.0, 0.0, 1.0, 0.0, 1.0], &mut into);
        assert!((into[1] - half).abs() < 1e-12 && into[0] == 0.0, "{into:?}");
    }
}
