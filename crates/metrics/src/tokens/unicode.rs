//! Words of any script, for languages that the ROUGE tools score as zero.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation;

/// A Snowball stemmer by language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snowball(usize);

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
    /// The codes of the languages that have one.
    pub const CODES: &[&str] = &{
        let mut codes = [""; LANGUAGES.len()];
        let mut at = 0;
        while at < codes.len() {
            codes[at] = LANGUAGES[at].0;
            at += 1;
        }
        codes
    };

    /// The stemmer of the language with this code.
    pub fn of(code: &str) -> Option<Self> {
        LANGUAGES.iter().position(|(known, _)| *known == code).map(Self)
    }

    /// The language's code.
    pub fn code(self) -> &'static str {
        LANGUAGES[self.0].0
    }
}

/// Calls `emit` with every word of a line: word boundaries of UAX #29, lower case;
/// what has no letter or digit is none. Scripts without spaces fall into characters
/// (Han) or runs (Thai).
pub(super) fn words(line: &str, mut emit: impl FnMut(&[u8])) {
    for word in line.unicode_words() {
        emit(word.to_lowercase().as_bytes());
    }
}

/// Stems a word; drops none.
pub(super) fn stem(stemmer: Option<Snowball>, word: &mut Vec<u8>) -> bool {
    if let (Some(snowball), Ok(text)) = (stemmer, std::str::from_utf8(word)) {
        let stem = Stemmer::create(LANGUAGES[snowball.0].1).stem(text).into_owned();
        *word = stem.into_bytes();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::{Tokenisation, Tokeniser};
    use super::*;

    #[test]
    fn every_script_has_words() {
        let words = |text| Tokeniser::stems(Tokenisation::Unicode(None), text);
        assert_eq!(words("Café, 3.5% Москва"), ["café", "3.5", "москва"]);
        assert_eq!(words("東京 – 🙂"), ["東", "京"]);
    }

    #[test]
    fn words_are_stemmed_in_their_language() {
        let russian = Tokenisation::Unicode(Snowball::of("ru"));
        assert_eq!(Tokeniser::stems(russian, "Москвы Москва"), ["москв", "москв"]);
        assert_eq!(Snowball::of("xx"), None);
    }
}
