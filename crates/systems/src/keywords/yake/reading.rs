//! A text as YAKE sees it: words in blocks that punctuation ends.

use std::ops::Range;

use epitome_text::{Document, Token, TokenKind};

use crate::keywords::{
    candidates::is_hyphen,
    compounds,
    words::{Stemming, Words},
};

/// The words of a text.
pub(super) struct Reading {
    /// In order.
    pub words: Vec<Word>,
    /// For each term whether it is a stop word.
    pub is_stop: Vec<bool>,
    /// How many sentences there are.
    pub sentences: u32,
}

/// A word in its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// What it counts as: its stem.
    pub term: u32,
    /// What it is as a part of a phrase. Equal forms have equal terms.
    pub form: u32,
    /// Its sentence.
    pub sentence: u32,
    /// Its block, counted through the text: nothing but words stands in one.
    pub block: u32,
    /// How it is written.
    pub case: Case,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// A number.
    Number,
    /// Letters with digits, or neither, or several signs.
    Mixed,
    /// All capitals.
    Acronym,
    /// One capital, in front, not at the beginning of a sentence.
    Capitalised,
    /// Anything else.
    Plain,
}

impl Case {
    /// The case of a word as spelt.
    pub(super) fn of(word: &str, begins_sentence: bool) -> Self {
        let count = |is: fn(&char) -> bool| word.chars().filter(is).count();
        let digits = count(|c| c.is_numeric());
        if digits > 0 && word.replace(',', "").parse::<f64>().is_ok() {
            return Self::Number;
        }
        let letters = count(|c| c.is_alphabetic());
        let signs = count(char::is_ascii_punctuation);
        if (digits > 0) == (letters > 0) || signs > 1 {
            return Self::Mixed;
        }
        let capitals = count(|c| c.is_uppercase());
        let length = word.chars().count();
        if capitals == length {
            Self::Acronym
        } else if capitals == 1
            && length > 1
            && !begins_sentence
            && word.starts_with(char::is_uppercase)
        {
            Self::Capitalised
        } else {
            Self::Plain
        }
    }

    /// Whether a phrase may hold it and a neighbour is counted.
    pub(super) fn is_regular(self) -> bool {
        !matches!(self, Self::Number | Self::Mixed)
    }
}

impl Reading {
    /// Of a document: words joined by hyphens are one. Beside it the tokens of each word.
    pub(super) fn of(document: &Document) -> (Self, Vec<Range<usize>>) {
        let tokens = document.tokens();
        let starts = sentence_starts(document);
        let mut starts = starts.into_iter().peekable();
        let mut reading = Self {
            words: Vec::new(),
            is_stop: Vec::new(),
            sentences: 0,
        };
        let mut places: Vec<Range<usize>> = Vec::new();
        let (mut at, mut block, mut begins_sentence) = (0, 0, true);
        while at < tokens.len() {
            if starts.next_if(|&start| start <= at).is_some() {
                reading.sentences += 1;
                block += 1;
                begins_sentence = true;
            }
            let first = at;
            if tokens[first].kind == TokenKind::Punctuation {
                block += 1;
                at += 1;
                continue;
            }
            while is_hyphen(document, at + 1) {
                at += 2;
            }
            at += 1;
            let surface = surface(document, first..at);
            reading.words.push(Word {
                term: 0, // named below
                form: 0,
                sentence: reading.sentences.saturating_sub(1),
                block,
                case: Case::of(surface, begins_sentence),
            });
            places.push(first..at);
            begins_sentence = false;
        }
        reading.name_terms(document, &places);
        (reading, places)
    }

    /// Gives words their terms, and finds the stop words.
    fn name_terms(&mut self, document: &Document, places: &[Range<usize>]) {
        let tokens = document.tokens();
        let (terms, count) =
            compounds::numbers(places, &Words::of(document, Stemming::Snowball));
        self.is_stop = vec![false; count];
        for ((word, place), term) in self.words.iter_mut().zip(places).zip(terms) {
            (word.term, word.form) = (term, term);
            if place.len() == 1 && is_stop(&tokens[place.start], document) {
                self.is_stop[term as usize] = true;
            }
        }
    }
}

/// A word of the stop list, or one of fewer than three ASCII letters.
fn is_stop(token: &Token, document: &Document) -> bool {
    token.kind == TokenKind::StopWord || token.span.of(document.full_text()).len() < 3
}

/// The tokens that sentences begin with; the title is one. A line wrap begins none.
fn sentence_starts(document: &Document) -> Vec<usize> {
    let title = std::iter::once(0);
    let sentences = document.sentences().iter();
    let starts = sentences.map(|sentence| sentence.tokens.start as usize);
    let mut starts: Vec<usize> = title
        .chain(starts.filter(|&start| {
            start > 0 && start < document.tokens().len() && !document.is_wrapped(start)
        }))
        .collect();
    starts.dedup();
    starts
}

fn surface(document: &Document, tokens: Range<usize>) -> &str {
    let all = document.tokens();
    let (start, end) = (all[tokens.start].span.start, all[tokens.end - 1].span.end);
    document
        .full_text()
        .get(start as usize..end as usize)
        .unwrap_or("")
}
