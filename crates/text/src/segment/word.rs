//! The word before a mark, and whether it looks like an abbreviation.

use super::{
    candidate::Candidate,
    mark,
    rules::{AbbreviationClass, Rules},
};

/// Returns the word before the mark, without opening quotes and brackets. One space between word and
/// mark is ignored.
pub(super) fn word_before<'t>(candidate: &Candidate<'t>) -> &'t str {
    let sentence = candidate.before();
    let sentence = sentence.strip_suffix(' ').unwrap_or(sentence);
    let start = sentence
        .char_indices()
        .rev()
        .take(LONGEST_WORD)
        .take_while(|&(_, c)| is_inner(c))
        .last()
        .map_or(sentence.len(), |(at, _)| at);

    // `5p.m` is the abbreviation `p.m`
    let word = sentence[start..].trim_start_matches(['.', '"']);
    let bare = word.trim_start_matches(|c: char| c.is_ascii_digit());
    if bare.contains('.') && !bare.starts_with('.') {
        bare
    } else {
        word
    }
}

/// Maximum length of an abbreviation, in characters.
const LONGEST_WORD: usize = 24;

/// Returns whether a character can be part of an abbreviation.
fn is_inner(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '.' | '&' | '_' | '°' | 'º' | 'ª' | '"' | '״')
        || !c.is_ascii() && !c.is_whitespace() && !mark::is_opener(c) && !mark::is_dash(c)
}

/// Returns the class of a word that is not listed but looks like an abbreviation: an initial, short
/// parts with full stops, an ordinal, or a word without vowels. Returns `None` for other words.
pub(super) fn abbreviation_by_shape(
    word: &str,
    rules: &Rules,
) -> Option<AbbreviationClass> {
    let is_abbreviation = is_initial(word)
        || is_dotted(word)
        || rules.has_ordinals() && is_ordinal(word)
        || is_vowelless(word);
    is_abbreviation.then_some(AbbreviationClass::Abbreviation)
}

/// Returns whether a word is one letter: *J.*
pub(super) fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// Returns whether a word consists of short parts separated by full stops: *U.S*, *z.B*, *Ph.D*.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            (1..=3).contains(&part.chars().count())
                && part.chars().all(char::is_alphabetic)
        })
}

/// Returns whether a word is a number that is too small for a year, or a Roman number: *3.*, *XIV.*
fn is_ordinal(word: &str) -> bool {
    let is_number = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    !word.is_empty() && (is_number || is_roman(word))
}

/// Returns whether a word looks like a Roman number.
pub(super) fn is_roman(word: &str) -> bool {
    (1..=6).contains(&word.len()) && word.bytes().all(|b| b"IVXLC".contains(&b))
}

/// Returns whether a word has two to five Latin consonants, in lower case except the first: *Sgt*,
/// *kg*. The sounds *hm* and *mm* do not count.
fn is_vowelless(word: &str) -> bool {
    let mut letters = word.bytes().enumerate().map(|(at, letter)| match at {
        0 => letter.to_ascii_lowercase(),
        _ => letter,
    });
    (2..=5).contains(&word.len())
        && letters.all(|b| b.is_ascii_lowercase() && !b"aeiouy".contains(&b))
        && !word.bytes().skip(1).all(|b| b"hm".contains(&b))
}
