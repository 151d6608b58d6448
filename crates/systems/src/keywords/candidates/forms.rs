//! The forms of candidate phrases: four ways of finding them.

use std::ops::Range;

use epitome_base::spec::Choice;
use epitome_text::Document;

use super::units::{Class, Unit, follows};

/// How candidates are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Every n-gram of a run of content words, up to a length.
    Ngrams,
    /// The longest runs of words between stop words, numbers and punctuation.
    Runs,
    /// The longest runs of nouns and adjectives; without tags, of content words.
    ContentRuns,
    /// `ADJ* (NOUN | PROPN)+`, the longest from the left; without tags, runs.
    NounPhrases,
}

/// The parameter that selects a form.
pub(super) const FORMS: &Choice<Form, 4> = &Choice::new(
    "candidates",
    [
        ("noun-phrases", Form::NounPhrases),
        ("content-runs", Form::ContentRuns),
        ("runs", Form::Runs),
        ("ngrams", Form::Ngrams),
    ],
    "adjectives before nouns; longest runs of both; runs of words between stop words; or all n-grams of such runs",
);

impl Form {
    /// Returns the name of the form that is used with or without parts of speech.
    pub(super) fn name(self, has_tags: bool) -> &'static str {
        match self {
            Self::Ngrams => "ngrams",
            Self::ContentRuns if has_tags => "content-runs",
            Self::NounPhrases if has_tags => "noun-phrases",
            Self::Runs | Self::ContentRuns | Self::NounPhrases => "runs",
        }
    }

    /// Returns whether the form depends on parts of speech.
    pub(super) fn uses_tags(self) -> bool {
        matches!(self, Self::ContentRuns | Self::NounPhrases)
    }

    /// Returns the phrases of at most `max_words` units, as ranges of tokens in the order of their
    /// starts. Takes time linear in the units; n-grams `max_words` times as much.
    pub(super) fn phrases(
        self,
        document: &Document,
        units: &[Unit],
        max_words: usize,
    ) -> Vec<Range<usize>> {
        let mut phrases = Vec::new();
        let mut add = |range: Range<usize>| {
            if range.len() <= max_words {
                phrases.push(
                    units[range.start].tokens.start..units[range.end - 1].tokens.end,
                );
            }
        };

        let mut at = 0;
        while at < units.len() {
            let end = match self {
                Self::NounPhrases => noun_phrase_end(document, units, at),
                Self::Ngrams | Self::Runs | Self::ContentRuns => {
                    run_end(document, units, at)
                }
            };

            if self == Self::Ngrams {
                for start in at..end {
                    let longest = end.min(start.saturating_add(max_words));
                    (start + 1..=longest).for_each(|end| add(start..end));
                }
            } else if end > at {
                add(at..end);
            }

            at = end.max(at + 1);
        }
        phrases
    }
}

/// Returns the end (exclusive) of the run of nouns and adjectives that begins with unit `start`;
/// `start` if there is none.
fn run_end(document: &Document, units: &[Unit], start: usize) -> usize {
    let mut end = start;
    while end < units.len()
        && units[end].class != Class::Other
        && (end == start || follows(document, units, end))
    {
        end += 1;
    }
    end
}

/// Returns the end (exclusive) of the noun phrase that begins with unit `start`; `start` if there
/// is none.
fn noun_phrase_end(document: &Document, units: &[Unit], start: usize) -> usize {
    let (mut at, mut end) = (start, start);
    let mut has_noun = false;
    while let Some(unit) = units.get(at) {
        let goes_on = at == start || follows(document, units, at);
        match unit.class {
            Class::Noun if goes_on => (has_noun, end) = (true, at + 1),
            Class::Either if goes_on => end = at + 1,
            Class::Adjective if goes_on && !has_noun => {}
            _ => break,
        }
        at += 1;
    }
    end
}
