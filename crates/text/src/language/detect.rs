//! Which language a text is in.

use super::{LANGUAGES, Language, known::UNDETERMINED, short};

impl Language {
    /// What a text is in, by its first 4,096 bytes: their script and trigrams (`whatlang`
    /// 0.18), and in a text of fewer than [`Self::SURE`] letters, in a script of several
    /// languages, its stop words. Undetermined when it holds no letters, when the guess
    /// is no language here, and when a short text does not say.
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

    /// As [`Self::detect`], of a text with a title: a short one is taken with it.
    pub fn detect_with(title: &str, text: &str) -> Self {
        if title.is_empty()
            || letters(&text[..text.floor_char_boundary(4096)]) >= Self::SURE
        {
            return Self::detect(text);
        }
        Self::detect(&format!("{title}\n{text}"))
    }

    /// From this many letters on trigrams are believed.
    pub const SURE: usize = 300;

    fn by_trigrams(head: &str) -> Self {
        let detected = whatlang::detect_lang(head);
        let entry = LANGUAGES
            .iter()
            .find(|entry| entry.detected == detected && detected.is_some());
        Self(entry.unwrap_or(UNDETERMINED))
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}
