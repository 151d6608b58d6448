//! Stems for systems: the Snowball stemmers of rust-stemmers.

use epitome_base::stemming::is_stemmed;
use rust_stemmers::Stemmer as Snowball;

use super::Language;

/// The stemmer of a language, if it has one. Metrics have stemmers of their own.
pub struct Stemmer(Option<Snowball>);

impl Stemmer {
    /// Returns the Snowball stemmer of `language`. If there is none, words are their own
    /// stems.
    pub fn of(language: Language) -> Self {
        Self(language.entry().stemmer.map(Snowball::create))
    }

    /// Calls `then` with the stem of a lower-case word and returns its result. A word that
    /// [`is_stemmed`] excludes is its own stem.
    pub fn with_stem<T>(&self, word: &str, then: impl FnOnce(&str) -> T) -> T {
        match &self.0 {
            Some(snowball) if is_stemmed(word) => then(&snowball.stem(word)),
            _ => then(word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LANGUAGES;

    #[test]
    fn a_word_longer_than_any_word_is_its_own_stem_in_every_language() {
        for language in LANGUAGES {
            let language = language.code;
            let stemmer = Stemmer::of(language.parse().unwrap());
            for part in ["هق", "قا", "ing", "yy", "ность", "lar", "کا"] {
                let word = part.repeat(200_000);
                assert!(stemmer.with_stem(&word, |stem| stem == word), "{language}");
            }
        }
    }

    #[test]
    fn a_language_without_a_stemmer_is_left_alone() {
        let stem = |code: &str, word: &str| {
            Stemmer::of(code.parse().unwrap()).with_stem(word, str::to_owned)
        };
        assert_eq!(stem("en", "bridges"), "bridg");
        assert_eq!(stem("pl", "mosty"), "mosty");
        assert_eq!(stem("und", "bridges"), "bridges");
    }
}
