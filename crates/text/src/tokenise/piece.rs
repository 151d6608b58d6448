//! A piece of a sentence.

use crate::Span;

/// A piece of a sentence before it has a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A UAX#29 word: letters or digits.
    Word,
    /// A run of anything else that is no white space.
    Punctuation,
}

/// The length of the sign at the start of a gap that belongs to the word before it:
/// `C++`, `C#`.
pub(super) fn sign(gap: &str) -> usize {
    let sign = ["++", "#"].into_iter().find(|sign| gap.starts_with(sign));
    let ends = |sign: &&str| !gap[sign.len()..].starts_with(['#', '+']);
    sign.filter(ends).map_or(0, str::len)
}

pub(super) fn span(start: u32, from: usize, to: usize) -> Span {
    Span {
        start: start + from as u32,
        end: start + to as u32,
    }
}
