//! Splits a text into sentences.
//!
//! ```text
//! text ── scan ──▶ candidates ── decide ──▶ spans
//! ```
//!
//! * `scan` reads the bytes of a text and stops only at marks that may end a sentence
//!   (`. ! ? … 。 ؟ ।` and similar ones), at line breaks, and at the labels of a list inside a
//!   line (`1) … 2) …`).
//! * `candidate` reads the run of marks there. Closing quotes and brackets and footnote marks
//!   (`[1]`) after the marks belong to the sentence.
//! * `decide` decides whether a sentence ends there, from the word before the marks and from
//!   what follows them.
//! * `rules` contains the words of a language: abbreviations by class, words that start a
//!   sentence, whether `3.` means *third*. They are read from `segment/data/<code>.txt`.
//!
//! A line break always ends a sentence; hard wraps are replaced by blanks before a text is
//! segmented (see [`LineEnds`](super::LineEnds)). Between two spans there is only white space, so
//! that no text is lost; a span is never empty and never starts or ends with white space.
//!
//! [`uax29`] is the baseline: the sentence boundaries of Unicode Standard Annex 29, which has no
//! abbreviations.
//!
//! Limits: a sentence that ends inside a line without any mark is not found, and neither is one
//! that ends in an abbreviation before a name.

mod candidate;
mod decide;
mod list;
mod mark;
mod quotes;
mod rules;
mod scan;
mod trim;
mod word;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation as _;

pub(super) use self::mark::{Mark, is_closer, is_closer_or_opener, is_wide};
pub use self::rules::Rules;
use self::trim::push;
use super::span::Span;

/// A method of splitting a text into sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Segmenter {
    /// Epitome's segmenter, with the rules of the language of the text.
    #[default]
    Own,
    /// Sentence boundaries of Unicode Standard Annex 29, the baseline.
    Uax29,
    /// Every line that is not blank is a sentence; for texts that are already split.
    Lines,
}

impl Segmenter {
    /// Returns the sentences of a text, in order.
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
/// Bytes from 2³² on are ignored, since a [`Span`] cannot represent them. `O(n)`; only `out` is
/// allocated.
fn sentences(text: &str, rules: &Rules, out: &mut Vec<Span>) {
    scan::scan(addressable(text), rules, out);
}

/// Appends the sentences by Unicode Standard Annex 29, in order.
///
/// Departures: a line break always ends a sentence, and so do a vertical tab and a form feed; spans
/// have no white space at their ends.
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

/// Returns the part of a text that a span can represent.
fn addressable(text: &str) -> &str {
    &text[..text.floor_char_boundary(usize::try_from(u32::MAX).unwrap_or(usize::MAX))]
}

#[cfg(test)]
mod tests;
