//! Splits a text into sentences.
//!
//! ```text
//! text ── scan ──▶ candidates ── decide ──▶ spans
//! ```
//!
//! * `scan` walks the bytes and stops only where a mark stands that may end a sentence
//!   (`. ! ? … 。 ؟ ।` and their kin), at line breaks, and at the labels of a list inside a
//!   line (`1) … 2) …`).
//! * `candidate` reads the marks from there on. It lets closing quotes and brackets and
//!   footnote marks (`[1]`) go with their sentence.
//! * `decide` holds the one function that answers whether a sentence ends there, from the
//!   word before the mark and from what follows it.
//! * `rules` knows the words of a language: abbreviations by habit, words that start a
//!   sentence, whether `3.` means *third*. The words are in `segment/data/<code>.txt`.
//!
//! A line break always ends a sentence: a text whose lines are wraps comes here as if on
//! one line (see [`LineEnds`](super::LineEnds)). What lies between two spans is white space only, so
//! nothing is lost; a span is never empty and never starts or ends with white space.
//!
//! [`uax29`] is the baseline: the sentence boundaries of Unicode Standard Annex 29, which
//! knows no abbreviation.
//!
//! What is beyond it: a sentence that ends without any mark inside a line, and an
//! abbreviation that ends a sentence before a name.

mod candidate;
mod decide;
mod list;
mod mark;
mod quotes;
mod rules;
mod scan;
mod trim;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation as _;

pub(super) use self::mark::{Mark, is_closer, is_closer_or_opener, is_wide};
pub use self::rules::Rules;
use self::trim::push;
use super::span::Span;

/// The segmenters there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Segmenter {
    /// Our own, with the rules of the text's language.
    #[default]
    Own,
    /// The boundaries of Unicode Standard Annex 29, the baseline.
    Uax29,
    /// Every line that is not blank is a sentence: for texts that are split already.
    Lines,
}

impl Segmenter {
    /// The sentences of a text, in order.
    pub fn spans(self, text: &str, rules: &Rules) -> Vec<Span> {
        let mut spans = Vec::new();
        self.push_spans(text, rules, &mut spans);
        spans
    }

    /// Appends the sentences of a text to `out`, in order.
    pub fn push_spans(self, text: &str, rules: &Rules, out: &mut Vec<Span>) {
        match self {
            Self::Own => sentences(text, rules, out),
            Self::Uax29 => uax29(text, out),
            Self::Lines => lines(text, out),
        }
    }
}

/// Appends the sentences of a text to `out`, in order.
///
/// Bytes from 2³² on are ignored, as a [`Span`] cannot name them. `O(n)`; nothing is allocated
/// but the room in `out`.
fn sentences(text: &str, rules: &Rules, out: &mut Vec<Span>) {
    scan::scan(addressable(text), rules, out);
}

/// Appends the sentences that Unicode Standard Annex 29 finds, in order.
///
/// Departures: a line break always ends a sentence, the vertical tab and the form feed being
/// line breaks too; spans are trimmed of white space.
fn uax29(text: &str, out: &mut Vec<Span>) {
    let text = addressable(text);
    let mut line_start = 0;
    for line in text.split_inclusive(mark::is_line_break) {
        for (at, sentence) in line.split_sentence_bound_indices() {
            let start = line_start + at;
            push(text, start, start + sentence.len(), out);
        }
        line_start += line.len();
    }
}

/// Appends the lines that are not blank, without the white space around them.
fn lines(text: &str, out: &mut Vec<Span>) {
    let mut start = 0;
    for line in addressable(text).split_inclusive('\n') {
        push(text, start, start + line.len(), out);
        start += line.len();
    }
}

/// The part of the text that a span can name.
fn addressable(text: &str) -> &str {
    &text[..text.floor_char_boundary(usize::try_from(u32::MAX).unwrap_or(usize::MAX))]
}

#[cfg(test)]
mod tests;
