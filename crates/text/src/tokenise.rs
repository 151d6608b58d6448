//! Splits sentences into words and what is between them: words of UAX #29
//! (`unicode-segmentation`), corrected if that standard divides what readers take for
//! one word.
//!
//! * URLs and e-mail addresses are one word each.
//! * `AT&T` and `C++`, `C#` keep their signs.
//! * `_` at the edge of a word is emphasis and not part of the word.
//! * Entities, tags and invisible characters are read as described in [`spelling`].
//! * What a language writes together is two words: [`clitics`].
//!
//! Hyphens separate words; code that needs the compound looks for the hyphen.

mod ascii;
pub(super) mod clitics;
mod piece;
pub(super) mod spelling;

use unicode_segmentation::UnicodeSegmentation;

use super::Span;
use clitics::Clitics;
pub(super) use piece::Piece;
use piece::{sign, span};
use spelling::Spelling;

/// Appends the pieces of `text[within]` to `out`, in order. White space is left out, and
/// so are characters that represent it or have no form.
pub(super) fn pieces(
    text: &str,
    within: Span,
    clitics: &Clitics,
    out: &mut Vec<(Span, Piece)>,
) {
    let sentence = within.of(text);
    let bytes = sentence.as_bytes();
    let mut done = 0;
    // no piece has ASCII white space inside, so that chunks can be read one by one
    while let Some(chunk) = ascii::next_chunk(bytes, done) {
        if chunk.is_plain(bytes) {
            let first = out.len();
            chunk.pieces(sentence, within.start, out);
            cut(text, clitics, first, out);
        } else {
            let start = within.start + chunk.start as u32;
            spelt(&sentence[chunk.start..chunk.end], start, clitics, out);
        }
        done = chunk.end;
    }
}

/// Appends the pieces of a text as it is read, whose written form begins at byte `start`.
fn spelt(text: &str, start: u32, clitics: &Clitics, out: &mut Vec<(Span, Piece)>) {
    let first = out.len();
    let spelling = Spelling::of(text);
    let read = spelling.as_ref().map_or(text, |spelling| &spelling.text);
    with_addresses(read, 0, out);
    cut(read, clitics, first, out);

    // places in the text as it is read become places in the text as it is written
    for (place, _) in &mut out[first..] {
        let (from, to) = match &spelling {
            Some(read) => read.written(place.start as usize, place.end as usize),
            None => (place.start, place.end),
        };
        *place = Span {
            start: start + from,
            end: start + to,
        };
    }
}

/// Divides the words among the pieces from `first` on that small words are written
/// together with.
fn cut(text: &str, clitics: &Clitics, first: usize, out: &mut Vec<(Span, Piece)>) {
    if clitics.is_empty() {
        return;
    }
    let mut at = first;
    while let Some(&(word, piece)) = out.get(at) {
        let cuts = match piece {
            Piece::Word => clitics.cuts(word.of(text)),
            Piece::Punctuation => [None, None],
        };

        for cut in cuts.into_iter().flatten() {
            let cut = word.start + cut as u32;
            let whole = std::mem::replace(&mut out[at].0.end, cut);
            out.insert(
                at + 1,
                (
                    Span {
                        start: cut,
                        end: whole,
                    },
                    Piece::Word,
                ),
            );
            at += 1;
        }
        at += 1;
    }
}

/// Appends the pieces of a text that begins at byte `start`.
fn with_addresses(text: &str, start: u32, out: &mut Vec<(Span, Piece)>) {
    let mut done = 0;
    while let Some((from, to)) = next_address(text, done) {
        plain(&text[done..from], start + done as u32, out);
        out.push((span(start, from, to), Piece::Word));
        done = to;
    }
    plain(&text[done..], start + done as u32, out);
}

/// Appends the pieces of a text without addresses that begins at byte `start`.
fn plain(text: &str, start: u32, out: &mut Vec<(Span, Piece)>) {
    let mut word: Option<(usize, usize)> = None;
    for (at, next) in text.unicode_word_indices() {
        let at = at + next.len() - next.trim_start_matches('_').len();
        let next_end = at + next.trim_matches('_').len();
        match word {
            // `AT&T`, `R&D`
            Some((first, end)) if &text[end..at] == "&" => word = Some((first, next_end)),
            _ => {
                flush(text, start, word, at, out);
                word = Some((at, next_end));
            }
        }
    }
    flush(text, start, word, text.len(), out);
}

/// Appends a word with the sign that belongs to it, and the pieces between it and `to`.
fn flush(
    text: &str,
    start: u32,
    word: Option<(usize, usize)>,
    to: usize,
    out: &mut Vec<(Span, Piece)>,
) {
    let mut done = 0;
    if let Some((first, end)) = word {
        done = end + sign(&text[end..to]);
        out.push((span(start, first, done), Piece::Word));
    }
    let gap = &text[done..to];
    for run in gap.split_whitespace() {
        let at = done + (run.as_ptr().addr() - gap.as_ptr().addr());
        out.push((span(start, at, at + run.len()), Piece::Punctuation));
    }
}

/// Returns the place of the next address of a text from byte `from` on. An address begins
/// with a scheme and `://` or with `www.`, or has an inner `@` and a dot after it.
/// Brackets that are not its own and punctuation at its ends are not part of it.
fn next_address(text: &str, from: usize) -> Option<(usize, usize)> {
    let signs = text[from..].match_indices(['@', ':', 'w']);
    let mut found = signs.filter_map(|(at, sign)| {
        let at = from + at;
        match sign {
            "@" => mail(text, from, at),
            ":" => link(text, from, at),
            _ => site(text, from, at),
        }
    });
    found.next()
}

/// Returns the place of the link whose `://` may be at byte `at`.
fn link(text: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    let rest = text[at..].strip_prefix("://")?;
    let before = &text[from..at];
    let scheme = &before[before.trim_end_matches(is_in_scheme).len()..];
    let scheme = scheme.trim_start_matches(|c: char| !c.is_ascii_alphabetic());

    let length = link_length(rest);
    (!scheme.is_empty() && length > 0)
        .then(|| (at - scheme.len(), at + "://".len() + length))
}

fn is_in_scheme(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')
}

/// Returns the place of the site whose `www.` may be at byte `at`.
fn site(text: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    let rest = text[at..].strip_prefix("www.")?;
    let length = link_length(rest);
    let begins = !text[from..at].ends_with(char::is_alphanumeric);
    (begins && length > 0).then(|| (at, at + "www.".len() + length))
}

/// Returns the length of a link, which ends at white space, at a sign that no link
/// contains, or at a bracket that was not opened in it.
fn link_length(text: &str) -> usize {
    let mut open = 0;
    let ends = |character: char| {
        match character {
            '(' | '[' => open += 1,
            ')' | ']' if open == 0 => return true,
            ')' | ']' => open -= 1,
            '<' | '>' | '"' | '|' | '“' | '”' | '«' | '»' => return true,
            _ => {}
        }
        character.is_whitespace()
    };

    let whole = &text[..text.find(ends).unwrap_or(text.len())];
    let ended = whole.trim_end_matches(|character: char| {
        let closes = character == ')' && whole.contains('(');
        !(character.is_alphanumeric() || character == '/' || closes)
    });
    ended.len()
}

/// Returns the place of the e-mail address whose `@` is at byte `at`.
fn mail(text: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    let before = &text[from..at];
    let name = &before[before.trim_end_matches(is_in_name).len()..];
    let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());

    let after = &text[at + 1..];
    let domain = &after[..after.len() - after.trim_start_matches(is_in_domain).len()];
    let domain = domain.trim_end_matches(|c: char| !c.is_alphanumeric());

    let is_mail = !name.is_empty() && domain.contains('.') && !domain.starts_with('.');
    is_mail.then(|| (at - name.len(), at + 1 + domain.len()))
}

fn is_in_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-')
}

fn is_in_domain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pieces_of(text: &str) -> Vec<(Span, Piece)> {
        let mut found = Vec::new();
        let all = Span {
            start: 0,
            end: text.len() as u32,
        };
        pieces(text, all, Clitics::of("en"), &mut found);
        found
    }

    fn words(text: &str) -> Vec<&str> {
        pieces_of(text)
            .into_iter()
            .map(|(span, _)| span.of(text))
            .collect()
    }

    #[test]
    fn words_and_what_stands_between_them() {
        assert_eq!(
            words("“It's 3.5 %,” she\u{a0}said…"),
            ["“", "It's", "3.5", "%,”", "she", "said", "…"]
        );
    }

    #[test]
    fn addresses_are_whole() {
        assert_eq!(
            words("See (https://example.org/a-b?c=d), or write to jo.b@example.org."),
            [
                "See",
                "(",
                "https://example.org/a-b?c=d",
                "),",
                "or",
                "write",
                "to",
                "jo.b@example.org",
                "."
            ]
        );
        assert_eq!(
            words("www.example.org/ @home a@b"),
            ["www.example.org/", "@", "home", "a", "@", "b"]
        );
    }

    #[test]
    fn signs_stay_with_their_words() {
        assert_eq!(
            words("AT&T writes C++ and C#."),
            ["AT&T", "writes", "C++", "and", "C#", "."]
        );
        assert_eq!(
            words("this & that, #tag"),
            ["this", "&", "that", ",", "#", "tag"]
        );
    }

    #[test]
    fn links_of_markdown_stand_apart_from_their_names() {
        assert_eq!(
            words("[manual](https://a.example/b_(c)), [![x](http://b.example)](c)"),
            [
                "[",
                "manual",
                "](",
                "https://a.example/b_(c)",
                "),",
                "[![",
                "x",
                "](",
                "http://b.example",
                ")](",
                "c",
                ")"
            ]
        );

        assert_eq!(
            words("http:// ://x <jo@b.example>"),
            ["http", "://", "://", "x", "<", "jo@b.example", ">"]
        );
    }

    #[test]
    fn emphasis_is_none_of_the_words() {
        assert_eq!(
            words("_old_ __ships__"),
            ["_", "old", "_", "__", "ships", "__"]
        );
        assert_eq!(words("_été_ snake_case"), ["_", "été", "_", "snake_case"]);
    }

    #[test]
    fn entities_and_tags_are_the_signs_they_stand_for() {
        assert_eq!(
            words("R&amp;D &amp; the mill&#39;s caf&eacute;.&nbsp;No<br/>more"),
            [
                "R&amp;D",
                "&amp;",
                "the",
                "mill&#39;s",
                "caf&eacute;",
                ".",
                "No",
                "<br/>",
                "more"
            ]
        );
    }

    #[test]
    fn invisible_characters_part_no_words() {
        assert_eq!(
            words("\u{FEFF}The har\u{AD}bour pi\u{200B}er\u{200B} \u{2060}"),
            ["The", "har\u{AD}bour", "pi\u{200B}er"]
        );
        assert_eq!(words("ja\u{202F}? 2\u{202F}500"), ["ja", "?", "2", "500"]);
    }

    #[test]
    fn what_is_written_together_is_cut() {
        let text = "Qu’il voie l'île.";
        let all = Span {
            start: 0,
            end: text.len() as u32,
        };
        let mut found = Vec::new();
        pieces(text, all, Clitics::of("fr"), &mut found);
        let words: Vec<_> = found.iter().map(|(span, _)| span.of(text)).collect();
        assert_eq!(words, ["Qu’", "il", "voie", "l'", "île", "."]);
    }

    proptest! {
        #[test]
        fn nothing_but_white_space_is_left_out(text in "[a-z@&+#:/.w \u{6771}\u{e9}]{0,40}") {
            let kept: String = words(&text).concat();
            let wanted: String = text.split_whitespace().collect();
            prop_assert_eq!(kept, wanted);
        }

        #[test]
        fn every_text_has_ordered_pieces(text in any::<String>()) {
            let found = pieces_of(&text);
            prop_assert!(found.is_sorted_by(|a, b| a.0.end <= b.0.start));
            prop_assert!(found.iter().all(|(span, _)| !span.of(&text).is_empty()));
        }
    }
}
