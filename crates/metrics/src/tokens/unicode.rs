//! Words of any script, for languages that the ROUGE tools score as zero.

use std::borrow::Cow;

use epitome_base::stemming::is_stemmed;
use epitome_base::unicode::{Casing, NARROW_SPACE, ZERO_WIDTH_SPACE, fold, parts_words};
use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation;

/// The Snowball stemmer of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snowball(usize);

/// The languages that have a stemmer, by their ISO 639-1 codes.
const LANGUAGES: [(&str, Algorithm); 18] = [
    ("ar", Algorithm::Arabic),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("nl", Algorithm::Dutch),
    ("no", Algorithm::Norwegian),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
];

impl Snowball {
    /// The codes of the languages that have a stemmer.
    pub const CODES: &[&str] = &{
        let mut codes = [""; LANGUAGES.len()];
        let mut at = 0;
        while at < codes.len() {
            codes[at] = LANGUAGES[at].0;
            at += 1;
        }
        codes
    };

    /// Returns the stemmer of the language with this code; `None` if there is none.
    pub fn of(code: &str) -> Option<Self> {
        LANGUAGES
            .iter()
            .position(|(known, _)| *known == code)
            .map(Self)
    }

    /// Returns the code of the language.
    pub fn code(self) -> &'static str {
        LANGUAGES[self.0].0
    }
}

/// Words of UAX #29 in folded spelling, stemmed or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unicode {
    /// The stemmer of the words, if any.
    pub stemmer: Option<Snowball>,
    /// How capitals become small letters.
    pub casing: Casing,
}

impl Unicode {
    /// Replaces a word of the text by its token: its folded form, or the stem of that
    /// form unless [`is_stemmed`] excludes it. Returns true: no word is dropped.
    pub(super) fn token(self, word: &mut Vec<u8>) -> bool {
        let mut folded = String::with_capacity(word.len());
        fold(
            std::str::from_utf8(word).unwrap_or(""),
            self.casing,
            &mut folded,
        );
        let stem = self.stemmer.map(|it| Stemmer::create(LANGUAGES[it.0].1));
        *word = match stem {
            Some(stemmer) if is_stemmed(&folded) => {
                stemmer.stem(&folded).into_owned().into_bytes()
            }
            _ => folded.into_bytes(),
        };
        true
    }
}

/// Calls `emit` with every word of a line: the parts between word boundaries of UAX #29
/// that contain a letter or digit. Scripts without spaces are split into characters (Han)
/// or runs (Thai). A zero-width space does not separate words; a narrow one does, as any
/// other space.
pub(super) fn words(line: &str, mut emit: impl FnMut(&[u8])) {
    for word in with_plain_spaces(line).unicode_words() {
        emit(word.as_bytes());
    }
}

/// Returns the line with plain spaces for those that UAX #29 does not read as spaces.
fn with_plain_spaces(line: &str) -> Cow<'_, str> {
    if line.is_ascii() || !line.contains([ZERO_WIDTH_SPACE, NARROW_SPACE]) {
        return Cow::Borrowed(line);
    }

    let mut plain = String::with_capacity(line.len());
    for character in line.chars() {
        match character {
            NARROW_SPACE => plain.push(' '),
            ZERO_WIDTH_SPACE if !parts_words(&plain) => {}
            other => plain.push(other),
        }
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::super::{Tokenisation, Tokeniser};
    use super::*;

    #[test]
    fn every_script_has_words() {
        let words =
            |text| Tokeniser::stems(Tokenisation::Unicode(Unicode::default()), text);
        assert_eq!(words("Café, 3.5% Москва"), ["café", "3.5", "москва"]);
        assert_eq!(words("東京 – 🙂"), ["東", "京"]);
    }

    #[test]
    fn words_are_stemmed_in_their_language() {
        let russian = Unicode {
            stemmer: Snowball::of("ru"),
            ..Unicode::default()
        };
        let russian = Tokenisation::Unicode(russian);
        assert_eq!(
            Tokeniser::stems(russian, "Москвы Москва"),
            ["москв", "москв"]
        );
        assert_eq!(Snowball::of("xx"), None);
    }

    #[test]
    fn a_word_longer_than_any_word_is_its_own_stem_in_every_language() {
        for code in Snowball::CODES {
            let rules = Unicode {
                stemmer: Snowball::of(code),
                ..Unicode::default()
            };
            for part in ["هق", "قا", "ing", "yy", "ность", "lar", "کا"] {
                let text = part.repeat(200_000);
                let mut word = text.clone().into_bytes();
                assert!(rules.token(&mut word) && word == text.as_bytes(), "{code}");
            }
        }
    }

    #[test]
    fn a_word_is_one_however_it_is_spelt() {
        let words =
            |text| Tokeniser::stems(Tokenisation::Unicode(Unicode::default()), text);
        assert_eq!(
            words("pi\u{200B}er 2\u{202F}500 pi\u{AD}er"),
            ["pier", "2", "500", "pier"]
        );
        assert_eq!(words("Ro\u{302}le ﬁlm we’re"), ["rôle", "film", "we're"]);
        // between words of a script without spaces it is a boundary
        assert_eq!(words("ฝน\u{200B}ตก").len(), words("ฝน ตก").len());
    }

    #[test]
    fn turkish_letters_are_small_in_turkish() {
        let turkish = Unicode {
            casing: Casing::of("tr"),
            ..Unicode::default()
        };
        let words = |rules, text| Tokeniser::stems(Tokenisation::Unicode(rules), text);
        assert_eq!(words(turkish, "ISI İki"), ["ısı", "iki"]);
        assert_eq!(words(Unicode::default(), "ISI İki"), ["isi", "iki"]);
    }
}
