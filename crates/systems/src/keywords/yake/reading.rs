//! The words of a text for YAKE: their terms, forms, sentences, blocks and cases.

use std::ops::Range;

use epitome_text::{Document, Token, TokenKind};

use crate::keywords::{
    candidates::is_hyphen,
    compounds,
    words::{Stemming, Words},
};

/// The words of a text.
pub(super) struct Reading {
    /// Words in the order of the text.
    pub words: Vec<Word>,
    /// Whether each term is a stop word.
    pub is_stop: Vec<bool>,
    /// Number of sentences.
    pub sentences: u32,
}

/// An occurrence of a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Number of the term that the word is counted as (its stem).
    pub term: u32,
    /// Number of the form, by which phrases are equal. Equal forms have equal terms.
    pub form: u32,
    /// Index of the sentence.
    pub sentence: u32,
    /// Index of the block in the text. Punctuation and ends of sentences end a block.
    pub block: u32,
    /// Class of the spelling.
    pub case: Case,
}

/// Class of the spelling of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// A number.
    Number,
    /// A word with both letters and digits, with neither, or with several punctuation signs.
    Mixed,
    /// A word of capitals only.
    Acronym,
    /// A word with one capital, which is its first letter, not at the beginning of a sentence.
    Capitalised,
    /// Any other word.
    Plain,
}

impl Case {
    /// Returns the class of a word.
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

    /// Returns whether the word can be part of a phrase and is counted as a neighbour.
    pub(super) fn is_regular(self) -> bool {
        !matches!(self, Self::Number | Self::Mixed)
    }
}

impl Reading {
    /// Returns the words of a document, where words joined by hyphens are one, and the range of
    /// tokens of each word.
    pub(super) fn of(document: &Document) -> (Self, Vec<Range<usize>>) {
        let tokens = document.tokens();
        let mut starts = sentence_starts(document).into_iter().peekable();
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
                term: 0, // term and form are set by `number_terms`
                form: 0,
                sentence: reading.sentences.saturating_sub(1),
                block,
                case: Case::of(surface, begins_sentence),
            });
            places.push(first..at);
            begins_sentence = false;
        }

        reading.number_terms(document, &places);
        (reading, places)
    }

    /// Sets the terms and forms of words, and finds the stop words.
    fn number_terms(&mut self, document: &Document, places: &[Range<usize>]) {
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

/// Returns the index of the first token of each sentence. The title is a sentence; a hard line
/// wrap begins none.
fn sentence_starts(document: &Document) -> Vec<usize> {
    let of_body = document
        .sentences()
        .iter()
        .map(|sentence| sentence.tokens.start as usize)
        .filter(|&start| {
            start > 0 && start < document.tokens().len() && !document.is_wrapped(start)
        });
    let mut starts: Vec<usize> = std::iter::once(0).chain(of_body).collect();
    starts.dedup();
    starts
}

/// Returns the text of a range of tokens.
fn surface(document: &Document, tokens: Range<usize>) -> &str {
    let all = document.tokens();
    let (start, end) = (all[tokens.start].span.start, all[tokens.end - 1].span.end);
    document
        .full_text()
        .get(start as usize..end as usize)
        .unwrap_or("")
}
