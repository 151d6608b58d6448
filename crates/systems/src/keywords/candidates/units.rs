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
            Some(tags) => tagged_class(document, tags, start..at, units.last()),
            None => untagged_class(document, start..at),
        };
        if tokens[start].kind != TokenKind::Punctuation {
            units.push(Unit { tokens: start..at, class });
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

fn tagged_class(
    document: &Document,
    tags: &[Tag],
    unit: Range<usize>,
    before: Option<&Unit>,
) -> Class {
    let last = unit.end - 1;
    let text = surface(document, &unit);
    match document.tokens()[last].kind {
        TokenKind::Word if has_digits(text) && !is_ordinal(text) => Class::Either,
        TokenKind::Word if is_acronym(text) => Class::Noun,
        TokenKind::Word if before.is_some_and(|it| measures(document, it, &unit)) => {
            Class::Noun
        }
        TokenKind::Word => class(tags[last], unit.len() > 1),
        TokenKind::Number if is_quantity(document, &unit) => Class::Either,
        TokenKind::Number if is_numbered(document, unit.clone()) => Class::Either,
        TokenKind::Number if before.is_some_and(|it| is_named(document, it, &unit)) => {
            Class::Noun
        }
        _ => Class::Other,
    }
}

/// Whether the last part of a unit is the number of what stands before it: `COVID-19`.
fn is_numbered(document: &Document, unit: Range<usize>) -> bool {
    let parts = &document.tokens()[unit];
    parts[..parts.len() - 1].iter().any(|part| part.kind == TokenKind::Word)
}

/// Whether a number follows a noun with a capital, and is a part of that name: *Apollo 11*,
/// but not *April 1*.
fn is_named(document: &Document, before: &Unit, number: &Range<usize>) -> bool {
    matches!(before.class, Class::Noun | Class::Either)
        && before.tokens.end == number.start
        && document.goes_on(number.start)
        && surface(document, &before.tokens).starts_with(char::is_uppercase)
        && !is_month(surface(document, &before.tokens))
}

/// Whether a word is an English month, whole or short; parts of speech are of English.
fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_lowercase();
    let is_start_of = |month: &&str| word.len() >= 3 && month.starts_with(&word);
    MONTHS.iter().any(is_start_of)
}

/// Whether a number has a symbol of measure after it: *80 GHz*.
fn is_quantity(document: &Document, number: &Range<usize>) -> bool {
    let Some(after) = document.tokens().get(number.end) else { return false };
    number.len() == 1
        && is_measure(after.span.of(document.full_text()))
        && document.goes_on(number.end)
}

/// Whether a unit is the symbol of measure of the number before it.
fn measures(document: &Document, before: &Unit, unit: &Range<usize>) -> bool {
    before.tokens.end == unit.start
        && document.tokens()[before.tokens.start].kind == TokenKind::Number
        && is_quantity(document, &before.tokens)
}

/// Whether a word is the symbol of a unit of measure, with or without a prefix of the SI.
fn is_measure(word: &str) -> bool {
    const UNITS: [&str; 22] = [
        "A", "B", "F", "Gy", "Hz", "J", "K", "N", "Pa", "Sv", "T", "V", "W", "b", "bit",
        "eV", "g", "l", "m", "mol", "s", "Ω",
    ];
    const PREFIXES: [&str; 15] =
        ["P", "T", "G", "M", "k", "h", "da", "d", "c", "m", "µ", "μ", "n", "p", "f"];
    let is_prefixed =
        |prefix: &&str| word.strip_prefix(*prefix).is_some_and(|it| UNITS.contains(&it));
    UNITS.contains(&word) || PREFIXES.iter().any(is_prefixed)
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
    document.full_text().get(start as usize..end as usize).unwrap_or("")
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
