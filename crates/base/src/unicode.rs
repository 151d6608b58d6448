//! A normal form for words that can be spelt in several ways in Unicode.
//!
//! Canonically equivalent spellings, ligatures, full-width and half-width letters, curly
//! apostrophes, and soft hyphens and other invisible characters are differences of
//! encoding and of typesetting, not of words. [`fold`] removes them together with case.
//! Superscripts, fractions and letters in circles are kept: `m²` is not `m2`.

use unicode_normalization::{UnicodeNormalization, char::decompose_compatible};

/// How capital letters are converted to small ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Casing {
    /// The conversion of Unicode without a language: `I` becomes `i`.
    #[default]
    Usual,
    /// The conversion of Turkish and Azerbaijani: `I` becomes `ı`.
    Turkic,
}

impl Casing {
    /// Returns the casing of the language with this ISO 639-1 code.
    pub fn of(language: &str) -> Self {
        match language {
            "tr" | "az" => Self::Turkic,
            _ => Self::Usual,
        }
    }
}

/// Writes the folded form of `word` into `out`, which is cleared first.
///
/// The form is NFC, without characters for which [`is_invisible`] is true, with
/// compatibility forms replaced, every apostrophe as `'`, and full case folding: `Straße`
/// and `STRASSE` become `strasse`, a final sigma becomes a sigma, `İ` becomes `i`.
/// Folding twice is the same as folding once. The complexity is `O(n)`; ASCII needs no
/// table.
///
/// Unicode Standard, sections 3.11 (normalisation) and 3.13 (case folding).
pub fn fold(word: &str, casing: Casing, out: &mut String) {
    out.clear();
    if word.is_ascii() && (casing == Casing::Usual || !word.contains('I')) {
        out.push_str(word);
        out.make_ascii_lowercase();
        return;
    }

    let composed = word
        .chars()
        .filter(|&it| !is_invisible(it))
        .flat_map(plain)
        .nfc();
    // capitals may have a composed form and small letters none, or the other way round
    out.extend(composed.flat_map(|it| small(it, casing)).nfc());
}

/// Returns whether a character is invisible: soft hyphen, joiners and non-joiners,
/// zero-width spaces, marks of direction, variation selectors.
///
/// These are the characters with `Default_Ignorable_Code_Point` in Unicode 16, without
/// the Hangul fillers.
pub fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Returns whether a character is used as an apostrophe between letters.
pub fn is_apostrophe(character: char) -> bool {
    matches!(
        character,
        '\'' | '\u{2BC}' | '\u{2018}' | '\u{2019}' | '\u{FF07}'
    )
}

/// Returns whether words in the script of this character follow each other without a space:
/// Thai, Lao, Burmese, Khmer, Hiragana, Han. (Katakana words are recognisable without
/// spaces.)
pub fn is_unspaced(character: char) -> bool {
    matches!(
        character,
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
}

/// The zero-width space, at which a line can be broken. It separates words in scripts
/// without spaces, and occurs inside a word elsewhere.
pub const ZERO_WIDTH_SPACE: char = '\u{200B}';

/// A space that does not break a line, and that UAX #29 treats as part of a word.
pub const NARROW_SPACE: char = '\u{202F}';

/// Returns whether [`ZERO_WIDTH_SPACE`] separates words after the text `before` it.
pub fn parts_words(before: &str) -> bool {
    before.chars().next_back().is_some_and(is_unspaced)
}

/// Returns whether a character is a compatibility form of others that look the same or
/// differ in width: ligatures (`ﬁ`), full-width letters and half-width Katakana, the
/// positional forms of Arabic letters, `ſ`.
fn is_compatible(character: char) -> bool {
    matches!(
        character,
        '\u{132}'..='\u{133}'
            | '\u{13F}'..='\u{140}'
            | '\u{149}'
            | '\u{17F}'
            | '\u{1C4}'..='\u{1CC}'
            | '\u{1F1}'..='\u{1F3}'
            | '\u{587}'
            | '\u{FB00}'..='\u{FB17}'
            | '\u{FB50}'..='\u{FDFB}'
            | '\u{FE70}'..='\u{FEFC}'
            | '\u{FF01}'..='\u{FFEE}'
    )
}

/// Returns the characters that replace a compatibility form; most characters are returned
/// unchanged.
fn plain(character: char) -> impl Iterator<Item = char> {
    let mut characters = Few::default();
    match character {
        _ if is_apostrophe(character) => characters.push('\''),
        _ if is_compatible(character) => {
            decompose_compatible(character, |part| {
                characters.push(plain_apostrophe(part));
            });
        }
        _ => characters.push(character),
    }
    characters
}

/// Returns an apostrophe in its plain form and other characters unchanged: `ŉ` decomposes
/// into a typographic apostrophe and a letter.
fn plain_apostrophe(character: char) -> char {
    if is_apostrophe(character) {
        '\''
    } else {
        character
    }
}

/// Returns the small letters of a character.
fn small(character: char, casing: Casing) -> impl Iterator<Item = char> {
    let mut characters = Few::default();
    match (character, casing) {
        ('I', Casing::Turkic) => characters.push('ı'),
        ('İ', _) => characters.push('i'),
        ('ß' | 'ẞ', _) => ['s', 's'].into_iter().for_each(|it| characters.push(it)),
        ('ς', _) => characters.push('σ'),
        _ => character.to_lowercase().for_each(|it| characters.push(it)),
    }
    characters
}

/// The replacement of a character: at most 18 characters, since no character decomposes
/// into more.
#[derive(Default)]
struct Few {
    characters: [char; 18],
    length: usize,
    given: usize,
}

impl Few {
    fn push(&mut self, character: char) {
        if let Some(place) = self.characters.get_mut(self.length) {
            *place = character;
            self.length += 1;
        }
    }
}

impl Iterator for Few {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        let next = self.characters[..self.length].get(self.given).copied();
        self.given += 1;
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(word: &str) -> String {
        folded_in(Casing::Usual, word)
    }

    fn folded_in(casing: Casing, word: &str) -> String {
        let mut out = "old".to_owned();
        fold(word, casing, &mut out);
        out
    }

    #[test]
    fn canonically_equivalent_words_are_one() {
        assert_eq!(folded("cafe\u{301}"), "café");
        assert_eq!(folded("CAFÉ"), "café");
        // Hangul in letters and in syllables
        assert_eq!(folded("\u{1103}\u{1161}\u{1105}\u{1175}"), "다리");
        // a letter that has no composed form, in the form that NFC has for it
        assert_eq!(folded("\u{958}"), folded("\u{915}\u{93C}"));
        assert_eq!(folded("J\u{30C}"), "ǰ");
    }

    #[test]
    fn what_has_no_form_of_its_own_is_left_out() {
        assert_eq!(folded("har\u{AD}bour"), "harbour");
        assert_eq!(folded("\u{FEFF}har\u{200B}bo\u{2060}ur\u{200E}"), "harbour");
    }

    #[test]
    fn ligatures_and_widths_are_those_of_the_letters() {
        assert_eq!(folded("ﬂoﬀ"), "floff");
        assert_eq!(folded("ＸＹ７"), "xy7");
        assert_eq!(folded("ﾊﾞｽ"), "バス");
        assert_eq!(folded("ĳs"), "ijs");
        assert_eq!(folded("m²"), "m²", "a square is no 2");
    }

    #[test]
    fn apostrophes_are_straight() {
        for apostrophe in ['\u{2018}', '\u{2019}', '\u{2BC}', '\u{FF07}'] {
            assert_eq!(folded(&format!("Can{apostrophe}t")), "can't");
        }
    }

    #[test]
    fn case_goes_by_the_language() {
        assert_eq!(folded("ISI"), "isi");
        assert_eq!(folded("İl"), "il");
        assert_eq!(folded_in(Casing::of("tr"), "ISI İl"), "ısı il");
        assert_eq!(folded("GROẞE große GROSSE"), "grosse grosse grosse");
        assert_eq!(folded("ΛΟΓΟΣ"), folded("λογος"));
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(word in any::<String>(), turkic in any::<bool>()) {
            let casing = if turkic { Casing::Turkic } else { Casing::Usual };
            let once = folded_in(casing, &word);
            // in Turkish a second `I` can come of no letter: all are small
            prop_assert_eq!(folded_in(casing, &once), once);
        }

        #[test]
        fn normal_forms_of_a_word_are_one(word in any::<String>()) {
            let [composed, decomposed]: [String; 2] =
                [word.nfc().collect(), word.nfd().collect()];
            prop_assert_eq!(folded(&composed), folded(&word));
            prop_assert_eq!(folded(&decomposed), folded(&word));
        }
    }
}
