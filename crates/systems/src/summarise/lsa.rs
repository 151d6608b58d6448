//! LSA: sentences that represent the topics of a text.

mod sumy;

use crate::rank::{Singular, Vectors, sentence_svd};
use epitome_base::spec::{Choice, Entry, Parameter, ParameterKind, Params, Profiles};
use epitome_text::Document;

use super::{
    profiles::Build,
    profiles::paper_or_sumy,
    profiles::stop_words_of,
    summariser::{SentenceScorer, Summariser},
};

const METHOD: &Choice<bool, 2> = &Choice::new(
    "method",
    [("steinberger", false), ("gong-liu", true)],
    "score by the length in the space of topics, or the best sentence of each topic in turn",
);

const WEIGHTS: &Choice<Weights, 3> = &Choice::new(
    "weights",
    [
        ("tf", Weights::Tf),
        ("binary", Weights::Binary),
        ("tf-isf", Weights::TfIsf),
    ],
    "weight of a word in a sentence",
);

const PROFILES: &Profiles<Build, 2> = &paper_or_sumy(
    |params| Box::new(Lsa::from(params)),
    |params| Box::new(sumy::Lsa::from(params)),
);

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "lsa",
    about: "singular vectors of the words by sentences",
    source: "Steinberger & Ježek (2004), Using latent semantic analysis in text summarization and summary evaluation, ISIM; gong-liu: Gong & Liu (2001), Generic text summarization using relevance measure and latent semantic analysis, SIGIR",
    parameters: &[
        METHOD.parameter(),
        WEIGHTS.parameter(),
        Parameter {
            name: "dimensions",
            kind: ParameterKind::Integer(1, 200),
            default: "50",
            about: "maximum number of topics",
        },
        PROFILES.parameter(),
        stop_words_of(&["sumy"]),
    ],
    build: |params| params.profile(PROFILES)(params),
};

/// Latent semantic analysis of the matrix `A = U Σ Vᵀ` of terms by sentences.
///
/// ```text
/// steinberger   score(j) = √ Σ_{i ≤ r} σᵢ² vᵢⱼ²        r: the σᵢ ≥ σ₁/2
/// gong-liu      topic by topic, the sentence of the largest |vᵢⱼ| that is left;
///               its score is σᵢ
/// ```
///
/// `weights` are tf, 1, or tf · ln(N / n(t)). With all of them the method is close to a
/// ranking by length, since long sentences are long vectors: ROUGE-1 22.1, 22.8 and 21.2
/// on 149 documents of CNN/DailyMail, on which the longest sentences have 22.2. There are
/// at most `dimensions` topics. `O(N³)` up to 256 sentences; above, the cost of
/// [`sentence_svd`].
///
/// Gong & Liu (2001), section 4; Steinberger & Ježek (2004), section 3, both on vectors
/// of term frequencies. Left open there: how these are weighted. The sign of a singular
/// vector is arbitrary and does not count in gong-liu; sentences beyond the topics score
/// 0 there.
#[derive(Debug, Clone, PartialEq)]
pub struct Lsa {
    /// Whether the best sentence of each topic is picked in turn, not the longest
    /// vectors.
    pub topic_by_topic: bool,
    /// The weight of a word in a sentence.
    pub weights: Weights,
    /// The largest number of topics.
    pub dimensions: usize,
}

default_of_entry!(Lsa);

/// The weight of a word in a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Weights {
    /// The frequency in the sentence times `ln(N / n(t))`.
    TfIsf,
    /// The frequency in the sentence.
    Tf,
    /// The weight 1 for every word.
    Binary,
}

impl From<&Params> for Lsa {
    fn from(params: &Params) -> Self {
        Self {
            topic_by_topic: params.choice(METHOD),
            weights: params.choice(WEIGHTS),
            dimensions: params.integer("dimensions") as usize,
        }
    }
}

impl SentenceScorer for Lsa {
    fn scores(&self, document: &Document) -> Vec<f64> {
        let vectors = match self.weights {
            Weights::TfIsf => Vectors::tf_isf(document),
            Weights::Tf => Vectors::counts(document),
            Weights::Binary => binary(&Vectors::counts(document)),
        };
        let topics = sentence_svd(&vectors, self.dimensions);
        match self.topic_by_topic {
            true => best_of_each_topic(&topics, vectors.len()),
            false => length_among_topics(&topics, vectors.len()),
        }
    }
}

fn binary(counts: &Vectors) -> Vectors {
    let mut binary = Vectors::empty(counts.width());
    for row in counts.rows() {
        binary.push_row(row.map(|(term, _)| (term as u32, 1.0)));
    }
    binary
}

fn length_among_topics(topics: &Singular, sentences: usize) -> Vec<f64> {
    let half = topics.values.first().map_or(0.0, |first| first / 2.0);
    let mut squares = vec![0.0; sentences];
    for (value, vector) in topics.values.iter().zip(&topics.sentences) {
        // 1e-9: a value that is exactly half the first is kept despite rounding errors
        if *value < half * (1.0 - 1e-9) {
            break;
        }
        for (square, entry) in squares.iter_mut().zip(vector) {
            *square += (value * entry) * (value * entry);
        }
    }
    squares.into_iter().map(f64::sqrt).collect()
}

fn best_of_each_topic(topics: &Singular, sentences: usize) -> Vec<f64> {
    let mut scores = vec![0.0; sentences];
    let topics = topics.values.iter().zip(&topics.sentences);
    for (&value, vector) in topics.take_while(|(value, _)| **value > 0.0) {
        let mut best: Option<usize> = None;
        for (at, entry) in vector
            .iter()
            .enumerate()
            .filter(|(at, _)| scores[*at] == 0.0)
        {
            // 1e-9: between equals the rounding errors of the vectors must not decide
            if best.is_none_or(|best: usize| entry.abs() > vector[best].abs() + 1e-9) {
                best = Some(at);
            }
        }
        if let Some(best) = best {
            scores[best] = value;
        }
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    fn scores(method: &str, weights: &str, text: &str) -> Vec<f64> {
        let spec = format!("lsa(method={method}, weights={weights})")
            .parse()
            .unwrap();
        let built = epitome_base::spec::build("summariser", &[ENTRY], &spec)
            .unwrap()
            .value;
        let document = lines(text);
        built
            .summarise(&document, crate::rank::Budget::Sentences(1))
            .scores
            .unwrap()
    }

    const TEXT: &str = "cats cats cats\ndogs bark\ndogs bark\nships\n";

    #[test]
    fn a_topic_of_less_than_half_the_weight_is_none() {
        // σ = 3 (cats), 2 (dogs bark, twice), 1 (ships): the last does not count
        let found = scores("steinberger", "tf", TEXT);
        let wanted = [3.0, 2.0_f64.sqrt(), 2.0_f64.sqrt(), 0.0];
        for (found, wanted) in found.iter().zip(wanted) {
            assert!((found - wanted).abs() < 1e-9, "{found} {wanted}");
        }
    }

    #[test]
    fn each_topic_has_its_sentence() {
        let found = scores("gong-liu", "tf", TEXT);
        for (found, wanted) in found.iter().zip([3.0, 2.0, 0.0, 1.0]) {
            assert!((found - wanted).abs() < 1e-9, "{found} {wanted}");
        }
    }
}
