//! A method of our own: what a good keyphrase is depends on how long the text is.

use epitome_base::spec::{Entry, Params};
use epitome_text::{AnalysisNeeds, Document};

use super::{
    candidates::{Candidate, Candidates, with_candidates},
    extractor::{CandidateScorer, KeywordExtractor},
    frequencies,
    keyphrase::ScoredPhrases,
    running::Running,
    words::Words,
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "epitome",
    about: "frequency, rarity, length and place of a phrase, weighed by the length of the text",
    source: "our own; docs/bias.md has its recipe",
    parameters: &with_candidates::<0, 6>([]),
    build: |params| Box::new(Epitome::from(params)),
};

/// Frequency, rarity, length and place of a phrase, weighed by the length of the text.
///
/// ```text
/// score(c) = tf(c)^a · rarity(c)^b · words(c)^c · e^(d · [words(c) > 1]) / (1 + first(c))^e
/// ```
///
/// `tf` counts the phrase everywhere, inside longer ones too; `rarity` is the sum of the
/// [`idf`](epitome_text::CorpusStatistics::idf) of its content words, each `USUAL`
/// without a corpus; `words` is its length and `first` the token that it first begins
/// with. The exponents are those of `KNOTS`, in between by the logarithm of the length
/// of the text in tokens. An abstract has few phrases twice, so that rare and long ones
/// are its best; a long paper says its keyphrases often, early and in several words. Without
/// parts of speech candidates are noisy, the long ones most: no text is then taken for
/// shorter than the middle knot. `O(n log n)`.
///
/// How the exponents were fitted, and on what: `docs/bias.md`.
#[derive(Debug, Clone)]
pub struct Epitome {
    /// The phrases that are weighed.
    pub candidates: Candidates,
}

default_of_entry!(Epitome);

/// What a phrase is weighed by in a text of some length.
struct Knot {
    /// In tokens.
    length: f64,
    exponents: Exponents,
}

struct Exponents {
    frequency: f64,
    rarity: f64,
    words: f64,
    /// Of e, where there are several words.
    several: f64,
    place: f64,
}

/// Abstracts, news, papers.
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

/// The idf of a word when there is no corpus: that of one in 32 documents.
const USUAL: f64 = 5.0;

impl From<&Params> for Epitome {
    fn from(params: &Params) -> Self {
        Self {
            candidates: Candidates::from(params),
        }
    }
}

impl CandidateScorer for Epitome {
    fn candidates(&self, document: &Document) -> ScoredPhrases {
        let words = self.candidates.words(document);
        let found = self.candidates.of(document, &words);
        let sequences: Vec<Vec<u32>> = found
            .iter()
            .map(|it| words.ids_of(&it.first).map(|id| id as u32).collect())
            .collect();
        let frequencies = Running::of(document, &words).count(&sequences);
        let mut length = document.tokens().len() as f64;
        if !self.candidates.have_tags(document) {
            length = length.max(KNOTS[1].length);
        }
        let exponents = Exponents::at(length);
        let scores = found.iter().zip(&sequences).zip(&frequencies);
        let scores = scores.map(|((candidate, sequence), &frequency)| {
            let rarity = rarity(document, &words, candidate);
            let place = candidate.first.start as f64;
            exponents.score(f64::from(frequency), rarity, sequence.len() as f64, place)
        });
        ScoredPhrases {
            scores: scores.collect(),
            candidates: found,
            likeness: None,
        }
    }

    fn needs(&self) -> AnalysisNeeds {
        AnalysisNeeds {
            idf: true,
            ..self.candidates.needs()
        }
    }

    fn signature(&self, document: &Document) -> String {
        self.candidates.signature(document) + frequencies::source(document)
    }
}

/// The idf of the content words of a phrase, added up; a little without any.
fn rarity(document: &Document, words: &Words<'_>, candidate: &Candidate) -> f64 {
    const LITTLE: f64 = 0.1;
    let tokens = words.tokens_of(&candidate.first);
    let content = tokens.filter(|&token| document.tokens()[token].is_content());
    let idf = |token| {
        document
            .idf()
            .map_or(USUAL, |_| frequencies::idf(document, token))
    };
    content.map(idf).sum::<f64>() + LITTLE
}

impl Exponents {
    /// Those for a text of `length` tokens.
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
            .extract(document, 1)
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
