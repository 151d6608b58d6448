//! The budget of a summary, and what is left of it while a summary is made.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

use epitome_encodings::Encoding;
use epitome_text::Document;

/// The maximal length of a summary, in one of several units. A summary is never longer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Budget {
    /// A number of sentences.
    Sentences(usize),
    /// A number of words as UAX #29 defines them, without punctuation.
    Words(usize),
    /// A number of bytes of UTF-8, with one byte between sentences.
    Bytes(usize),
    /// A share of the document's sentences, rounded up.
    Ratio(f64),
    /// A number of tokens of a language model, with the space that parts a sentence from
    /// the one before: see [`Document::llm_tokens`].
    Tokens {
        /// The number of tokens.
        most: usize,
        /// The vocabulary of the tokens.
        encoding: Encoding,
    },
}

impl Budget {
    /// Returns what may be spent on `document`.
    pub(super) fn purse(self, document: &Document) -> RemainingBudget<'_> {
        let (left, unit) = match self {
            Self::Sentences(left) => (left, Unit::Sentence),
            Self::Ratio(ratio) => {
                let share = ratio * document.sentences().len() as f64;
                (share.ceil() as usize, Unit::Sentence)
            }
            Self::Words(left) => (left, Unit::Word),
            // every sentence pays for the byte before it, which the first one does not have
            Self::Bytes(left) => (left.saturating_add(1), Unit::Byte),
            Self::Tokens { most, encoding } => {
                (most, Unit::Token(document.llm_tokens(encoding)))
            }
        };
        RemainingBudget { left, unit }
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
            Self::Tokens { most, encoding } => write!(out, "{most} tokens of {encoding}"),
        }
    }
}

/// The unit of a budget.
enum Unit<'d> {
    Sentence,
    Word,
    Byte,
    /// A token of a language model, of which each sentence has so many.
    Token(Cow<'d, [u32]>),
}

/// What is left of a budget.
pub(super) struct RemainingBudget<'d> {
    left: usize,
    unit: Unit<'d>,
}

impl RemainingBudget<'_> {
    /// Returns the price of the sentence of an index, in the unit of the budget.
    pub(super) fn price(&self, document: &Document, at: usize) -> usize {
        let sentence = &document.sentences()[at];
        match &self.unit {
            Unit::Sentence => 1,
            Unit::Word => document.words(sentence),
            Unit::Byte => (sentence.span.end - sentence.span.start) as usize + 1,
            Unit::Token(costs) => costs[at] as usize,
        }
    }

    /// Pays for a sentence. Returns false and pays nothing if too little is left.
    pub(super) fn pay(&mut self, document: &Document, at: usize) -> bool {
        let price = self.price(document, at);
        let affordable = price <= self.left;
        if affordable {
            self.left -= price;
        }
        affordable
    }

    /// Returns how much is left, in the unit of the budget.
    pub(super) fn left(&self) -> usize {
        self.left
    }

    /// Returns whether no sentence can be paid any more.
    pub(super) fn is_empty(&self) -> bool {
        let joint = usize::from(matches!(self.unit, Unit::Byte));
        self.left <= joint
    }
}
