//! Edmundson: cue words, key words, title words and location.

mod cues;
mod locations;
mod sumy;

use cues::cue_lists;
use locations::locations;

use crate::rank::{Vectors, query_counts};
use epitome_base::spec::{Entry, Parameter, ParameterKind, Params, Profile, Profiles};
use epitome_text::Document;

use super::{
    profiles::Build,
    summariser::{SentenceScorer, Summariser},
};

const PROFILES: &Profiles<Build, 2> = &Profiles::new(
    [
        (Profile::plain("paper"), |params| {
            Box::new(Edmundson::from(params))
        }),
        (
            Profile::with(
                "sumy",
                &[
                    ("stop-words", "list:sumy-0.13.0"),
                    ("bonus", sumy::BONUS),
                    ("stigma", sumy::STIGMA),
                ],
            ),
            |params| Box::new(sumy::Edmundson::from(params)),
        ),
    ],
    "the paper's definition, or what sumy 0.13 computes",
);

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "edmundson",
    about: "cue words, key words, title words and location, weighted",
    source: "Edmundson (1969), New methods in automatic extracting, JACM 16(2):264-285",
    parameters: &[
        weight("cue", "1", "weight of bonus words less stigma words"),
        weight("key", "0", "weight of the frequencies of key words"),
        weight("title", "1", "weight of words of the title"),
        weight(
            "location",
            "1",
            "weight of first and last paragraphs and sentences",
        ),
        Parameter {
            name: "bonus",
            kind: ParameterKind::Text,
            default: "",
            about: "bonus words, which raise the score of a sentence; empty: those of the language",
        },
        Parameter {
            name: "stigma",
            kind: ParameterKind::Text,
            default: "",
            about: "stigma words, which lower the score of a sentence; empty: those of the language",
        },
        PROFILES.parameter(),
        Parameter {
            name: "stop-words",
            kind: ParameterKind::When("profile", &["sumy"], &ParameterKind::File(&[])),
            default: "none",
            about: "null words for the profile of a tool, separated by white space: its own for English; none: those of the language",
        },
    ],
    build: |params| params.profile(PROFILES)(params),
};

const fn weight(
    name: &'static str,
    default: &'static str,
    about: &'static str,
) -> Parameter {
    Parameter {
        name,
        kind: ParameterKind::Number(-1e6, 1e6),
        default,
        about,
    }
}

/// The sum of Edmundson's four methods.
///
/// ```text
/// score(s) = a₁ Cue + a₂ Key + a₃ Title + a₄ Location
/// ```
///
/// * Cue: the number of bonus words less that of stigma words.
/// * Key: the frequencies of the content words that make up at least 1 % of all.
/// * Title: the number of content words that are in the title as well.
/// * Location: 1 for the first or last paragraph, and 1 for the first or last sentence of a
///   paragraph.
///
/// Words are compared by stem. `O(tokens)`.
///
/// Edmundson (1969). Left open there: the dictionary of cue words, which is not printed;
/// here they are short lists for English, and other languages have none unless they are
/// given. His headings are the title here. In a text without paragraphs the location is
/// nearly lead.
#[derive(Debug, Clone, PartialEq)]
pub struct Edmundson {
    /// The weight of bonus words less stigma words.
    pub cue: f64,
    /// The weight of the frequencies of key words.
    pub key: f64,
    /// The weight of words of the title.
    pub title: f64,
    /// The weight of first and last paragraphs and sentences.
    pub location: f64,
    /// The bonus words, which speak for a sentence; if empty, those of the language.
    pub bonus: String,
    /// The stigma words, which speak against a sentence; if empty, those of the language.
    pub stigma: String,
}

default_of_entry!(Edmundson);

impl From<&Params> for Edmundson {
    fn from(params: &Params) -> Self {
        Self {
            cue: params.number("cue"),
            key: params.number("key"),
            title: params.number("title"),
            location: params.number("location"),
            bonus: params.text("bonus").to_owned(),
            stigma: params.text("stigma").to_owned(),
        }
    }
}

impl SentenceScorer for Edmundson {
    fn scores(&self, document: &Document) -> Vec<f64> {
        let counts = Vectors::counts(document);
        let (bonus, stigma) = self.cues(document);
        let title = query_counts("", document).into_iter().map(|n| n.min(1.0));
        let title: Vec<f64> = title.collect();
        let key = key_words(&counts);
        let location = locations(document);

        let weights = bonus.iter().zip(&stigma).zip(title.iter().zip(&key));
        let weights: Vec<f64> = weights
            .map(|((bonus, stigma), (title, key))| {
                self.cue * (bonus - stigma) + self.title * title + self.key * key
            })
            .collect();

        let words = counts.dot(&weights).into_iter();
        words
            .zip(location)
            .map(|(words, place)| words + self.location * place)
            .collect()
    }
}

impl Edmundson {
    /// Returns for each term whether it is a bonus word, and whether it is a stigma word,
    /// as 1 or 0.
    fn cues(&self, document: &Document) -> (Vec<f64>, Vec<f64>) {
        let (bonus, stigma) = cue_lists(document, &self.bonus, &self.stigma);
        let terms = |words: &str| -> Vec<f64> {
            if words.is_empty() {
                return vec![0.0; document.term_count()];
            }
            query_counts(words, document)
                .into_iter()
                .map(|n| n.min(1.0))
                .collect()
        };
        (terms(bonus), terms(stigma))
    }
}

/// Returns the share of each content word that makes up at least 1 % of all; 0 for the
/// others.
fn key_words(counts: &Vectors) -> Vec<f64> {
    const LEAST: f64 = 0.01;
    let total: f64 = counts.rows().flatten().map(|(_, count)| count).sum();
    let shares = counts.sum(&vec![1.0 / total.max(1.0); counts.len()]);
    shares
        .into_iter()
        .map(|share| if share >= LEAST { share } else { 0.0 })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::titled;
    use epitome_base::spec;
    use epitome_text::{Analyser, LineEnds, Segmenter, Source};

    fn scores(spec: &str, title: &str, text: &str) -> Vec<f64> {
        let built = spec::build("summariser", &[ENTRY], &spec.parse().unwrap()).unwrap();
        let document = titled(title, text);
        let budget = crate::rank::Budget::Sentences(1);
        built.value.summarise(&document, budget).scores.unwrap()
    }

    #[test]
    fn cue_words_count_for_and_against() {
        let found = scores(
            "edmundson(location=0)",
            "",
            "the results are significant\nit is hardly a fish\nwhales sing\n",
        );
        assert_eq!(found, [2.0, -1.0, 0.0]);
    }

    #[test]
    fn title_words_count() {
        let found = scores("edmundson(location=0)", "On whales", "a whale\nships\n");
        assert_eq!(found, [1.0, 0.0]);
    }

    #[test]
    fn ends_of_paragraphs_and_of_the_document_count() {
        let text = "One. Two. Three.\n\nFour. Five. Six.\n\nSeven.";
        let language = "en".parse().unwrap();
        let segmenter = Segmenter::Own;
        let source = Source {
            id: "",
            title: "",
            text,
            language,
            segmenter,
            line_ends: LineEnds::Auto,
        };
        let found = locations(&Analyser::default().analyse(source));
        assert_eq!(found, [2.0, 1.0, 2.0, 1.0, 0.0, 1.0, 2.0]);
    }
}
