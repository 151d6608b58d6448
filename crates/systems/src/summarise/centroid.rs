//! Centroid: sentences near the middle of the document.

use crate::rank::{Vectors, length};
use epitome_base::spec::{Entry, Kind, Parameter, Params};
use epitome_text::Document;

use super::{SentenceScorer, Summariser};

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "centroid",
    about: "likeness to the sum of all sentences",
    source: "Rossiello, Basile & Semeraro (2017), Centroid-based text summarization through compositionality of word embeddings, MultiLing; mead: Radev, Jing, Styś & Tam (2004), Centroid-based summarization of multiple documents, IP&M 40(6)",
    parameters: &[
        Parameter {
            name: "form",
            kind: Kind::Choice(&["cosine", "mead"]),
            default: "cosine",
            about: "cosine to the centroid, or MEAD's sum with position and first sentence",
        },
        Parameter {
            name: "threshold",
            kind: Kind::Number(0.0, 1.0),
            default: "0.3",
            about: "words below this share of the centroid's heaviest are left out of it",
        },
    ],
    build: |params| Box::new(Centroid::from(params)),
};

/// Distance from the centroid of the tf-isf vectors.
///
/// ```text
/// c(t)     = Σₛ tf(t, s) · ln(N / n(t));  0 where below threshold · max c
/// cosine   score(s) = cos(s, c)
/// mead     score(s) = C(s) + P(s) + F(s)
///          C(s) = Σ_{t ∈ s} tf(t, s) c(t)    P(s) = (N − i + 1)/N · max C    F(s) = s₁ · s
/// ```
///
/// `i` counts sentences from 1, `s₁` is the first. `O(tokens)`.
///
/// Rossiello et al. (2017), section 3, with words for embeddings; Radev et al. (2004),
/// section 4, all three weights 1. Departures: idf from the sentences of the document;
/// sentences too like a pick are not left out, but for equal ones.
struct Centroid {
    mead: bool,
    threshold: f64,
}

impl From<&Params> for Centroid {
    fn from(params: &Params) -> Self {
        let mead = params.text("form") == "mead";
        Self { mead, threshold: params.number("threshold") }
    }
}

impl SentenceScorer for Centroid {
    fn scores(&self, document: &Document) -> Vec<f64> {
        let counts = Vectors::counts(document);
        let vectors = counts.clone().scaled(&counts.isf());
        let centroid = self.centroid(&vectors);
        match self.mead {
            true => mead(&counts, &vectors, &centroid),
            false => cosines(&vectors, &centroid),
        }
    }
}

impl Centroid {
    fn centroid(&self, vectors: &Vectors) -> Vec<f64> {
        let mut centroid = vectors.sum(&vec![1.0; vectors.len()]);
        let floor = self.threshold * centroid.iter().copied().fold(0.0, f64::max);
        centroid.iter_mut().filter(|w| **w < floor).for_each(|weight| *weight = 0.0);
        centroid
    }
}

fn cosines(vectors: &Vectors, centroid: &[f64]) -> Vec<f64> {
    let norm = length(centroid.iter().copied());
    let lengths = vectors.rows().map(|row| length(row.map(|(_, weight)| weight)) * norm);
    let products = vectors.dot(centroid).into_iter().zip(lengths);
    products.map(|(dot, length)| if length > 0.0 { dot / length } else { 0.0 }).collect()
}

fn mead(counts: &Vectors, vectors: &Vectors, centroid: &[f64]) -> Vec<f64> {
    let central = counts.dot(centroid);
    let most = central.iter().copied().fold(0.0, f64::max);
    let mut first = vec![0.0; vectors.width()];
    if !vectors.is_empty() {
        vectors.row(0).for_each(|(term, weight)| first[term] = weight);
    }
    let count = vectors.len() as f64;
    let rows = central.iter().zip(vectors.dot(&first)).enumerate();
    rows.map(|(at, (central, first))| {
        central + (count - at as f64) / count * most + first
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    const TEXT: &str = "ships\nwhales sing\nwhales sing\nsea\n";

    #[test]
    fn what_is_repeated_is_the_middle() {
        // c: whales and sing 2 ln 2 each, ships and sea ln 4, all equal; norm 4 ln 2
        let found = Centroid { mead: false, threshold: 0.0 }.scores(&lines(TEXT));
        let wanted = [0.5, 0.5_f64.sqrt(), 0.5_f64.sqrt(), 0.5];
        for (found, wanted) in found.iter().zip(wanted) {
            assert!((found - wanted).abs() < 1e-12, "{found} {wanted}");
        }
    }

    #[test]
    fn mead_adds_position_and_the_first_sentence() {
        let found = Centroid { mead: true, threshold: 0.0 }.scores(&lines(TEXT));
        let ln2 = 2.0_f64.ln();
        // C: 2, 4, 4, 2 times ln 2; P: 4, 3, 2, 1; F: 4 ln² 2 for the first alone
        let wanted = [6.0 * ln2 + 4.0 * ln2 * ln2, 7.0 * ln2, 6.0 * ln2, 3.0 * ln2];
        for (found, wanted) in found.iter().zip(wanted) {
            assert!((found - wanted).abs() < 1e-12, "{found} {wanted}");
        }
    }
}
