//! Sentences of YAKE 0.4.8, by the rules of its segmenter segtok 1.5.11.
//!
//! A paragraph is split after marks such as `.`, `?`, `!` before white space, and at blank
//! lines. A split is undone after abbreviations, numbers and initials, before words that
//! continue a sentence, and inside brackets if one side is short.

mod joins;
mod stops;
mod words;

use joins::joins;
use stops::goes_on_after_stop;
use words::{ends_in_space, is_mark};

/// Returns the sentences of a text in order, without white space at their ends. None is empty.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut last = 0..0;
    for piece in pieces(text) {
        if !last.is_empty() && joins(&text[last.clone()], &text[piece.clone()]) {
            last.end = piece.end;
        } else {
            found.push(text[last].trim());
            last = piece;
        }
    }
    found.push(text[last].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// The text between two splits.
struct Span<'a> {
    /// The text before the mark.
    body: &'a str,
    /// The mark at the end, with the white space after it.
    mark: &'a str,
}

/// Splits a text; splits after abbreviations and the like are undone. Each piece begins where the
/// one before ends.
fn pieces(text: &str) -> Vec<std::ops::Range<usize>> {
    let spans = spans(text);
    let mut pieces = Vec::new();

    let (mut start, mut at) = (0, 0);
    for (place, span) in spans.iter().enumerate() {
        at += span.body.len() + span.mark.len();
        let next = spans.get(place + 1).map_or("", |next| next.body);
        let goes_on = span.mark.starts_with('.') && goes_on_after_stop(span.body, next);
        if !span.mark.is_empty() && !ends_in_space(span.body) && !goes_on {
            pieces.push(start..at);
            start = at;
        }
    }
    if start < text.len() {
        pieces.push(start..text.len());
    }
    pieces
}

/// Splits a text after every mark before white space, and at blank lines. The last span may have
/// no mark.
fn spans(text: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(found) = text[at..].find(|c: char| is_mark(c) || c == '\n') {
        at += found;
        let length = mark_length(&text[at..]);
        if length == 0 {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        }

        spans.push(Span {
            body: &text[start..at],
            mark: &text[at..at + length],
        });
        at += length;
        start = at;
    }

    spans.push(Span {
        body: &text[start..],
        mark: "",
    });
    spans
}

/// Returns the length of the end of a sentence at the start of a text: a mark, at most one quote,
/// closing brackets and white space; or at least two line ends. Returns 0 if there is none.
fn mark_length(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(is_mark) else {
        let lines = text.len() - text.trim_start_matches('\n').len();
        return if lines > 1 { lines } else { 0 };
    };
    let rest = rest.strip_prefix(['"', '\'', '’', '”']).unwrap_or(rest);
    let rest = rest.trim_start_matches([')', ']']);
    let after = rest.trim_start();
    if after.len() < rest.len() {
        text.len() - after.len()
    } else {
        0
    }
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
            sentences("It works. Does it? (Yes.) \"Nay.\" So"),
            ["It works.", "Does it?", "(Yes.)", "\"Nay.\"", "So"]
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
