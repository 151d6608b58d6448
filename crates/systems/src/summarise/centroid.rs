//! Centroid: sentences near the centre of the document.

use crate::rank::{
    Budget, EMBEDDING, Selection, Space, SpaceOf, Summary, Vectors, best_first,
    embedded_sentences, length, space_choice,
};
use epitome_base::{
    embedding::{Embeddings, NamedEmbedder},
    spec::{Choice, Entry, Parameter, ParameterKind, Params},
};
use epitome_text::Document;

use super::summariser::Summariser;

const FORM: &Choice<bool, 2> = &Choice::new(
    "form",
    [("cosine", false), ("mead", true)],
    "cosine to the centroid, or MEAD's sum with position and first sentence",
);

const SPACE: &Choice<SpaceOf, 2> =
    &space_choice("space", "tf-isf vectors, or those of an embedder");

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "centroid",
    about: "similarity to the sum of all sentences",
    source: "Rossiello, Basile & Semeraro (2017), Centroid-based text summarization through compositionality of word embeddings, MultiLing; mead: Radev, Jing, Styś & Tam (2004), Centroid-based summarization of multiple documents, IP&M 40(6)",
    parameters: &[
        FORM.parameter(),
        Parameter {
            name: "threshold",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0.3",
            about: "share of the highest weight of the centroid below which words are left out of it",
        },
        Parameter {
            name: "likeness",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0.95",
            about: "cosine to a better sentence above which a sentence is left out",
        },
        Parameter {
            kind: ParameterKind::When("form", &["cosine"], &SPACE.parameter().kind),
            ..SPACE.parameter()
        },
        Parameter::embedder_when("space", EMBEDDING),
    ],
    build: |params| Box::new(Centroid::from(params)),
};

/// Distance from the centroid of the sentences' tf-isf vectors.
///
/// ```text
/// c(t)     = Σₛ tf(t, s) · ln(N / n(t));  0 if below threshold · max c
/// cosine   score(s) = cos(s, c)
/// mead     score(s) = C(s) + P(s) + F(s)
///          C(s) = Σ_{t ∈ s} tf(t, s) c(t)    P(s) = (N − i + 1)/N · max C    F(s) = s₁ · s
/// ```
///
/// `i` numbers sentences from 1, `s₁` is the first. `O(tokens)`.
///
/// `space=embedding`: `c` is the sum of the vectors, of length 1, of the words whose weight is
/// above the threshold, each as it is written first, and `s` the vector of a sentence.
/// `O(N · picks · width)`.
///
/// Rossiello et al. (2017), section 3; Radev et al. (2004), section 4, with all three
/// weights 1. In the form without a model: words replace embeddings. Left open there: the
/// collection in which idf is counted, here the sentences of the document; how alike a
/// sentence may be to a pick, here 0.95 as in Rossiello et al.
#[derive(Debug, Clone, PartialEq)]
pub struct Centroid {
    /// Whether a score is MEAD's sum with position and first sentence, not the cosine.
    pub mead: bool,
    /// The least share of the centroid's largest weight that a weight must have; smaller
    /// ones become 0.
    pub threshold: f64,
    /// The cosine with a pick above which a sentence is left out.
    pub likeness: f64,
    /// The space in which sentences are compared; [`Self::mead`] is in that of words only.
    pub space: Space,
}

default_of_entry!(Centroid);

impl From<&Params> for Centroid {
    fn from(params: &Params) -> Self {
        let mead = params.choice(FORM);
        let (threshold, likeness) =
            (params.number("threshold"), params.number("likeness"));
        Self {
            mead,
            threshold,
            likeness,
            space: params.choice(SPACE)(params),
        }
    }
}

impl Summariser for Centroid {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let counts = Vectors::counts(document);
        let vectors = counts.clone().scaled(&counts.isf());
        if let Space::Embedding(embedder) = &self.space {
            let weights = self.centroid(&vectors);
            return self.by_vectors(embedder, &weights, document, budget);
        }

        let scores = self.scores(&counts, &vectors);
        let unit = vectors.normalised();
        let index = unit.transposed();
        self.select(document, budget, scores, |pick| {
            // only sentences that share a word with the pick have a cosine with it
            let mut cosines = vec![0.0; unit.len()];
            for (term, weight) in unit.row(pick) {
                for (other, share) in index.row(term) {
                    cosines[other] += weight * share;
                }
            }
            cosines
        })
    }
}

impl Centroid {
    /// Selects by the vectors of an embedder; `weights` are those of the terms in the
    /// centroid.
    fn by_vectors(
        &self,
        embedder: &NamedEmbedder,
        weights: &[f64],
        document: &Document,
        budget: Budget,
    ) -> Selection {
        let vectors = embedded_sentences(embedder, document);
        let scores = vectors.cosines_to(&centre(embedder, weights, document));
        self.select(document, budget, scores, |pick| {
            vectors.cosines_to(&vectors.select(&[pick as u32]))
        })
    }

    /// Picks the sentences of the highest scores that are not too like a pick. `cosines`
    /// returns those of all sentences to a pick.
    fn select(
        &self,
        document: &Document,
        budget: Budget,
        scores: Vec<f64>,
        cosines: impl Fn(usize) -> Vec<f64>,
    ) -> Selection {
        let mut likeness = vec![0.0_f64; scores.len()];
        let mut summary = Summary::new(document, budget);
        for sentence in best_first(&scores) {
            let row = sentence as usize;
            if summary.is_full() {
                break;
            }
            if likeness[row] > self.likeness || !summary.take(sentence) {
                continue;
            }
            for (likeness, cosine) in likeness.iter_mut().zip(cosines(row)) {
                *likeness = likeness.max(cosine);
            }
        }

        Selection {
            picks: summary.picks().to_vec(),
            scores: Some(scores),
        }
    }

    fn scores(&self, counts: &Vectors, vectors: &Vectors) -> Vec<f64> {
        let centroid = self.centroid(vectors);
        match self.mead {
            true => mead(counts, vectors, &centroid),
            false => cosines(vectors, &centroid),
        }
    }

    fn centroid(&self, vectors: &Vectors) -> Vec<f64> {
        let mut centroid = vectors.sum(&vec![1.0; vectors.len()]);
        let floor = self.threshold * centroid.iter().copied().fold(0.0, f64::max);
        centroid
            .iter_mut()
            .filter(|w| **w < floor)
            .for_each(|weight| *weight = 0.0);
        centroid
    }
}

/// Returns the sum of the vectors of the words that have a weight, each as it is written
/// first.
fn centre(embedder: &NamedEmbedder, weights: &[f64], document: &Document) -> Embeddings {
    let mut is_open: Vec<bool> = weights.iter().map(|weight| *weight > 0.0).collect();
    let contents = document.tokens().iter().filter(|token| token.is_content());
    let first = contents
        .filter(|token| std::mem::replace(&mut is_open[token.term.index()], false));
    let words: Vec<&str> = first
        .map(|token| token.span.of(document.full_text()))
        .collect();
    embedder.embedder.texts(&words).centre()
}

fn cosines(vectors: &Vectors, centroid: &[f64]) -> Vec<f64> {
    let norm = length(centroid.iter().copied());
    let lengths = vectors
        .rows()
        .map(|row| length(row.map(|(_, weight)| weight)) * norm);
    let products = vectors.dot(centroid).into_iter().zip(lengths);
    products
        .map(|(dot, length)| if length > 0.0 { dot / length } else { 0.0 })
        .collect()
}

fn mead(counts: &Vectors, vectors: &Vectors, centroid: &[f64]) -> Vec<f64> {
    let central = counts.dot(centroid);
    let most = central.iter().copied().fold(0.0, f64::max);

    let mut first = vec![0.0; vectors.width()];
    if !vectors.is_empty() {
        vectors
            .row(0)
            .for_each(|(term, weight)| first[term] = weight);
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
    use crate::rank::testing::{embedder, lines};

    const TEXT: &str = "ships\nwhales sing\nwhales sing\nsea\n";

    fn scores(form: &str, text: &str) -> Vec<f64> {
        let spec = format!("centroid(form={form}, threshold=0)")
            .parse()
            .unwrap();
        let built = epitome_base::spec::build("summariser", &[ENTRY], &spec)
            .unwrap()
            .value;
        built
            .summarise(&lines(text), Budget::Sentences(1))
            .scores
            .unwrap()
    }

    #[test]
    fn a_sentence_too_like_a_pick_is_passed_over() {
        let text = "whales sing songs\nships\nwhales sing songs of\nwhales sing\nsea\n";
        let picks = |likeness: f64| {
            let centroid = Centroid {
                mead: false,
                threshold: 0.0,
                likeness,
                space: Space::Terms,
            };
            centroid.summarise(&lines(text), Budget::Sentences(2)).picks
        };
        assert_eq!(picks(1.0), [0, 2], "the same content");
        assert_eq!(picks(0.95)[0], 0);
        assert_ne!(picks(0.95)[1], 2);
    }

    #[test]
    fn what_is_repeated_is_the_middle() {
        // c: whales and sing 2 ln 2 each, ships and sea ln 4, all equal; norm 4 ln 2
        let found = scores("cosine", TEXT);
        let wanted = [0.5, 0.5_f64.sqrt(), 0.5_f64.sqrt(), 0.5];
        for (found, wanted) in found.iter().zip(wanted) {
            assert!((found - wanted).abs() < 1e-12, "{found} {wanted}");
        }
    }

    #[test]
    fn mead_adds_position_and_the_first_sentence() {
        let found = scores("mead", TEXT);
        let ln2 = 2.0_f64.ln();
        // C: 2, 4, 4, 2 times ln 2; P: 4, 3, 2, 1; F: 4 ln² 2 for the first alone
        let wanted = [6.0 * ln2 + 4.0 * ln2 * ln2, 7.0 * ln2, 6.0 * ln2, 3.0 * ln2];
        for (found, wanted) in found.iter().zip(wanted) {
            assert!((found - wanted).abs() < 1e-12, "{found} {wanted}");
        }
    }

    #[test]
    fn an_embedder_knows_the_middle_of_the_words() {
        let centroid = Centroid {
            mead: false,
            threshold: 0.0,
            likeness: 1.0,
            space: Space::Embedding(embedder()),
        };
        // the words of the centroid are whales, sing, ships: their sum is (1, 1)
        let text = "whales sing\nships\nships whales\nsea\n";
        let found = centroid.summarise(&lines(text), Budget::Sentences(1));
        assert_eq!(found.picks, [2]);
        let half = 0.5_f64.sqrt();
        for (found, wanted) in found.scores.unwrap().iter().zip([half, half, 1.0, 0.0]) {
            assert!((found - wanted).abs() < 1e-6, "{found} {wanted}");
        }
    }
}
