//! Stop lists of languages.

pub(super) mod given;

use std::{borrow::Cow, collections::BTreeSet};

use epitome_base::unicode::{Casing, fold};

use super::Language;

include!(concat!(env!("OUT_DIR"), "/stop_words.rs"));

/// The stop list of a language: NLTK's if it has one, otherwise the ISO list, both from
/// the `stop-words` crate; empty if neither has one. NLTK is preferred, since the ISO
/// lists contain content words (*research*, *state*, *million* in English). A word whose
/// folded form differs from the listed form is contained in both forms.
pub struct StopWords(BTreeSet<Cow<'static, str>>);

impl StopWords {
    /// Returns the stop list of `language`.
    pub fn of(language: Language) -> Self {
        let casing = Casing::of(language.code());
        let folded = Self::listed(language).filter_map(|word| {
            let mut folded = String::new();
            fold(word, casing, &mut folded);
            (folded != word).then_some(Cow::Owned(folded))
        });
        let listed = Self::listed(language).map(Cow::Borrowed);
        Self(listed.chain(folded).collect())
    }

    /// Returns the words of the stop list of `language`, as they are listed.
    pub(super) fn listed(language: Language) -> impl Iterator<Item = &'static str> {
        let entry = language.entry();
        let lines = entry.stop_words.and_then(|_| lines_of(entry.code));
        lines.unwrap_or_default().lines()
    }

    /// Returns whether a lower-case word with straight apostrophes is on the list.
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
            assert_eq!(
                words.0.is_empty(),
                entry.stop_words.is_none(),
                "{}",
                entry.code
            );
        }
    }

    #[test]
    fn english_keeps_its_content_words() {
        let words = StopWords::of("en".parse().unwrap());
        assert!(words.contains("the") && words.contains("don't"));
        assert!(!words.contains("research") && !words.contains("million"));
    }
}
