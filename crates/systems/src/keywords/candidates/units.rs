//! Words and words joined by hyphens, as a grammar of phrases sees them.

use std::ops::Range;

use epitome_base::unicode::is_unspaced;
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
    /// A term with digits: `COVID-19`, the `3D` of *large 3D models*. An adjective before a
    /// noun, a noun elsewhere.
    Either,
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
        at += 1;
        let class = match tags {
            _ if is_no_term(document, start..at) => Class::Other,
            Some(tags) => tagged_class(document, tags, start..at),
            None => untagged_class(document, start..at),
        };
        if tokens[start].kind != TokenKind::Punctuation {
            units.push(Unit {
                tokens: start..at,
                class,
            });
        }
    }
    units
}

/// Whether a unit is what no phrase is made of: an address, or one or two Hiragana, which
/// are endings and particles where they are no stop words.
fn is_no_term(document: &Document, unit: Range<usize>) -> bool {
    let text = surface(document, &unit);
    let is_address = || text.contains("://") || text.starts_with("www.") || is_mail(text);
    let is_particle =
        || text.chars().count() < 3 && text.chars().all(|it| ('ぁ'..='ゟ').contains(&it));
    unit.len() == 1 && (is_particle() || is_address())
}

fn is_mail(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'))
}

fn untagged_class(document: &Document, unit: Range<usize>) -> Class {
    match document.tokens()[unit.end - 1].kind {
        TokenKind::Word => Class::Noun,
        TokenKind::Number if is_numbered(document, unit) => Class::Noun,
        _ => Class::Other,
    }
}

fn tagged_class(document: &Document, tags: &[Tag], unit: Range<usize>) -> Class {
    let last = unit.end - 1;
    let text = surface(document, &unit);
    match document.tokens()[last].kind {
        TokenKind::Word if has_digits(text) && !is_ordinal(text) => Class::Either,
        TokenKind::Word if is_acronym(text) => Class::Noun,
        TokenKind::Word => class(tags[last], unit.len() > 1),
        TokenKind::Number if is_numbered(document, unit) => Class::Either,
        _ => Class::Other,
    }
}

/// Whether the last part of a unit is the number of what stands before it: `COVID-19`.
fn is_numbered(document: &Document, unit: Range<usize>) -> bool {
    let parts = &document.tokens()[unit];
    parts[..parts.len() - 1]
        .iter()
        .any(|part| part.kind == TokenKind::Word)
}

fn has_digits(text: &str) -> bool {
    text.contains(|it: char| it.is_ascii_digit())
}

/// `21st`.
fn is_ordinal(text: &str) -> bool {
    let ending = text.trim_start_matches(|it: char| it.is_ascii_digit());
    ending.len() < text.len() && matches!(ending, "st" | "nd" | "rd" | "th")
}

/// Two capitals are a name, whatever part of speech the word has in small letters.
fn is_acronym(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn surface<'d>(document: &'d Document, unit: &Range<usize>) -> &'d str {
    let tokens = &document.tokens()[unit.clone()];
    let (start, end) = (tokens[0].span.start, tokens[tokens.len() - 1].span.end);
    document
        .full_text()
        .get(start as usize..end as usize)
        .unwrap_or("")
}

fn class(tag: Tag, is_joined: bool) -> Class {
    match tag {
        Tag::Noun | Tag::Propn => Class::Noun,
        Tag::Adj => Class::Adjective,
        Tag::Verb if is_joined => Class::Adjective, // `object-oriented`
        _ => Class::Other,
    }
}

/// Whether unit `at` follows the one before it with nothing between but a stop inside a
/// name.
pub(in crate::keywords) fn follows(
    document: &Document,
    units: &[Unit],
    at: usize,
) -> bool {
    let (before, unit) = (&units[at - 1].tokens, &units[at].tokens);
    let adjoins = before.end == unit.start
        || (before.end + 1 == unit.start && document.is_name_stop(before.end));
    adjoins && document.goes_on(unit.start) && !is_parted(document, unit.start)
}

/// Whether a space stands before token `at` in a script that puts none between words, as
/// Thai has it between clauses.
fn is_parted(document: &Document, at: usize) -> bool {
    let [before, after] = [at - 1, at].map(|at| document.tokens()[at].span);
    after.of(document.full_text()).starts_with(is_unspaced) && before.end < after.start
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
