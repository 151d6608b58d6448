//! How long a summary may be.

use std::fmt;

use crate::text::{Document, Sentence};

/// How long a summary may be. A summary is never longer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Budget {
    /// At most so many sentences.
    Sentences(usize),
    /// At most so many words: UAX#29 words, punctuation not counted.
    Words(usize),
    /// At most so many bytes of UTF-8, with one byte between sentences.
    Bytes(usize),
    /// This share of the document's sentences, rounded up.
    Ratio(f64),
}

impl Budget {
    /// What may be spent on `document`.
    pub(super) fn purse(self, document: &Document) -> Purse {
        match self {
            Self::Sentences(left) => Purse { left, unit: Unit::Sentence, spent: false },
            Self::Words(left) => Purse { left, unit: Unit::Word, spent: false },
            Self::Bytes(left) => Purse { left, unit: Unit::Byte, spent: false },
            Self::Ratio(ratio) => {
                let left = (ratio * document.sentences().len() as f64).ceil() as usize;
                Purse { left, unit: Unit::Sentence, spent: false }
            }
        }
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sentences(1) => write!(out, "1 sentence"),
            Self::Sentences(count) => write!(out, "{count} sentences"),
            Self::Words(count) => write!(out, "{count} words"),
            Self::Bytes(count) => write!(out, "{count} bytes"),
            Self::Ratio(ratio) => write!(out, "{ratio} of the sentences"),
        }
    }
}

enum Unit {
    Sentence,
    Word,
    Byte,
}

/// What is left of a budget.
pub(super) struct Purse {
    left: usize,
    unit: Unit,
    spent: bool,
}

impl Purse {
    /// Pays for a sentence; false, and nothing is paid, when too little is left.
    pub(super) fn pay(&mut self, document: &Document, sentence: &Sentence) -> bool {
        let price = match self.unit {
            Unit::Sentence => 1,
            Unit::Word => document.words(sentence),
            Unit::Byte => {
                let joint = usize::from(self.spent);
                (sentence.span.end - sentence.span.start) as usize + joint
            }
        };
        let affordable = price <= self.left;
        if affordable {
            self.left -= price;
            self.spent = true;
        }
        affordable
    }

    /// Whether nothing more can be bought.
    pub(super) fn is_empty(&self) -> bool {
        self.left == 0
    }
}
