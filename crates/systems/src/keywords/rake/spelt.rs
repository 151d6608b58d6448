//! Scores of phrases of words that are equal by spelling, for both profiles of RAKE.

use std::collections::BTreeMap;

use crate::keywords::keyphrase::Keyphrase;
use epitome_text::Span;

/// An occurrence of a phrase.
pub(super) struct Phrase {
    /// Words in lower case.
    pub words: Vec<String>,
    /// Position in the text.
    pub span: Span,
}

impl Phrase {
    /// Returns the phrase of successive words with their spans, at least one.
    pub(super) fn of(words: &[(String, Span)]) -> Self {
        let (first, last) = (words[0].1, words[words.len() - 1].1);
        let span = Span {
            start: first.start,
            end: last.end,
        };
        Self {
            words: words.iter().map(|word| word.0.clone()).collect(),
            span,
        }
    }
}

/// Returns each phrase of `all` once, in order of first occurrence, with the sum of
/// `degree / frequency` over its words. Degrees and frequencies are those in the phrases
/// `counted`. A word for which `is_counted` is false has no weight and adds nothing to degrees.
pub(super) fn scored(
    counted: &[&Phrase],
    all: &[Phrase],
    is_counted: fn(&str) -> bool,
) -> Vec<Keyphrase> {
    let mut weights: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for phrase in counted {
        let words = || phrase.words.iter().filter(|word| is_counted(word));
        let length = words().count() as u32;
        for word in words() {
            let (degree, frequency) = weights.entry(word).or_default();
            *degree += length;
            *frequency += 1;
        }
    }

    let weight = |word: &String| {
        let found = weights.get(word.as_str()).filter(|_| is_counted(word));
        found.map_or(0.0, |&(degree, frequency)| {
            f64::from(degree) / f64::from(frequency)
        })
    };

    let mut places: BTreeMap<&[String], usize> = BTreeMap::new();
    let mut found: Vec<Keyphrase> = Vec::new();
    for phrase in all {
        let at = *places.entry(&phrase.words).or_insert(found.len());
        if at == found.len() {
            found.push(Keyphrase {
                text: phrase.words.join(" "),
                score: phrase.words.iter().map(weight).sum(),
                occurrences: Vec::new(),
            });
        }
        found[at].occurrences.push(phrase.span);
    }
    found
}
