//! The method `epitome` of this project: weights of phrases that depend on the length of the text.

use epitome_base::spec::{Entry, Parameter, ParameterKind, Params};
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
    parameters: &with_candidates::<1, 7>([Parameter {
        name: "words",
        kind: ParameterKind::Number(1.0, 5.0),
        default: "2",
        about: "usual number of words of the keyphrases that are wanted",
    }]),
    build: |params| Box::new(Epitome::from(params)),
};

/// Product of frequency, rarity, length and position of a phrase, with exponents that depend on
/// the length of the text.
///
/// ```text
/// score(p) = tf(p)^a · rarity(p)^b · words(p)^(c + words − 2) · e^(d · [words(p) > 1]) / (1 + first(p))^e
/// ```
///
/// `tf` is the number of occurrences, those inside longer phrases included; `rarity` is the sum
/// of the [`idf`](epitome_text::CorpusStatistics::idf) of its content words plus 0.1, where each
/// idf is 5 without a corpus; `words(p)` is its number of words, and `first` the index of the token
/// where it first begins. The parameter `words` says how long the keyphrases are that are
/// wanted, 1 for tags and 3 for terms, since a text does not show it. The exponents are fitted
/// at several lengths of a text in tokens (`TAGGED`, `UNTAGGED`), and interpolated linearly in
/// the logarithm of the length. `O(n log n)`.
///
/// Keyphrases of a few sentences are what they repeat. Few phrases of an abstract are repeated,
/// so that rare and long ones are best; keyphrases of a long paper are frequent, early and of
/// several words. Texts without parts of speech have knots of their own, since their candidates
/// are noisier, long ones most. `docs/bias.md` says how the exponents were fitted, and on which
/// data.
#[derive(Debug, Clone)]
pub struct Epitome {
    /// How the candidate phrases are found.
    pub candidates: Candidates,
    /// The usual number of words of the keyphrases that are wanted.
    pub words: f64,
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

/// The exponents for texts of a few sentences, which the shortest knots have.
const SHORT: Exponents = Exponents {
    frequency: 1.25,
    rarity: 0.6,
    words: 0.0,
    several: 0.0,
    place: 0.5,
};

/// The exponents for news.
const NEWS: Knot = Knot {
    length: 400.0,
    exponents: Exponents {
        frequency: 1.1,
        rarity: 1.4,
        words: -1.9,
        several: 0.0,
        place: 0.25,
    },
};

/// The exponents for papers.
const PAPERS: Knot = Knot {
    length: 2_500.0,
    exponents: Exponents {
        frequency: 1.0,
        rarity: 0.6,
        words: 0.0,
        several: 0.75,
        place: 0.4,
    },
};

/// The knots of texts with parts of speech: a few sentences, abstracts, news and papers.
const TAGGED: [Knot; 4] = [
    Knot {
        length: 60.0,
        exponents: SHORT,
    },
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
    NEWS,
    PAPERS,
];

/// The knots of texts without parts of speech.
const UNTAGGED: [Knot; 3] = [
    Knot {
        length: 150.0,
        exponents: SHORT,
    },
    NEWS,
    PAPERS,
];

/// The number of words of a phrase at which the exponents are those of the fit.
const USUAL_WORDS: f64 = 2.0;

/// Idf of a word if there is no corpus: that of a word in one of 32 documents.
const USUAL: f64 = 5.0;

impl From<&Params> for Epitome {
    fn from(params: &Params) -> Self {
        Self {
            candidates: Candidates::from(params),
            words: params.number("words"),
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

        let knots: &[Knot] = if self.candidates.have_tags(document) {
            &TAGGED
        } else {
            &UNTAGGED
        };
        let mut exponents = Exponents::at(knots, document.tokens().len() as f64);
        exponents.words += self.words - USUAL_WORDS;

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
    /// nearest. There must be two knots at least.
    fn at(knots: &[Knot], length: f64) -> Self {
        let above = knots.partition_point(|knot| knot.length <= length);
        let above = above.clamp(1, knots.len() - 1);
        let (from, to) = (&knots[above - 1], &knots[above]);

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
        first_of(document, 2.0)
    }

    fn first_of(document: &Document, words: f64) -> Option<String> {
        let epitome = Epitome {
            candidates: Candidates::noun_phrases(5),
            words,
        };
        epitome
            .extract(document, &CorpusView::none(), 1)
            .into_iter()
            .next()
            .map(|phrase| phrase.text)
    }

    #[test]
    fn exponents_are_those_of_the_knots_and_between_them() {
        for knots in [&TAGGED[..], &UNTAGGED[..]] {
            for knot in knots {
                let found = Exponents::at(knots, knot.length);
                assert_eq!(found.frequency, knot.exponents.frequency);
            }
        }
        assert_eq!(Exponents::at(&TAGGED, 10.0).place, SHORT.place);
        assert_eq!(
            Exponents::at(&UNTAGGED, 9e9).several,
            PAPERS.exponents.several
        );

        let middle = (NEWS.length * PAPERS.length).sqrt();
        let found = Exponents::at(&TAGGED, middle).several;
        let wanted = f64::midpoint(NEWS.exponents.several, PAPERS.exponents.several);
        assert!((found - wanted).abs() < 1e-9, "{found}");
    }

    #[test]
    fn phrases_are_as_long_as_wanted() {
        let document =
            english("An arch. An arch. We tested an old stone arch bridge twice.");
        assert_eq!(first_of(&document, 1.0).as_deref(), Some("arch"));
        assert_eq!(
            first_of(&document, 4.0).as_deref(),
            Some("old stone arch bridge")
        );
    }

    #[test]
    fn a_longer_phrase_leads_an_abstract() {
        let filler = "They all went over it. ".repeat(36);
        let document = english(&format!(
            "A new arch. We tested an old stone arch bridge twice. {filler}"
        ));
        assert_eq!(first(&document).as_deref(), Some("old stone arch bridge"));
    }

    #[test]
    fn an_early_phrase_leads_a_few_sentences() {
        let document = english("A new arch. We tested an old stone arch bridge twice.");
        assert_eq!(first(&document).as_deref(), Some("new arch"));
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
