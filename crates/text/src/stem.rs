//! Stems for systems: the Snowball stemmers of rust-stemmers.

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

    /// Calls `then` with the stem of a lower-case word and returns its result.
    pub fn with_stem<T>(&self, word: &str, then: impl FnOnce(&str) -> T) -> T {
        match &self.0 {
            Some(snowball) => then(&snowball.stem(word)),
            None => then(word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
