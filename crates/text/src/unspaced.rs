//! Finds the words of scripts without spaces between words by the dictionaries of ICU
//! (`icu_segmenter`): Han, Hiragana and Katakana, Thai, Lao, Burmese, Khmer.

use epitome_base::unicode::is_unspaced;
use icu_segmenter::{
    WordSegmenter, WordSegmenterBorrowed, options::WordBreakInvariantOptions,
};

use super::{Span, tokenise::Piece};

/// The dictionaries of scripts without spaces.
pub(super) struct Dictionaries(WordSegmenterBorrowed<'static>);

impl Default for Dictionaries {
    fn default() -> Self {
        Self(WordSegmenter::new_dictionary(
            WordBreakInvariantOptions::default(),
        ))
    }
}

impl Dictionaries {
    /// Replaces every run of adjacent words of these scripts, which UAX #29 divides into
    /// characters, by the words that it consists of. Takes time linear in the text, times
    /// the length of the longest word of a dictionary.
    pub(super) fn cut(&self, text: &str, pieces: &mut Vec<(Span, Piece)>) {
        let is_here = |&(span, piece): &(Span, Piece)| {
            piece == Piece::Word && span.of(text).chars().next().is_some_and(is_ours)
        };
        if !pieces.iter().any(is_here) {
            return;
        }

        let characters = std::mem::take(pieces);
        let mut at = 0;
        while let Some(&(first, piece)) = characters.get(at) {
            at += 1;
            if !is_here(&(first, piece)) {
                pieces.push((first, piece));
                continue;
            }
            let mut run = first;
            while let Some(next) = characters.get(at)
                && next.0.start == run.end
                && is_here(next)
            {
                run.end = next.0.end;
                at += 1;
            }
            self.words(text, run, pieces);
        }
    }

    /// Appends the words of a run.
    fn words(&self, text: &str, run: Span, out: &mut Vec<(Span, Piece)>) {
        let mut start = run.start;
        for end in self.0.segment_str(run.of(text)) {
            let end = run.start + end as u32;
            if end > start {
                out.push((Span { start, end }, Piece::Word));
                start = end;
            }
        }
    }
}

/// Returns whether words of a character's script are found by a dictionary. Katakana is
/// among them: a word may begin with it and continue in another script.
fn is_ours(character: char) -> bool {
    is_unspaced(character)
        || matches!(character, '\u{30A1}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}')
}

#[cfg(test)]
mod tests {
    use super::super::tokenise::{clitics::Clitics, pieces};
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let all = Span {
            start: 0,
            end: text.len() as u32,
        };
        pieces(text, all, Clitics::of("ja"), &mut found);
        Dictionaries::default().cut(text, &mut found);
        found.into_iter().map(|(span, _)| span.of(text)).collect()
    }

    #[test]
    fn words_of_a_dictionary_are_found() {
        assert_eq!(
            words("東京駅で電車を待つ。"),
            ["東京", "駅", "で", "電車", "を", "待つ", "。"]
        );
        assert_eq!(
            words("我们明天去北京。"),
            ["我们", "明天", "去", "北京", "。"]
        );
        assert_eq!(words("ผมไปโรงเรียน"), ["ผม", "ไป", "โรงเรียน"]);
    }

    #[test]
    fn other_scripts_are_left_alone() {
        assert_eq!(words("Tokyo 2 駅, old"), ["Tokyo", "2", "駅", ",", "old"]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "[a-c東京都がでテスรถ。 ]{0,20}") {
            let wanted: String = text.split_whitespace().collect();
            prop_assert_eq!(words(&text).concat(), wanted);
        }
    }
}
