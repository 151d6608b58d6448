//! The prior of the sentences of a text: how much earlier ones are worth.

use epitome_text::Document;

use super::opening;

/// The parameters of [`Epitome`](super::Epitome) that a prior depends on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Strength {
    pub(super) lead: f64,
    pub(super) opening: f64,
    pub(super) short: f64,
    pub(super) place: f64,
    pub(super) cluster: f64,
    pub(super) growth: f64,
    pub(super) long: f64,
}

/// The exponents of the prior of a text. The prior of a sentence is `n` to the power of
/// minus one of them, in which `n` is the place of the sentence in its own document, from
/// 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Prior {
    /// The exponent `α` of the weights that a sentence gives to its words.
    pub(super) of_words: f64,
    /// The exponent of the factor of the sentence itself.
    pub(super) of_sentence: f64,
}

impl Prior {
    /// No prior: all sentences are worth the same.
    pub(super) const NONE: Self = Self {
        of_words: 0.0,
        of_sentence: 0.0,
    };

    /// Returns the prior of a text by the formulas of [`Epitome`](super::Epitome).
    pub(super) fn of(document: &Document, strength: Strength) -> Self {
        let sentences = document.sentences().len();
        let documents = document.document_of(sentences.saturating_sub(1)) + 1;
        let count = sentences as f64 / documents as f64;

        let central = opening::strength(document) - 1.0;
        let power = (strength.lead + strength.opening * central).max(0.0);
        let of_words = power * count / (count + strength.short).max(1.0);

        let share = if document.is_cluster() {
            strength.cluster
        } else {
            strength.place
        };
        let longer = (count / strength.long.max(1.0)).ln().max(0.0);
        Self {
            of_words,
            of_sentence: share * of_words + strength.growth * longer,
        }
    }

    /// Returns the weight that each sentence gives to its words.
    pub(super) fn weights(self, document: &Document) -> Vec<f64> {
        powers(document, self.of_words)
    }

    /// Returns the factor of each sentence.
    pub(super) fn factors(self, document: &Document) -> Vec<f64> {
        powers(document, self.of_sentence)
    }
}

/// Returns `n^−power` for each sentence, in which `n` is its place in its own document.
fn powers(document: &Document, power: f64) -> Vec<f64> {
    (0..document.sentences().len())
        .map(|at| (document.place_in_document(at) as f64 + 1.0).powf(-power))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::{cluster, lines};

    const NONE: Strength = Strength {
        lead: 0.0,
        opening: 0.0,
        short: 0.0,
        place: 0.0,
        cluster: 0.0,
        growth: 0.0,
        long: 1.0,
    };

    #[test]
    fn it_is_as_strong_as_the_opening() {
        let strong = Strength {
            lead: 0.5,
            opening: 1.5,
            ..NONE
        };
        let news = lines("whales ships\nwhales\nships\n");
        let report = lines("whales\nships\nwhales ships\n");
        let central = opening::strength(&news) - 1.0;
        assert_eq!(Prior::of(&news, strong).of_words, 0.5 + 1.5 * central);
        assert!(Prior::of(&report, strong).of_words < 0.5);
        assert_eq!(Prior::of(&lines(""), strong), Prior::NONE);
    }

    #[test]
    fn it_grows_with_the_sentences_beyond_long() {
        let strong = Strength {
            long: 2.0,
            growth: 3.0,
            ..NONE
        };
        let of_sentence = |text| Prior::of(&lines(text), strong).of_sentence;
        assert_eq!(of_sentence("whales\nships\n"), 0.0);
        assert_eq!(
            of_sentence("whales\nships\nwhales\nships\n"),
            3.0 * 2.0_f64.ln()
        );
    }

    #[test]
    fn the_documents_of_a_cluster_each_have_their_own() {
        let strong = Strength {
            lead: 1.0,
            cluster: 0.5,
            ..NONE
        };
        let document = cluster("whales\nships\nwhales\nships\n", &[0, 13]);
        let prior = Prior::of(&document, strong);
        assert_eq!(prior.weights(&document), [1.0, 0.5, 1.0, 0.5]);
        let half = 0.5_f64.sqrt();
        assert_eq!(prior.factors(&document), [1.0, half, 1.0, half]);
    }
}
