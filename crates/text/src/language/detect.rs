//! Detects the language of a text.

use super::{LANGUAGES, Language, known::UNDETERMINED, short};

impl Language {
    /// Returns the language of a text, from its first 4,096 bytes: from their script and
    /// trigrams (`whatlang` 0.18) and, in a text of fewer than [`Self::SURE`] letters in
    /// a script of several languages, from its stop words. The result is undetermined if
    /// there are no letters, if the guess is not one of [`LANGUAGES`], and if a short
    /// text is not clear.
    pub fn detect(text: &str) -> Self {
        let head = &text[..text.floor_char_boundary(4096)];
        let guess = Self::by_trigrams(head);
        let Some(info) = whatlang::detect(head) else {
            return guess;
        };
        if info.script().langs().len() < 2 || letters(head) >= Self::SURE {
            return guess;
        }
        short::voted(head, guess).unwrap_or_else(Self::undetermined)
    }

    /// Returns the language of a text with a title, as [`Self::detect`] does. A short
    /// text is judged together with its title.
    pub fn detect_with(title: &str, text: &str) -> Self {
        if title.is_empty()
            || letters(&text[..text.floor_char_boundary(4096)]) >= Self::SURE
        {
            return Self::detect(text);
        }
        Self::detect(&format!("{title}\n{text}"))
    }

    /// The number of letters from which trigrams are trusted.
    pub const SURE: usize = 300;

    /// Returns the language that the trigrams of a text suggest.
    fn by_trigrams(head: &str) -> Self {
        let detected = whatlang::detect_lang(head);
        let entry = LANGUAGES
            .iter()
            .find(|entry| entry.detected == detected && detected.is_some());
        Self(entry.unwrap_or(UNDETERMINED))
    }
}

/// Returns the number of letters in a text.
fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}
