//! YAKE: words and phrases scored by statistics of a single text.

mod entities;
mod neighbours;
mod phrases;
mod profile;
mod reading;
mod sentences;
mod weights;
mod words;

use epitome_base::spec::{Entry, Parameter, ParameterKind, Params, Profile, Profiles};
use epitome_text::{CorpusView, Document};

use super::{
    candidates::Candidate,
    extractor::{CandidateScorer, KeywordExtractor},
    keyphrase::ScoredPhrases,
};
use phrases::{Links, Phrases};
pub use profile::Profile048;
use reading::Reading;

/// A function that builds an extractor from checked parameters.
type Build = fn(&Params) -> Box<dyn KeywordExtractor>;

const PROFILES: &Profiles<Build, 3> = &Profiles::new(
    [
        (Profile::plain("program"), |params| {
            Box::new(Profile048::from(params))
        }),
        (
            Profile::with("0.4.8", &[("stop-words", "list:yake-0.4.8")]),
            |params| Box::new(Profile048::from(params).printed()),
        ),
        (Profile::plain("epitome"), |params| {
            Box::new(Yake::from(params))
        }),
    ],
    "`program`: as the program YAKE 0.4.8, with the stop list of the language and, in scripts without spaces, epitome's words; `0.4.8`: as the program with its own stop list; `epitome`: on epitome's words and sentences",
);

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "yake",
    about: "word sequences by case, position, frequency, neighbours and spread over sentences",
    source: "Campos et al. (2020), YAKE! Keyword extraction from single documents using multiple local features, Information Sciences 509:257-289",
    parameters: &[
        Parameter {
            name: "max-words",
            kind: ParameterKind::Integer(1, 100),
            default: "3",
            about: "longest phrase, in words",
        },
        Parameter {
            name: "likeness",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0.9",
            about: "Levenshtein ratio to a better phrase above which a phrase is left out",
        },
        PROFILES.parameter(),
        Parameter {
            name: "stop-words",
            kind: ParameterKind::When(
                "profile",
                &["program", "0.4.8"],
                &ParameterKind::File(&[]),
            ),
            default: "none",
            about: "stop list, separated by white space: YAKE's own for English in its profile; none: that of the language",
        },
    ],
    build: |params| params.profile(PROFILES)(params),
};

impl Default for Profile048 {
    fn default() -> Self {
        Self::from(&ENTRY.defaults())
    }
}

/// YAKE: the score of a phrase combines the scores of its words and its frequency.
///
/// ```text
/// S(phrase) = Π H(w) · (2 − p) / (TF(phrase) · (p + Σ H(w)))        lower is better
/// H(w)      = Position · Relatedness / (Case + Frequency/Relatedness + Spread/Relatedness)
/// ```
///
/// Products and sums are over the words of a phrase that are no stop words. `p` is the
/// probability that its inner stop words follow and precede their neighbours, 1 if there are
/// none. `yake/weights.rs` has the features of a word. Phrases are sequences of up to `max-words`
/// words without punctuation between them that begin and end with a content word and occur at
/// least once without a number or a word of mixed signs. The returned score is `1/S`. A phrase is
/// left out if its Levenshtein ratio to a better one is above `likeness`. `O(n log n)` for `n`
/// words.
///
/// Campos et al. (2020), with the definitions of their program YAKE 0.4.8 where the two
/// differ: relatedness without the shares of neighbours over the largest term frequency,
/// and inner stop words by probability.
///
/// This type is `profile=epitome`. It differs from the program ([`Profile048`], the default) as
/// follows: words are those of the document, are equal by stem, and are one word if joined by
/// hyphens; the title is the first sentence; a hard line wrap ends no sentence. All inner stop
/// words of a phrase have one `p`; in the program, which adds them up, two of them can make the
/// denominator, and thus the score of a bad phrase, negative.
#[derive(Debug, Clone)]
pub struct Yake {
    /// The longest phrase, in words.
    pub max_words: usize,
    /// Levenshtein ratio to a better phrase above which a phrase is left out.
    pub likeness: f64,
}

default_of_entry!(Yake);

impl From<&Params> for Yake {
    fn from(params: &Params) -> Self {
        Self {
            max_words: params.integer("max-words") as usize,
            likeness: params.number("likeness"),
        }
    }
}

impl CandidateScorer for Yake {
    fn candidates(&self, document: &Document, _: &CorpusView) -> ScoredPhrases {
        let (reading, tokens) = Reading::of(document);
        let mut phrases = Phrases::of(&reading, self.max_words, Links::Joint);
        phrases
            .all
            .sort_unstable_by_key(|phrase| (phrase.words.start, phrase.words.end));

        // from indices of words to ranges of tokens
        let candidates = phrases
            .all
            .iter()
            .map(|phrase| {
                let occurrences = phrases.places[phrase.places.clone()]
                    .iter()
                    .map(|&first| {
                        let last = first as usize + phrase.words.len() - 1;
                        tokens[first as usize].start..tokens[last].end
                    })
                    .collect();
                Candidate::at(occurrences)
            })
            .collect();

        ScoredPhrases {
            candidates,
            scores: phrases
                .all
                .iter()
                .map(|phrase| 1.0 / phrase.score)
                .collect(),
            likeness: Some(self.likeness),
        }
    }

    fn signature(&self, document: &Document, _: &CorpusView) -> String {
        let language = document.language().entry();
        let (stem, stop) = (language.stemmer_name(), language.stop_list_name());
        format!("stem:{stem}|stop:{stop}|max-words:{}", self.max_words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::english;

    fn found(text: &str) -> Vec<String> {
        let yake = Yake {
            max_words: 3,
            likeness: 0.9,
        };
        yake.extract(&english(text), &CorpusView::none(), 20)
            .into_iter()
            .map(|phrase| phrase.text)
            .collect()
    }

    #[test]
    fn inner_stop_words_and_hyphens_stay_in_a_phrase() {
        let found = found("The history of bridges. A real-time system.");
        assert!(
            found.contains(&"history of bridges".to_owned()),
            "{found:?}"
        );
        assert!(found.contains(&"real-time system".to_owned()), "{found:?}");
        assert!(
            !found
                .iter()
                .any(|phrase| phrase == "real" || phrase == "time")
        );
    }

    #[test]
    fn early_words_and_names_lead() {
        let text = "Bridges were closed. Later the Weir was closed. Much later the Weir \
                    fell. Some old boats fell too.";
        let found = found(text);
        let place = |word: &str| found.iter().position(|phrase| phrase == word);
        assert!(place("Weir") < place("boats"), "{found:?}");
        assert!(place("Bridges") < place("boats"), "{found:?}");
    }

    #[test]
    fn similar_phrases_are_left_out() {
        let found = found("A steam engineering. Many steam engineerings.");
        let alike = found
            .iter()
            .filter(|phrase| phrase.starts_with("steam engineering"));
        assert_eq!(alike.count(), 1, "{found:?}");
    }
}
