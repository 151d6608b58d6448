//! Words and words joined by hyphens, as a grammar of phrases sees them.

use std::ops::Range;

use epitome_text::{Document, Tag, TokenKind};

/// A word, or words joined by hyphens.
#[derive(Debug)]
pub(in crate::keywords) struct Unit {
    pub(in crate::keywords) tokens: Range<usize>,
    pub(in crate::keywords) class: Class,
}

/// What a unit is to the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::keywords) enum Class {
    Adjective,
    Noun,
    /// A stop word, a number, or another part of speech.
    Other,
}

/// The units of a document; punctuation between them is left out. Without `tags` every
/// content word is a noun. `O(n)`.
pub(in crate::keywords) fn units(document: &Document, tags: Option<&[Tag]>) -> Vec<Unit> {
    let tokens = document.tokens();
    let mut units = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let start = at;
        while is_hyphen(document, at + 1) {
            at += 2;
        }
        let is_joined = at > start;
        let class = match (tokens[at].kind, tags) {
            (TokenKind::Word, Some(tags)) => class(tags[at], is_joined),
            (TokenKind::Word, None) => Class::Noun,
            _ => Class::Other,
        };
        at += 1;
        if tokens[start].kind != TokenKind::Punctuation {
            units.push(Unit { tokens: start..at, class });
        }
    }
    units
}

fn class(tag: Tag, is_joined: bool) -> Class {
    match tag {
        Tag::Noun | Tag::Propn => Class::Noun,
        Tag::Adj => Class::Adjective,
        Tag::Verb if is_joined => Class::Adjective, // `object-oriented`
        _ => Class::Other,
    }
}

/// Whether unit `at` follows the one before it with nothing between.
pub(in crate::keywords) fn follows(
    document: &Document,
    units: &[Unit],
    at: usize,
) -> bool {
    let (before, unit) = (&units[at - 1].tokens, &units[at].tokens);
    before.end == unit.start && document.goes_on(unit.start)
}

/// Whether token `at` is a hyphen with a word close on both sides.
pub(in crate::keywords) fn is_hyphen(document: &Document, at: usize) -> bool {
    let Some([before, hyphen, after]) = document.tokens().get(at - 1..at + 2) else {
        return false;
    };
    hyphen.kind == TokenKind::Punctuation
        && matches!(hyphen.span.of(document.full_text()), "-" | "‐" | "‑")
        && before.is_word()
        && after.is_word()
        && before.span.end == hyphen.span.start
        && hyphen.span.end == after.span.start
}
