//! Numbers that are a part of a phrase: of a name, or of a quantity.

use std::ops::Range;

use epitome_text::{Document, Tag};

/// Whether the number at token `number` is a part of the name that the noun `before` it is:
/// *Haskell 98*, *ISO 9000*; but not *April 1*, *Friday 1 April* or *Section 3*.
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

/// Whether a word is an English month or weekday, whole or short; parts of speech are of
/// English.
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

/// Whether a month follows the number at token `number`.
fn is_before_month(document: &Document, number: usize) -> bool {
    number + 1 < document.tokens().len() && is_of_date(text(document, number + 1))
}

/// Whether a word names the numbered parts of a text: *Section*, *Fig*.
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

/// Whether the number at token `number` has a symbol of measure after it: *80 GHz*.
pub(super) fn is_quantity(document: &Document, number: usize) -> bool {
    let after = number + 1;
    after < document.tokens().len()
        && document.goes_on(after)
        && is_measure(text(document, after))
}

/// Whether a word is the symbol of a unit of measure, with or without a prefix of the SI.
fn is_measure(word: &str) -> bool {
    const UNITS: [&str; 26] = [
        "A", "B", "F", "Gy", "H", "Hz", "J", "K", "N", "Pa", "Sv", "T", "V", "VA", "W",
        "b", "bit", "bits", "eV", "g", "l", "m", "mol", "s", "torr", "Ω",
    ];
    const PREFIXES: [&str; 15] = [
        "P", "T", "G", "M", "k", "h", "da", "d", "c", "m", "µ", "μ", "n", "p", "f",
    ];
    let is_prefixed = |prefix: &&str| {
        word.strip_prefix(*prefix)
            .is_some_and(|it| UNITS.contains(&it))
    };
    UNITS.contains(&word) || PREFIXES.iter().any(is_prefixed)
}

fn text(document: &Document, at: usize) -> &str {
    document.tokens()[at].span.of(document.full_text())
}
