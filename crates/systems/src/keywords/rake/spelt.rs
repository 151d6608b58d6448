//! Phrases of words as they are spelt: what both profiles of RAKE rank.

use std::collections::BTreeMap;

use crate::keywords::keyphrase::Keyphrase;
use epitome_text::Span;

/// A phrase in its place: its words in lower case.
pub(super) struct Phrase {
    pub words: Vec<String>,
    pub span: Span,
}

impl Phrase {
    /// Of words of a text with their places.
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

/// Each phrase once, in order of first occurrence, with the sum of `degree / frequency`
/// over its words. Every phrase given counts; `is_counted` words alone do.
pub(super) fn weighed(
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
