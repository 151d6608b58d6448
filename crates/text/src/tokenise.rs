//! Words by UAX#29 (`unicode-segmentation`), mended where that standard tears apart what
//! readers take for one word, and what stands between words.
//!
//! * URLs and e-mail addresses are one word each.
//! * `AT&T` and `C++`, `C#` keep their signs.
//! * Scripts without spaces give overlapping pairs of characters: [`bigrams`].
//!
//! Hyphens separate words; who needs the compound looks for the hyphen.

#[path = "tokenise/ascii.rs"] // also where an example takes this file for its own
mod ascii;

use unicode_segmentation::UnicodeSegmentation;

use super::Span;

/// A piece of a sentence before it has a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// A UAX#29 word: letters or digits.
    Word,
    /// A run of anything else that is no white space.
    Punctuation,
}

/// Appends the pieces of `text[within]` to `out`, in order; white space is left out.
pub(super) fn pieces(text: &str, within: Span, out: &mut Vec<(Span, Piece)>) {
    let sentence = within.of(text);
    let bytes = sentence.as_bytes();
    let mut done = 0;
    // no piece has ASCII white space inside, so that chunks can be read one by one
    while let Some(chunk) = ascii::next_chunk(bytes, done) {
        if chunk.is_plain(bytes) {
            chunk.pieces(sentence, within.start, out);
        } else {
            let start = within.start + chunk.start as u32;
            with_addresses(&sentence[chunk.start..chunk.end], start, out);
        }
        done = chunk.end;
    }
}

/// The pieces of a text that begins at byte `start`.
fn with_addresses(text: &str, start: u32, out: &mut Vec<(Span, Piece)>) {
    let mut done = 0;
    for (from, to) in addresses(text) {
        plain(&text[done..from], start + done as u32, out);
        out.push((span(start, from, to), Piece::Word));
        done = to;
    }
    plain(&text[done..], start + done as u32, out);
}

/// The pieces of a text without addresses that begins at byte `start`.
fn plain(text: &str, start: u32, out: &mut Vec<(Span, Piece)>) {
    let mut word: Option<(usize, usize)> = None;
    for (at, next) in text.unicode_word_indices() {
        let next_end = at + next.len();
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

/// Writes a word, with the sign that belongs to it, and what stands between it and `to`.
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

/// The length of the sign at the start of a gap that belongs to the word before it:
/// `C++`, `C#`.
fn sign(gap: &str) -> usize {
    let sign = ["++", "#"].into_iter().find(|sign| gap.starts_with(sign));
    let ends = |sign: &&str| !gap[sign.len()..].starts_with(['#', '+']);
    sign.filter(ends).map_or(0, str::len)
}

fn span(start: u32, from: usize, to: usize) -> Span {
    Span { start: start + from as u32, end: start + to as u32 }
}

/// Where URLs and e-mail addresses stand in a text: chunks between white space with
/// `://`, `www.` or an inner `@` and a dot after it, without punctuation at their ends.
fn addresses(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let may_have = text.contains(['@', ':', '.']);
    let chunks = if may_have { text } else { "" }.split_whitespace();
    chunks.filter_map(|chunk| {
        let inner = chunk.trim_start_matches(|c: char| !c.is_alphanumeric());
        let start = inner.as_ptr().addr() - text.as_ptr().addr();
        let inner = inner.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
        is_address(inner).then(|| (start, start + inner.len()))
    })
}

fn is_address(chunk: &str) -> bool {
    let is_mail = || {
        let (name, domain) = chunk.split_once('@').unwrap_or_default();
        !name.is_empty() && domain.contains('.') && !domain.contains('@')
    };
    chunk.starts_with("www.") || chunk.contains("://") || is_mail()
}

/// Joins the characters of scripts without spaces, which UAX#29 leaves one by one, to
/// overlapping pairs: `東京都` is `東京`, `京都`. A character alone stays alone, and one
/// that `is_stop_word` is a word of its own and parts the pairs on its sides.
pub(super) fn bigrams(
    text: &str,
    pieces: &mut Vec<(Span, Piece)>,
    is_stop_word: impl Fn(&str) -> bool,
) {
    let joins = |piece: &(Span, Piece)| {
        let word = piece.0.of(text);
        is_unspaced(word) && !is_stop_word(word)
    };
    if !pieces.iter().any(|(span, _)| is_unspaced(span.of(text))) {
        return;
    }
    let singles = std::mem::take(pieces);
    let mut covered = false; // by the pair before
    for (at, &(own, piece)) in singles.iter().enumerate() {
        let joined = joins(&singles[at]);
        let next = singles
            .get(at + 1)
            .filter(|next| joined && joins(next) && next.0.start == own.end);
        match next {
            Some((next, _)) => {
                pieces.push((Span { start: own.start, end: next.end }, piece));
            }
            None if covered => {}
            None => pieces.push((own, piece)),
        }
        covered = next.is_some();
    }
}

/// Whether a word is in a script that puts no spaces between words: Thai, Lao, Burmese,
/// Khmer, Hiragana, Han. (Katakana words stand out by themselves.)
fn is_unspaced(word: &str) -> bool {
    word.chars().next().is_some_and(|first| {
        matches!(
            first,
            '\u{0E00}'..='\u{0EFF}'
                | '\u{1000}'..='\u{109F}'
                | '\u{1780}'..='\u{17FF}'
                | '\u{3005}'..='\u{3007}'
                | '\u{3041}'..='\u{309F}'
                | '\u{3400}'..='\u{4DBF}'
                | '\u{4E00}'..='\u{9FFF}'
                | '\u{F900}'..='\u{FAFF}'
                | '\u{20000}'..='\u{3FFFF}'
        )
    })
}

/// Writes `word` in lower case into `out`, with `’` as a straight apostrophe, so that
/// *can’t* and *can't* are one word.
pub(super) fn fold(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
        return;
    }
    for character in word.chars() {
        match character {
            '\u{2019}' => out.push('\''),
            '\u{ad}' | '\u{2060}' => {} // a word mended at a line end
            other => out.extend(other.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pieces_of(text: &str) -> Vec<(Span, Piece)> {
        let mut found = Vec::new();
        pieces(text, Span { start: 0, end: text.len() as u32 }, &mut found);
        found
    }

    fn words(text: &str) -> Vec<&str> {
        pieces_of(text).into_iter().map(|(span, _)| span.of(text)).collect()
    }

    fn pairs(text: &str, stop: &str) -> Vec<String> {
        let mut found = pieces_of(text);
        bigrams(text, &mut found, |word| word == stop);
        found.into_iter().map(|(span, _)| span.of(text).to_owned()).collect()
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
        assert_eq!(words("this & that, #tag"), ["this", "&", "that", ",", "#", "tag"]);
    }

    #[test]
    fn scripts_without_spaces_give_overlapping_pairs() {
        assert_eq!(pairs("東京都", "的"), ["東京", "京都"]);
        assert_eq!(
            pairs("我的橋梁很長。", "的"),
            ["我", "的", "橋梁", "梁很", "很長", "。"]
        );
        assert_eq!(pairs("東 京 and", "的"), ["東", "京", "and"]);
    }

    #[test]
    fn curly_and_straight_apostrophes_fold_to_one_word() {
        let mut out = String::new();
        fold("Can’t", &mut out);
        assert_eq!(out, "can't");
        fold("ÉTÉ", &mut out);
        assert_eq!(out, "été");
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
