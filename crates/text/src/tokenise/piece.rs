//! The pieces of a sentence.

use crate::Span;

/// The kind of a piece of a sentence, before it has a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A word of UAX #29: letters or digits.
    Word,
    /// A run of anything else that is not white space.
    Punctuation,
}

/// Returns the length of the sign at the start of a gap that belongs to the word before
/// it: `C++`, `C#`.
pub(super) fn sign(gap: &str) -> usize {
    let sign = ["++", "#"].into_iter().find(|sign| gap.starts_with(sign));
    let sign = sign.filter(|sign| !gap[sign.len()..].starts_with(['#', '+']));
    sign.map_or(0, str::len)
}

/// Returns the span `from..to` of a text that begins at byte `start`.
pub(super) fn span(start: u32, from: usize, to: usize) -> Span {
    Span {
        start: start + from as u32,
        end: start + to as u32,
    }
}
