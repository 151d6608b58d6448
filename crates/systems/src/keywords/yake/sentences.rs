//! Sentences as YAKE 0.4.8 has them, from its segmenter's measured behaviour.
//!
//! A paragraph is cut after marks like `.`, `?`, `!` that white space follows. A cut is
//! taken back after abbreviations, numbers and initials, before words that go on with a
//! sentence, and inside brackets that close soon. Every rule here was found by giving
//! segtok 1.5.11 sentences that differ in one thing.

use std::ops::Range;

/// The sentences of a text, in order, without white space at their ends; none is empty.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let pieces = pieces(text);
    let mut found = Vec::new();
    let mut start = 0;
    for (at, piece) in pieces.iter().enumerate() {
        let so_far = text[start..piece.end].trim();
        if !pieces.get(at + 1).is_some_and(|next| joins(so_far, piece, next, text)) {
            found.extend((!so_far.is_empty()).then_some(so_far));
            start = piece.end;
        }
    }
    found
}

/// What stands between two cuts.
struct Piece {
    /// All but the mark at its end.
    body: Range<usize>,
    /// One past the mark.
    end: usize,
}

/// Cuts a text after every mark that white space follows, and at blank lines.
///
/// A single mark, or a blank line, after white space is no cut; but it uses that space
/// up, and so a second one is: `. .`
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut start, mut fresh, mut at) = (0, 0, 0);
    while let Some(found) = text[at..].find(|c: char| is_mark(c) || c == '\n') {
        at += found;
        let rest = &text[at..];
        let marks = rest.len() - rest.trim_start_matches(is_mark).len();
        let mark = if marks > 0 { mark_length(rest) } else { 0 };
        let after = &rest[mark..];
        let next = after.trim_start();
        let is_end =
            if mark > 0 { next.len() < after.len() } else { rest.starts_with("\n\n") };
        if !is_end || goes_on(next) {
            at += marks.max(1);
            continue;
        }
        let is_apart = at > fresh && text[..at].ends_with(char::is_whitespace);
        if !is_apart || rest[..marks].chars().nth(1).is_some() {
            pieces.push(Piece { body: start..at, end: at + mark });
            start = text.len() - next.len();
        }
        fresh = text.len() - next.len();
        at = fresh;
    }
    if start < text.len() {
        pieces.push(Piece { body: start..text.len(), end: text.len() });
    }
    pieces
}

fn is_mark(character: char) -> bool {
    matches!(
        character,
        '.' | '!' | '?' | '‼' | '‽' | '⁇' | '⁈' | '⁉' | '。' | '．' | '！' | '？'
    )
}

/// Marks, at most one quote, and closing brackets.
fn mark_length(text: &str) -> usize {
    let rest = text.trim_start_matches(is_mark);
    let rest = rest.strip_prefix(['"', '\'', '’', '”']).unwrap_or(rest);
    text.len() - rest.trim_start_matches([')', ']']).len()
}

/// Whether a text begins with a word that never begins a sentence.
fn goes_on(text: &str) -> bool {
    const WORDS: [&str; 18] = [
        "and", "are", "between", "by", "from", "has", "into", "is", "of", "or", "than",
        "that", "through", "via", "was", "were", "whether", "with",
    ];
    let end = text.find(|c: char| !is_word(c)).unwrap_or(text.len());
    WORDS.contains(&&text[..end])
}

/// Whether a sentence so far goes on with the piece `next`.
fn joins(so_far: &str, piece: &Piece, next: &Piece, text: &str) -> bool {
    let mark = &text[piece.body.end..piece.end];
    let body = &text[piece.body.clone()];
    let next_body = text[next.body.clone()].trim();
    let next_text = text[next.body.start..next.end].trim();
    let lower = next_body.starts_with(char::is_lowercase);
    (mark == "." && joins_after_stop(body, lower, next_text))
        || (mark.starts_with('.') && is_lone_word(next_body))
        || (lower && mark.ends_with(['"', ')', ']']))
        || (mark == "." && is_reference(so_far, next_text))
        || is_in_brackets(so_far, next_text)
}

/// Whether a full stop is none that ends a sentence.
fn joins_after_stop(body: &str, lower: bool, next: &str) -> bool {
    is_abbreviation(body)
        || (lower && is_short(last_word(body)))
        || (is_number(body)
            && (next.starts_with(|c: char| c.is_ascii_digit()) || is_month(next)))
        || is_item(body)
        || are_initials(body)
        || (is_name(body) && is_capitalised(first_word(next)))
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn last_word(text: &str) -> &str {
    text.rfind(|c: char| !is_word(c)).map_or(text, |at| {
        let after = text[at..].chars().next().map_or(0, char::len_utf8);
        &text[at + after..]
    })
}

fn first_word(text: &str) -> &str {
    &text[..text.find(|c: char| !is_word(c)).unwrap_or(text.len())]
}

/// Abbreviations, found by trying the words of five corpora and a list of usual ones.
fn is_abbreviation(body: &str) -> bool {
    const WORDS: [&str; 56] = [
        "Approx", "Apr", "Aug", "Capt", "Cf", "Col", "Dec", "Dr", "Eg", "Fe", "Feb",
        "Fig", "Figs", "Gen", "Ie", "Jan", "Jul", "Jun", "Mag", "Mar", "May", "Med",
        "Mr", "Mrs", "Mt", "Nat", "No", "Nov", "Nr", "Oct", "Phil", "Prof", "Sci", "Sep",
        "Sept", "Sgt", "Sr", "Sra", "Srta", "St", "Univ", "Vol", "Vs", "approx", "cf",
        "eg", "fe", "fig", "figs", "ie", "iv", "nr", "sci", "univ", "vol", "vs",
    ];
    const DOTTED: [&str; 9] =
        ["e.g", "E.g", "i.e", "I.e", "i.v", "z.B", "U.S", "U.K", "E.U"];
    let is_dotted = |dotted: &&str| {
        body.strip_suffix(*dotted).is_some_and(|rest| !rest.ends_with(is_word))
    };
    WORDS.contains(&last_word(body)) || DOTTED.iter().any(is_dotted)
}

/// `x`, `Ab`, `it`: at most two letters, the second small.
fn is_short(word: &str) -> bool {
    let mut letters = word.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some(one), None, _) => one.is_alphabetic(),
        (Some(one), Some(two), None) => one.is_alphabetic() && two.is_lowercase(),
        _ => false,
    }
}

/// Digits that are no part of a word or of `1,000`.
fn is_number(body: &str) -> bool {
    let word = last_word(body);
    let before = &body[..body.len() - word.len()];
    !word.is_empty()
        && word.bytes().all(|byte| byte.is_ascii_digit())
        && !before.ends_with(',')
}

fn is_month(text: &str) -> bool {
    const STARTS: [&str; 18] = [
        "Jan", "Ene", "Feb", "Mar", "Mär", "Apr", "Abr", "May", "Jun", "Jul", "Aug",
        "Sep", "Oct", "Okt", "Nov", "Dec", "Dez", "Dic",
    ];
    STARTS.iter().any(|start| text.starts_with(start))
}

/// A letter or a number alone, as before the items of a list.
fn is_item(body: &str) -> bool {
    let mut letters = body.chars();
    (letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none())
        || (!body.is_empty() && body.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A piece that is one small word, as in a list.
fn is_lone_word(body: &str) -> bool {
    body.starts_with(char::is_lowercase)
        && body.chars().all(|c| c.is_lowercase() || c.is_ascii_digit() || c == '-')
}

/// `J`, `J.K` or `J.-P` after an opening bracket, a comma, `and` or `by`.
fn are_initials(body: &str) -> bool {
    let start = body.rfind(|c: char| !(c.is_uppercase() || c == '.' || c == '-'));
    let start =
        start.map_or(0, |at| at + body[at..].chars().next().map_or(0, char::len_utf8));
    let (before, initials) = body.split_at(start);
    let is_initial = |part: &str| {
        let mut letters = part.strip_prefix('-').unwrap_or(part).chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    !initials.is_empty()
        && initials.split('.').all(is_initial)
        && (before.ends_with(['(', '['])
            || [", ", " and ", " by "].iter().any(|end| before.ends_with(end)))
}

/// `Karl J`: a capitalised word and an initial.
fn is_name(body: &str) -> bool {
    let initial = last_word(body);
    let before = &body[..body.len() - initial.len()];
    let mut letters = initial.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_none()
        && is_capitalised(last_word(before.trim_end_matches(|c: char| !is_word(c))))
}

/// A capital and small letters.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && word.chars().nth(1).is_some()
        && letters.all(char::is_lowercase)
}

/// Whether a bracket is open that the next piece closes, one of the two being short.
fn is_in_brackets(so_far: &str, next: &str) -> bool {
    const SHORT: usize = 55;
    let is_shorter = |text: &str| text.chars().take(SHORT).count() < SHORT;
    let count = |text: &str, mark: char| text.matches(mark).count();
    let crosses = |open, close| {
        count(so_far, open) > count(so_far, close)
            && count(next, close) > count(next, open)
    };
    (crosses('(', ')') || crosses('[', ']'))
        && (is_shorter(so_far.trim()) || is_shorter(next))
}

/// A reference in brackets, of capitalised words and numbers: `[Phys. Rev. 12, 5]`.
fn is_reference(so_far: &str, next: &str) -> bool {
    let Some(open) = so_far.rfind(['(', '[']) else { return false };
    let is_part = |word: &str| {
        let word = word.trim_end_matches('.');
        word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic)
    };
    let word = first_word(next);
    so_far[open + 1..].split(' ').all(is_part)
        && next[word.len()..].starts_with(['.', ','])
        && (is_capitalised(word)
            || (!word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        sentences(text).len()
    }

    #[test]
    fn marks_before_white_space_end_sentences() {
        assert_eq!(
            sentences("It works. Does it? (Yes.) \"No.\" So"),
            ["It works.", "Does it?", "(Yes.)", "\"No.\"", "So"]
        );
        assert_eq!(sentences("a title\n\nThe text"), ["a title", "The text"]);
    }

    #[test]
    fn some_full_stops_end_none() {
        for text in [
            "See Dr. Smith in Fig. 3 at once",
            "Kim J. Smith and, J. Jones",
            "This is so, e.g. The case",
            "It was No. 5. 7 of them",
            "On 5. March it rained",
            "1. First",
            "We saw it. by chance",
            "The plan (it failed. Twice) was old",
            "It was shown [Phys. Rev. 12, 5]",
        ] {
            assert_eq!(count(text), 1, "{text}");
        }
        assert_eq!(count("See the map. Smith drew it"), 2);
        assert_eq!(count("It took 1,000. 7 of them"), 2);
    }

    #[test]
    fn a_mark_apart_from_its_sentence_ends_none_but_two_do() {
        assert_eq!(count("one .\n\nTwo"), 1);
        assert_eq!(count("one . . Two"), 2);
        assert_eq!(count(""), 0);
    }
}
