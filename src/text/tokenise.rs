//! Words by UAX#29 (`unicode-segmentation`), and what stands between them.

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

/// Calls `take` with every piece of `text[within]`, in order; white space is left out.
pub(super) fn pieces(text: &str, within: Span, mut take: impl FnMut(Span, Piece)) {
    let start = within.start;
    let sentence = within.of(text);
    let mut done = 0;
    for (at, word) in sentence.unicode_word_indices() {
        punctuation(&sentence[done..at], start + done as u32, &mut take);
        let span =
            Span { start: start + at as u32, end: start + (at + word.len()) as u32 };
        take(span, Piece::Word);
        done = at + word.len();
    }
    punctuation(&sentence[done..], start + done as u32, &mut take);
}

fn punctuation(gap: &str, start: u32, take: &mut impl FnMut(Span, Piece)) {
    if gap.len() <= 1 && gap.trim_start().is_empty() {
        return; // the usual gap: one space
    }
    for run in gap.split_whitespace() {
        let at = start + (run.as_ptr().addr() - gap.as_ptr().addr()) as u32;
        take(Span { start: at, end: at + run.len() as u32 }, Piece::Punctuation);
    }
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
            other => out.extend(other.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pieces_of(text: &str) -> Vec<(&str, Piece)> {
        let mut found = Vec::new();
        let all = Span { start: 0, end: text.len() as u32 };
        pieces(text, all, |span, piece| found.push((span.of(text), piece)));
        found
    }

    #[test]
    fn words_and_what_stands_between_them() {
        let texts: Vec<_> = pieces_of("“It's 3.5 %,” she\u{a0}said…")
            .into_iter()
            .map(|(t, _)| t)
            .collect();
        assert_eq!(texts, ["“", "It's", "3.5", "%,”", "she", "said", "…"]);
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
        fn nothing_but_white_space_is_left_out(text in any::<String>()) {
            let kept: String = pieces_of(&text).into_iter().map(|(piece, _)| piece).collect();
            let wanted: String = text.split_whitespace().collect();
            let squeezed: String = kept.split_whitespace().collect();
            prop_assert_eq!(squeezed, wanted);
        }
    }
}
