//! Stop lists by language.

use std::collections::BTreeSet;

use super::Language;

/// The stop list of a language: NLTK's where it has one, else the ISO list, both from
/// the `stop-words` crate; empty where neither has one. NLTK first, since the ISO
/// lists hold content words (*research*, *state*, *million* in English).
pub struct StopWords(BTreeSet<&'static str>);

impl StopWords {
    /// The list of `language`.
    pub fn of(language: Language) -> Self {
        let entry = language.entry();
        let words = entry.stop_words.and_then(|_| stop_words::lookup(entry.code));
        Self(words.unwrap_or_default().iter().copied().collect())
    }

    /// Whether a lower-case word with straight apostrophes is on the list.
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LANGUAGES;

    #[test]
    fn every_list_that_is_named_is_there() {
        for entry in LANGUAGES {
            let words = StopWords::of(entry.code.parse().unwrap());
            assert_eq!(words.0.is_empty(), entry.stop_words.is_none(), "{}", entry.code);
        }
    }

    #[test]
    fn english_keeps_its_content_words() {
        let words = StopWords::of("en".parse().unwrap());
        assert!(words.contains("the") && words.contains("don't"));
        assert!(!words.contains("research") && !words.contains("million"));
    }
}
