//! Units: words, and words joined by hyphens, slashes and indices, with their classes in the grammar
//! of phrases.

use std::ops::Range;

use epitome_base::unicode::is_unspaced;
use epitome_text::{Document, Tag, Token, TokenKind};

use super::{
    joints::Joints,
    numbers::{is_named, is_quantity},
};

/// A word, or several that are joined.
#[derive(Debug)]
pub(in crate::keywords) struct Unit {
    pub(in crate::keywords) tokens: Range<usize>,
    pub(in crate::keywords) class: Class,
}

/// The class of a unit in the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::keywords) enum Class {
    Adjective,
    Noun,
    /// A term with digits: `COVID-19`, the `3D` of *large 3D models*, the `80` of *80 GHz*. An
    /// adjective before a noun, a noun elsewhere.
    Either,
    /// A stop word, a number, or another part of speech.
    Other,
}

/// Returns the units of a document, without the punctuation between them. Without `tags` every
/// content word is a noun, and only hyphens join words. Takes time linear in the tokens.
pub(in crate::keywords) fn units(document: &Document, tags: Option<&[Tag]>) -> Vec<Unit> {
    let all = document.tokens();
    let mut units: Vec<Unit> = Vec::new();
    let joints = Joints::of(tags.is_some());
    let mut end = 0;
    while end < all.len() {
        let start = end;
        end = joints.unit_end(document, start);

        let tokens = start..end;
        let class = match tags {
            _ if is_no_term(document, tokens.clone()) => Class::Other,
            Some(tags) => tagged_class(document, tags, &tokens, units.last()),
            None => untagged_class(document, &tokens),
        };
        if all[tokens.clone()].iter().any(Token::is_word) {
            units.push(Unit { tokens, class });
        }
    }
    units
}

/// Returns whether a unit cannot be in a phrase: an address, or one or two Hiragana, which are endings
/// or particles if they are not in the stop list.
fn is_no_term(document: &Document, unit: Range<usize>) -> bool {
    if unit.len() > 1 {
        return false;
    }

    let text = surface(document, &unit);
    let is_particle =
        text.chars().count() < 3 && text.chars().all(|it| ('ぁ'..='ゟ').contains(&it));
    is_particle || text.contains("://") || text.starts_with("www.") || is_mail(text)
}

/// Returns whether a text is an e-mail address: a name, `@`, and a domain with a dot.
fn is_mail(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'))
}

/// Returns the class of a unit in a document without parts of speech.
fn untagged_class(document: &Document, unit: &Range<usize>) -> Class {
    match document.tokens()[unit.end - 1].kind {
        TokenKind::Word => Class::Noun,
        TokenKind::Number if is_numbered(document, unit) => Class::Noun,
        _ => Class::Other,
    }
}

/// Returns the class of a unit in a document with parts of speech; `before` is the previous unit.
fn tagged_class(
    document: &Document,
    tags: &[Tag],
    unit: &Range<usize>,
    before: Option<&Unit>,
) -> Class {
    let last = unit.end - 1;
    let text = surface(document, unit);
    if before.is_some_and(|it| is_measured(document, it, unit.start)) {
        return Class::Noun; // some symbols of measure are stop words: `s`, `m`
    }

    match document.tokens()[last].kind {
        TokenKind::Word if has_digits(text) && !is_ordinal(text) => Class::Either,
        TokenKind::Word if is_acronym(text) => Class::Noun,
        TokenKind::Word => class(tags[last], unit.len() > 1),
        TokenKind::Number if is_numbered(document, unit) => Class::Either,
        TokenKind::Number if unit.len() > 1 => Class::Other,
        TokenKind::Number if is_quantity(document, last) => Class::Either,
        TokenKind::Number
            if before.is_some_and(|it| is_name(it, document, tags, last)) =>
        {
            Class::Noun
        }
        TokenKind::Punctuation if unit.len() > 1 => Class::Either, // `Si/sub 10/`
        _ => Class::Other,
    }
}

/// Returns whether the number at token `number` is a part of the name `before` it.
fn is_name(before: &Unit, document: &Document, tags: &[Tag], number: usize) -> bool {
    before.class == Class::Noun && is_named(document, tags, &before.tokens, number)
}

/// Returns whether token `symbol` begins the unit of measure of the number `before` it.
fn is_measured(document: &Document, before: &Unit, symbol: usize) -> bool {
    let number = before.tokens.end - 1;
    number + 1 == symbol
        && document.tokens()[number].kind == TokenKind::Number
        && is_quantity(document, number)
}

/// Returns whether the last part of a unit is a number that belongs to a term before it: `COVID-19`,
/// `M/D/1`.
fn is_numbered(document: &Document, unit: &Range<usize>) -> bool {
    let parts = &document.tokens()[unit.clone()];
    parts[..parts.len() - 1].iter().any(|part| {
        let text = part.span.of(document.full_text());
        part.kind == TokenKind::Word || text.starts_with(char::is_uppercase)
    })
}

/// Returns whether a text has an ASCII digit.
fn has_digits(text: &str) -> bool {
    text.contains(|it: char| it.is_ascii_digit())
}

/// Returns whether a text is an ordinal number in English, such as `21st`.
fn is_ordinal(text: &str) -> bool {
    let ending = text.trim_start_matches(|it: char| it.is_ascii_digit());
    ending.len() < text.len() && matches!(ending, "st" | "nd" | "rd" | "th")
}

/// Returns whether a text is two ASCII capitals, which are a name whatever part of speech the word in
/// lower case has.
fn is_acronym(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Returns the text of a unit.
fn surface<'d>(document: &'d Document, unit: &Range<usize>) -> &'d str {
    let tokens = &document.tokens()[unit.clone()];
    let (start, end) = (tokens[0].span.start, tokens[tokens.len() - 1].span.end);
    document
        .full_text()
        .get(start as usize..end as usize)
        .unwrap_or("")
}

/// Returns the class of a word with a part of speech, which is that of the last word of a unit.
fn class(tag: Tag, is_joined: bool) -> Class {
    match tag {
        Tag::Noun | Tag::Propn => Class::Noun,
        Tag::Adj => Class::Adjective,
        Tag::Verb if is_joined => Class::Adjective, // `object-oriented`
        _ => Class::Other,
    }
}

/// Returns whether there is nothing between unit `at` and the previous one, except the full stop of an
/// abbreviation inside a name.
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

/// Returns whether there is a space before token `at` in a script without spaces between words: in
/// Thai, for example, it separates clauses.
fn is_parted(document: &Document, at: usize) -> bool {
    let [before, after] = [at - 1, at].map(|at| document.tokens()[at].span);
    after.of(document.full_text()).starts_with(is_unspaced) && before.end < after.start
}
