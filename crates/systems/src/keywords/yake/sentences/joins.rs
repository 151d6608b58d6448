//! Pieces that a split has separated and that are one sentence.

use super::words::{first_word, is_lower, is_mark, is_word, last_word};

/// Returns whether two successive pieces are one sentence.
pub(super) fn joins(last: &str, next: &str) -> bool {
    (goes_on_in_lower_case(last) && next.starts_with(is_lower))
        || is_in_brackets(last, next, ['(', ')'])
        || is_in_brackets(last, next, ['[', ']'])
        || is_continuation(next)
}

/// Returns whether a lower-case letter after a piece continues its sentence: the piece has a
/// closing quote or bracket after the mark, or a word of at most two letters before it.
fn goes_on_in_lower_case(last: &str) -> bool {
    let text = last.trim_end();
    if text.len() == last.len() {
        return false;
    }

    let inner = text.trim_end_matches([')', ']']);
    if inner.len() < text.len() && inner.ends_with(is_mark) {
        return true;
    }
    if inner
        .strip_suffix('"')
        .is_some_and(|inner| inner.ends_with(is_mark))
    {
        return true;
    }

    let Some(body) = text.strip_suffix('.') else {
        return false;
    };
    let word = last_word(body);
    let mut letters = word.chars();
    let is_short = match (letters.next(), letters.next(), letters.next()) {
        (Some(one), None, _) => one.is_alphabetic(),
        (Some(one), Some(two), None) => one.is_alphabetic() && is_lower(two),
        _ => false,
    };
    word == "spp" || is_short
}

/// Returns whether a text begins with a word that does not begin sentences.
fn is_continuation(text: &str) -> bool {
    const WORDS: [&str; 18] = [
        "and", "are", "between", "by", "from", "has", "into", "is", "of", "or", "than",
        "that", "through", "via", "was", "were", "whether", "with",
    ];
    WORDS.contains(&first_word(text))
}

/// Returns whether two pieces are parts of one bracket, or of one reference in it, and one of
/// both is short.
fn is_in_brackets(last: &str, next: &str, brackets: [char; 2]) -> bool {
    const SHORT: usize = 55;
    let is_short = |text: &str| text.chars().take(SHORT).count() < SHORT;
    (is_short(last) || is_short(next))
        && is_open(last, brackets)
        && (is_closed(next, brackets)
            || last.ends_with(" et al. ")
            || (ends_in_abbreviated_name(last) && starts_with_part_of_reference(next)))
}

/// Returns whether a text has, from its first opening bracket on, more opening than closing
/// brackets.
fn is_open(text: &str, [open, close]: [char; 2]) -> bool {
    let Some(first) = text.find(open) else {
        return false;
    };
    text[first..].matches(open).count() > text[first..].matches(close).count()
}

/// Returns whether a text has, up to its last closing bracket, more closing than opening
/// brackets.
fn is_closed(text: &str, [open, close]: [char; 2]) -> bool {
    let Some(last) = text.rfind(close) else {
        return false;
    };
    let text = &text[..=last];
    text.matches(close).count() > text.matches(open).count()
}

/// Returns whether a text ends in an abbreviated name: `Phys. `.
fn ends_in_abbreviated_name(last: &str) -> bool {
    let text = last.trim_end();
    let Some(body) = text.strip_suffix('.').filter(|_| text.len() < last.len()) else {
        return false;
    };
    let name = body.trim_end_matches(char::is_alphabetic);
    let word = &body[name.len()..];
    word.starts_with(char::is_uppercase) && !name.ends_with(is_word)
}

/// Returns whether a text begins with a part of a reference: `Rev. `, `12, ` or
/// `(1999) Phys: `.
fn starts_with_part_of_reference(text: &str) -> bool {
    let is_ended = |rest: &str| {
        rest.strip_prefix(['.', ',', ':'])
            .is_some_and(|rest| rest.starts_with(char::is_whitespace))
    };
    let after_year = text.strip_prefix('(').and_then(|rest| {
        let (year, rest) = rest.split_once(')')?;
        let rest = rest.strip_prefix(char::is_whitespace)?;
        let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
        is_year.then_some(rest)
    });

    let name = after_year.unwrap_or(text);
    let after_name = name.trim_start_matches(char::is_alphabetic);
    let after_digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (name.starts_with(char::is_uppercase) && is_ended(after_name))
        || (after_digits.len() < text.len() && is_ended(after_digits))
}
