//! RAKE: runs of content words, scored by the lengths of the runs in which their words occur.

mod limit;
mod multi_rake;
mod nltk;
mod spelt;

use std::ops::Range;

use epitome_base::spec::{Entry, Parameter, ParameterKind, Params, Profile, Profiles};
use epitome_text::{CorpusView, Document, TokenKind};

use limit::max_words;

use super::{
    candidates::{Candidate, Class, Unit, follows, units},
    compounds,
    extractor::{CandidateScorer, KeywordExtractor},
    keyphrase::ScoredPhrases,
    words::{Stemming, Words},
};
use multi_rake::MultiRake;
use nltk::RakeNltk;

/// A function that builds an extractor from checked parameters.
type Build = fn(&Params) -> Box<dyn KeywordExtractor>;

const PROFILES: &Profiles<Build, 3> = &Profiles::new(
    [
        (Profile::plain("paper"), |params| {
            Box::new(Rake::from(params))
        }),
        (Profile::plain("rake-nltk"), |params| {
            Box::new(RakeNltk::from(params))
        }),
        (
            Profile::with("multi-rake", &[("stop-words", "list:multi-rake-0.0.2")]),
            |params| Box::new(MultiRake::from(params)),
        ),
    ],
    "the definition of the paper, or of the program rake-nltk 1.0.6 or multi-rake 0.0.2",
);

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "rake",
    about: "runs of content words, by the lengths of the runs in which their words occur",
    source: "Rose et al. (2010), Automatic keyword extraction from individual documents, in Text Mining: Applications and Theory",
    parameters: &[
        Parameter {
            name: "max-words",
            kind: ParameterKind::Either(
                &ParameterKind::Integer(1, 1000),
                &ParameterKind::Choice(&["usual"]),
            ),
            default: "usual",
            about: "longest run, in words; usual: any length, and 3 for profile=multi-rake",
        },
        PROFILES.parameter(),
        Parameter {
            name: "stop-words",
            kind: ParameterKind::When(
                "profile",
                &["rake-nltk", "multi-rake"],
                &ParameterKind::File(&[]),
            ),
            default: "none",
            about: "stop list of these profiles, separated by white space: multi-rake's own for English; none: that of the language, which rake-nltk uses",
        },
    ],
    build: |params| params.profile(PROFILES)(params),
};

/// RAKE, rapid automatic keyword extraction.
///
/// ```text
/// score(phrase) = Σ_{w ∈ phrase} degree(w) / frequency(w)
/// degree(w)     = sum of the lengths, in words, of the runs in which w occurs
/// ```
///
/// Runs are maximal sequences of content words between stop words, numbers and punctuation;
/// words joined by hyphens are one word. Two runs with the same stop words between them, at
/// least twice in the text, are also a phrase with these stop words: `axis of evil`.
/// `O(n log n)`.
///
/// Rose, Engel, Cramer & Cowley (2010), with the adjoining keywords of their section 1.2.3.
/// The paper does not define words and delimiters; here numbers also end a run, and a phrase has
/// at least three bytes. The paper selects a third as many phrases as there are words; here the
/// limit of the caller decides.
#[derive(Debug, Clone)]
pub struct Rake {
    /// The longest phrase, in words.
    pub max_words: usize,
}

default_of_entry!(Rake);

impl From<&Params> for Rake {
    fn from(params: &Params) -> Self {
        Self {
            max_words: max_words(params, usize::MAX),
        }
    }
}

impl CandidateScorer for Rake {
    fn candidates(&self, document: &Document, _: &CorpusView) -> ScoredPhrases {
        let words = Words::of(document, Stemming::None);
        let units = units(document, None);
        let places: Vec<Range<usize>> =
            units.iter().map(|unit| unit.tokens.clone()).collect();
        let (numbers, count) = compounds::numbers(&places, &words);

        let mut runs = runs(document, &units, self.max_words);
        let weights = weights(&runs, &numbers, count);
        let mut pairs = adjoining(document, &units, &runs);

        let tokens =
            |run: &Range<usize>| places[run.start].start..places[run.end - 1].end;
        let mut phrases: Vec<(Candidate, f64)> = Vec::with_capacity(runs.len());
        for (ranges, min_occurrences) in [(&mut pairs, 2), (&mut runs, 1)] {
            for phrase in group(ranges, &numbers) {
                if phrase.len() < min_occurrences
                    || length(document, tokens(&phrase[0])) < 3
                {
                    continue;
                }

                // the stop words of an adjoining pair have no weight
                let content = phrase[0]
                    .clone()
                    .filter(|&it| units[it].class == Class::Noun);
                let score = content.map(|it| weights[numbers[it] as usize]).sum();
                let places = phrase.iter().map(tokens).collect();
                phrases.push((Candidate::at(places), score));
            }
        }

        phrases.sort_unstable_by_key(|(candidate, _)| {
            (candidate.first.start, candidate.first.end)
        });
        let (candidates, scores) = phrases.into_iter().unzip();
        ScoredPhrases {
            candidates,
            scores,
            likeness: None,
        }
    }

    fn signature(&self, document: &Document, _: &CorpusView) -> String {
        let language = document.language().entry();
        format!("stem:none|stop:{}", language.stop_list_name())
    }
}

/// Returns the length of a phrase in bytes, given by its tokens.
fn length(document: &Document, tokens: Range<usize>) -> u32 {
    let tokens = &document.tokens()[tokens];
    tokens[tokens.len() - 1].span.end - tokens[0].span.start
}

/// Returns the maximal runs of content words that have at most `max_words` words, as ranges of
/// units.
fn runs(document: &Document, units: &[Unit], max_words: usize) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < units.len() {
        let start = at;
        while at < units.len()
            && units[at].class == Class::Noun
            && (at == start || follows(document, units, at))
        {
            at += 1;
        }
        if at > start && at - start <= max_words {
            runs.push(start..at);
        }
        at = at.max(start + 1);
    }
    runs
}

/// Returns each pair of successive runs with nothing but stop words in between, as one range of
/// units.
fn adjoining(
    document: &Document,
    units: &[Unit],
    runs: &[Range<usize>],
) -> Vec<Range<usize>> {
    let is_stop_word =
        |at: usize| document.tokens()[units[at].tokens.start].kind == TokenKind::StopWord;
    runs.windows(2)
        .filter(|pair| {
            let (end, start) = (pair[0].end, pair[1].start);
            start > end
                && (end..start).all(is_stop_word)
                && (end..=start).all(|at| follows(document, units, at))
        })
        .map(|pair| pair[0].start..pair[1].end)
        .collect()
}

/// Returns `degree / frequency` of every word, by its number.
fn weights(runs: &[Range<usize>], numbers: &[u32], count: usize) -> Vec<f64> {
    let mut degrees = vec![0_u64; count];
    let mut frequencies = vec![0_u64; count];
    for run in runs {
        for &word in &numbers[run.clone()] {
            degrees[word as usize] += run.len() as u64;
            frequencies[word as usize] += 1;
        }
    }

    degrees
        .iter()
        .zip(&frequencies)
        .map(|(&degree, &frequency)| degree as f64 / u64::max(frequency, 1) as f64)
        .collect()
}

/// Sorts ranges of units by their words and returns the groups of ranges with the same words,
/// each in the order of the text.
fn group<'r>(
    ranges: &'r mut [Range<usize>],
    numbers: &'r [u32],
) -> impl Iterator<Item = &'r [Range<usize>]> {
    let words = move |range: &Range<usize>| &numbers[range.clone()];
    ranges.sort_unstable_by(|a, b| words(a).cmp(words(b)).then(a.start.cmp(&b.start)));
    ranges.chunk_by(move |a, b| words(a) == words(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::english;

    fn found(text: &str) -> Vec<(String, f64)> {
        let rake = Rake { max_words: 9 };
        let found = rake.extract(&english(text), &CorpusView::none(), 20);
        found
            .into_iter()
            .map(|phrase| (phrase.text, phrase.score))
            .collect()
    }

    #[test]
    fn the_weight_of_a_word_is_the_mean_length_of_its_runs() {
        // stone: (2 + 1) / 2; bridge: 2 / 1
        let found = found("The stone bridge and the stone.");
        assert_eq!(
            found,
            [("stone bridge".to_owned(), 3.5), ("stone".to_owned(), 1.5)]
        );
    }

    #[test]
    fn runs_that_adjoin_twice_are_a_phrase() {
        let found = found("An axis of evil. The axis of evil, an end of time.");
        assert_eq!(found[0], ("axis of evil".to_owned(), 2.0));
        assert!(
            !found.iter().any(|(text, _)| text == "end of time"),
            "{found:?}"
        );
    }

    #[test]
    fn hyphens_are_kept() {
        assert_eq!(found("A real-time system.")[0].0, "real-time system");
    }
}
