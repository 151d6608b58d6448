//! The method `epitome` of this project: weights of phrases that depend on the length of the text.

use epitome_base::spec::{Entry, Params};
use epitome_text::{AnalysisNeeds, CorpusNeeds, CorpusView, Document};

use super::{
    candidates::{Candidate, Candidates, with_candidates},
    extractor::{CandidateScorer, KeywordExtractor},
    frequencies,
    keyphrase::ScoredPhrases,
    word_sequence::WordSequence,
    words::Words,
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "epitome",
    about: "frequency, rarity, length and position of a phrase, with exponents that depend on the length of the text",
    source: "this project; docs/bias.md has the fit of its exponents",
    parameters: &with_candidates::<0, 6>([]),
    build: |params| Box::new(Epitome::from(params)),
};

/// Product of frequency, rarity, length and position of a phrase, with exponents that depend on
/// the length of the text.
///
/// ```text
/// score(c) = tf(c)^a · rarity(c)^b · words(c)^c · e^(d · [words(c) > 1]) / (1 + first(c))^e
/// ```
///
/// `tf` is the number of occurrences, those inside longer phrases included; `rarity` is the sum
/// of the [`idf`](epitome_text::CorpusStatistics::idf) of its content words plus 0.1, where each
/// idf is 5 without a corpus; `words` is its number of words, and `first` the index of the token
/// where it first begins. The exponents are fitted at three lengths of a text in tokens
/// (`KNOTS`), and interpolated linearly in the logarithm of the length. `O(n log n)`.
///
/// Few phrases of an abstract are repeated, so that rare and long ones are best; keyphrases of a
/// long paper are frequent, early and of several words. Without parts of speech, candidates are
/// noisier, long ones most, so that texts below the middle knot are treated as if they had its
/// length. `docs/bias.md` says how the exponents were fitted, and on which data.
#[derive(Debug, Clone)]
pub struct Epitome {
    /// How the candidate phrases are found.
    pub candidates: Candidates,
}

default_of_entry!(Epitome);

/// The exponents for texts of one length.
struct Knot {
    /// Length of the text in tokens.
    length: f64,
    exponents: Exponents,
}

/// The exponents of the formula of [`Epitome`].
struct Exponents {
    frequency: f64,
    rarity: f64,
    words: f64,
    /// Exponent of e, for phrases of several words.
    several: f64,
    place: f64,
}

/// The fitted exponents, for typical lengths of abstracts, news and papers.
const KNOTS: [Knot; 3] = [
    Knot {
        length: 220.0,
        exponents: Exponents {
            frequency: 0.6,
            rarity: 1.7,
            words: 0.2,
            several: 0.0,
            place: 0.2,
        },
    },
    Knot {
        length: 400.0,
        exponents: Exponents {
            frequency: 1.1,
            rarity: 1.4,
            words: -1.9,
            several: 0.0,
            place: 0.25,
        },
    },
    Knot {
        length: 2_500.0,
        exponents: Exponents {
            frequency: 0.85,
            rarity: 0.6,
            words: -0.5,
            several: 1.5,
            place: 0.35,
        },
    },
];

/// Idf of a word if there is no corpus: that of a word in one of 32 documents.
const USUAL: f64 = 5.0;

impl From<&Params> for Epitome {
    fn from(params: &Params) -> Self {
        Self {
            candidates: Candidates::from(params),
        }
    }
}

impl CandidateScorer for Epitome {
    fn candidates(&self, document: &Document, corpus: &CorpusView) -> ScoredPhrases {
        let words = self.candidates.words(document);
        let found = self.candidates.of(document, &words);

        let sequences: Vec<Vec<u32>> = found
            .iter()
            .map(|it| words.ids_of(&it.first).map(|id| id as u32).collect())
            .collect();
        let joints = self.candidates.joints(document);
        let frequencies = WordSequence::of(document, &words, joints).count(&sequences);

        let mut length = document.tokens().len() as f64;
        if !self.candidates.have_tags(document) {
            length = length.max(KNOTS[1].length);
        }
        let exponents = Exponents::at(length);

        let scores = found
            .iter()
            .zip(&sequences)
            .zip(&frequencies)
            .map(|((candidate, sequence), &frequency)| {
                exponents.score(
                    f64::from(frequency),
                    rarity(document, corpus, &words, candidate),
                    sequence.len() as f64,
                    candidate.first.start as f64,
                )
            })
            .collect();
        ScoredPhrases {
            scores,
            candidates: found,
            likeness: None,
        }
    }

    fn needs(&self) -> AnalysisNeeds {
        self.candidates.needs()
    }

    fn corpus_needs(&self) -> CorpusNeeds {
        CorpusNeeds {
            idf: true,
            ..CorpusNeeds::default()
        }
    }

    fn signature(&self, document: &Document, corpus: &CorpusView) -> String {
        self.candidates.signature(document) + frequencies::source(corpus)
    }
}

/// Returns the sum of the idf of the content words of a phrase, plus a constant that keeps it
/// positive.
fn rarity(
    document: &Document,
    corpus: &CorpusView,
    words: &Words<'_>,
    candidate: &Candidate,
) -> f64 {
    const LITTLE: f64 = 0.1;

    let idf = words
        .tokens_of(&candidate.first)
        .map(|token| document.tokens()[token])
        .filter(epitome_text::Token::is_content)
        .map(|token| corpus.idf(token.term).unwrap_or(USUAL));
    idf.sum::<f64>() + LITTLE
}

impl Exponents {
    /// Returns the exponents for a text of `length` tokens; outside of the knots, those of the
    /// nearest.
    fn at(length: f64) -> Self {
        let [short, middle, long] = &KNOTS;
        let (from, to) = if length < middle.length {
            (short, middle)
        } else {
            (middle, long)
        };

        let share = (length / from.length).ln() / (to.length / from.length).ln();
        let share = share.clamp(0.0, 1.0);
        let between = |of: fn(&Self) -> f64| {
            of(&from.exponents) * (1.0 - share) + of(&to.exponents) * share
        };

        Self {
            frequency: between(|it| it.frequency),
            rarity: between(|it| it.rarity),
            words: between(|it| it.words),
            several: between(|it| it.several),
            place: between(|it| it.place),
        }
    }

    /// Returns the score of a phrase by the formula of [`Epitome`].
    fn score(&self, frequency: f64, rarity: f64, words: f64, place: f64) -> f64 {
        let several = if words > 1.0 { self.several } else { 0.0 };
        let logarithm = self.frequency * frequency.ln()
            + self.rarity * rarity.ln()
            + self.words * words.max(1.0).ln()
            + several
            - self.place * (1.0 + place).ln();
        logarithm.exp()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::{english, in_language};

    fn first(document: &Document) -> Option<String> {
        let epitome = Epitome {
            candidates: Candidates::noun_phrases(5),
        };
        epitome
            .extract(document, &CorpusView::none(), 1)
            .into_iter()
            .next()
            .map(|phrase| phrase.text)
    }

    #[test]
    fn exponents_are_those_of_the_knots_and_between_them() {
        assert_eq!(Exponents::at(10.0).frequency, 0.6);
        assert_eq!(Exponents::at(400.0).words, -1.9);
        assert_eq!(Exponents::at(9e9).several, 1.5);
        let middle = Exponents::at((400.0_f64 * 2_500.0).sqrt()).several;
        assert!((middle - 0.75).abs() < 1e-9, "{middle}");
    }

    #[test]
    fn a_longer_phrase_leads_a_short_text() {
        let document = english("A new arch. We tested an old stone arch bridge twice.");
        assert_eq!(first(&document).as_deref(), Some("old stone arch bridge"));
    }

    #[test]
    fn a_frequent_phrase_leads_a_long_text() {
        let filler = "They all went over the mill race. ".repeat(300);
        let document = english(&format!("{filler} An old stone bridge fell. {filler}"));
        assert_eq!(first(&document).as_deref(), Some("mill race"));
    }

    #[test]
    fn without_tags_single_words_lead() {
        let document =
            in_language("fr", "La fusée. La grande capsule orbitale russe. Fusée.");
        assert_eq!(first(&document).as_deref(), Some("fusée"));
    }
}
