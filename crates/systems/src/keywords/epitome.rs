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
    about: "frequency, rarity, length, position and independence of a phrase, with exponents that depend on the length of the text",
    source: "this project; docs/bias.md has the fit of its exponents",
    parameters: &with_candidates::<1, 9>([Parameter {
        name: "words",
        kind: ParameterKind::Number(1.0, 5.0),
        default: "2",
        about: "usual number of words of the keyphrases that are wanted",
    }]),
    build: |params| Box::new(Epitome::from(params)),
};

/// Product of frequency, rarity, length, position and independence of a phrase, with exponents
/// that depend on the length of the text.
///
/// ```text
/// score(p) = tf(p)^a · rarity(p)^b · words(p)^(c + words − 2) · e^(d · [words(p) > 1]) · alone(p)^f / (1 + first(p))^e
/// ```
///
/// `tf` is the number of occurrences, those inside longer phrases included; `rarity` is the sum
/// of the [`idf`](epitome_text::CorpusStatistics::idf) of its content words plus 0.1, where each
/// idf is 5 without a corpus; `words(p)` is its number of words, `first` the index of the token
/// where it first begins, and `alone` the share of its occurrences that are a candidate by
/// themselves. The parameter `words` says how long the keyphrases are that are
/// wanted, 1 for tags and 3 for terms, since a text does not show it. The exponents are fitted
/// at three lengths of a text in tokens (`KNOTS`), and interpolated linearly in the logarithm
/// of the length. `O(n log n)`.
///
/// `docs/bias.md` says how the exponents were fitted, and on which data.
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
    alone: f64,
}

/// The exponents for abstracts, news and papers: those that `tools/leave_one_out` finds on all
/// its corpora.
const KNOTS: [Knot; 3] = [
    Knot {
        length: 220.0,
        exponents: Exponents {
            frequency: 1.25,
            rarity: 0.25,
            words: -0.5,
            several: 0.75,
            place: 0.25,
            alone: 0.5,
        },
    },
    Knot {
        length: 400.0,
        exponents: Exponents {
            frequency: 1.25,
            rarity: 0.6,
            words: -1.4,
            several: 0.75,
            place: 0.25,
            alone: 0.2,
        },
    },
    Knot {
        length: 2_500.0,
        exponents: Exponents {
            frequency: 1.25,
            rarity: 0.25,
            words: 0.4,
            several: 0.75,
            place: 0.35,
            alone: 0.2,
        },
    },
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

        let mut exponents = Exponents::at(document.tokens().len() as f64);
        exponents.words += self.words - USUAL_WORDS;

        let scores = found
            .iter()
            .zip(&sequences)
            .zip(&frequencies)
            .map(|((candidate, sequence), &frequency)| {
                exponents.score(&Features {
                    frequency: f64::from(frequency),
                    rarity: rarity(document, corpus, &words, candidate),
                    words: sequence.len() as f64,
                    place: candidate.first.start as f64,
                    occurrences: candidate.occurrences.len() as f64,
                })
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

/// What the score of a phrase depends on.
struct Features {
    /// Number of occurrences, those inside longer candidates included; at least 1.
    frequency: f64,
    rarity: f64,
    words: f64,
    /// Index of the token where it first begins.
    place: f64,
    /// Number of occurrences as a candidate by itself; at least 1.
    occurrences: f64,
}

impl Exponents {
    /// Returns the exponents for a text of `length` tokens; outside of the knots, those of the
    /// nearest.
    fn at(length: f64) -> Self {
        let above = KNOTS.partition_point(|knot| knot.length <= length);
        let above = above.clamp(1, KNOTS.len() - 1);
        let (from, to) = (&KNOTS[above - 1], &KNOTS[above]);

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
            alone: between(|it| it.alone),
        }
    }

    /// Returns the score of a phrase by the formula of [`Epitome`].
    fn score(&self, of: &Features) -> f64 {
        let several = if of.words > 1.0 { self.several } else { 0.0 };
        let alone = (of.occurrences / of.frequency).min(1.0);
        let logarithm = self.frequency * of.frequency.ln()
            + self.rarity * of.rarity.ln()
            + self.words * of.words.max(1.0).ln()
            + several
            + self.alone * alone.ln()
            - self.place * (1.0 + of.place).ln();
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
        for knot in &KNOTS {
            let found = Exponents::at(knot.length);
            assert!((found.words - knot.exponents.words).abs() < 1e-9);
        }
        let [abstracts, news, papers] = &KNOTS;
        assert_eq!(Exponents::at(10.0).words, abstracts.exponents.words);
        assert_eq!(Exponents::at(9e9).words, papers.exponents.words);

        let found = Exponents::at((news.length * papers.length).sqrt()).words;
        let wanted = f64::midpoint(news.exponents.words, papers.exponents.words);
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
    fn a_phrase_that_is_inside_others_has_less_than_one_by_itself() {
        let features = |occurrences: f64| Features {
            frequency: 4.0,
            rarity: 5.0,
            words: 1.0,
            place: 0.0,
            occurrences,
        };
        let exponents = Exponents::at(220.0);
        let ratio = exponents.score(&features(1.0)) / exponents.score(&features(4.0));
        assert!((ratio - 0.25_f64.sqrt()).abs() < 1e-9, "{ratio}");
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
