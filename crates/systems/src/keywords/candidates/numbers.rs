//! Numbers that are part of a phrase: of a name, or of a quantity.

use std::ops::Range;

use epitome_text::{Document, Tag};

/// Returns whether the number at token `number` and the noun `before` it are a name: *Haskell 98*, *ISO
/// 9000*; but not *April 1*, *Friday 1 April* or *Section 3*.
pub(super) fn is_named(
    document: &Document,
    tags: &[Tag],
    before: &Range<usize>,
    number: usize,
) -> bool {
    let last = before.end - 1;
    let name = text(document, last);
    before.end == number
        && document.goes_on(number)
        && name.starts_with(char::is_uppercase)
        && (tags[last] == Tag::Propn || name.chars().skip(1).any(char::is_uppercase))
        && !is_label(name)
        && !is_of_date(name)
        && !is_before_month(document, number)
}

/// Returns whether a word is an English month or weekday, or its first three or more letters. English
/// is the only language with parts of speech from the built-in tagger.
fn is_of_date(word: &str) -> bool {
    const NAMES: [&str; 19] = [
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
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];

    let word = word.to_lowercase();
    word.len() >= 3 && NAMES.iter().any(|name| name.starts_with(&word))
}

/// Returns whether a month or weekday follows the number at token `number`.
fn is_before_month(document: &Document, number: usize) -> bool {
    number + 1 < document.tokens().len() && is_of_date(text(document, number + 1))
}

/// Returns whether a word is a label of numbered parts of a text: *Section*, *Fig*.
fn is_label(word: &str) -> bool {
    const LABELS: [&str; 31] = [
        "algorithm",
        "appendix",
        "article",
        "case",
        "chapter",
        "corollary",
        "definition",
        "eq",
        "equation",
        "example",
        "fig",
        "figs",
        "figure",
        "figures",
        "lemma",
        "line",
        "no",
        "page",
        "part",
        "proposition",
        "question",
        "ref",
        "rule",
        "section",
        "sections",
        "step",
        "table",
        "tables",
        "theorem",
        "vol",
        "volume",
    ];

    LABELS.contains(&word.to_lowercase().as_str())
}

/// Returns whether a unit of measure follows the number at token `number`: *80 GHz*.
pub(super) fn is_quantity(document: &Document, number: usize) -> bool {
    let after = number + 1;
    after < document.tokens().len()
        && document.goes_on(after)
        && is_measure(text(document, after))
}

/// Returns whether a word is the symbol of a unit of measure, with or without an SI prefix.
fn is_measure(word: &str) -> bool {
    const UNITS: [&str; 26] = [
        "A", "B", "F", "Gy", "H", "Hz", "J", "K", "N", "Pa", "Sv", "T", "V", "VA", "W",
        "b", "bit", "bits", "eV", "g", "l", "m", "mol", "s", "torr", "Ω",
    ];
    const PREFIXES: [&str; 15] = [
        "P", "T", "G", "M", "k", "h", "da", "d", "c", "m", "µ", "μ", "n", "p", "f",
    ];

    let has_prefix = PREFIXES
        .iter()
        .filter_map(|prefix| word.strip_prefix(prefix))
        .any(|rest| UNITS.contains(&rest));
    UNITS.contains(&word) || has_prefix
}

/// Returns the text of token `at`.
fn text(document: &Document, at: usize) -> &str {
    document.tokens()[at].span.of(document.full_text())
}
