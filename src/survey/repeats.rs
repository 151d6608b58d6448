//! Texts that stand in corpora more than once.

use std::hash::{BuildHasher, Hasher};

use foldhash::quality::FixedState;
use hashbrown::HashTable;
use serde::Serialize;

/// A document with the words of one before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repeat {
    /// Its corpus.
    pub corpus: String,
    /// Its id.
    pub document: String,
    /// The corpus of the first with these words: the same, or one before it.
    pub first_corpus: String,
    /// The id of the first.
    pub first_document: String,
}

/// Where a document stands: number of the corpus, and number in it.
pub(super) type Place = (u32, u32);

/// The texts that have been met, as 64-bit hashes: about 20 bytes a document. Two of ten
/// million different texts share a hash with a chance of 3 in a million.
#[derive(Default)]
pub(super) struct Met {
    table: HashTable<(u64, Place)>,
}

impl Met {
    /// Adds a text; the place of the first with this hash, where there was one.
    pub(super) fn add(&mut self, text: u64, place: Place) -> Option<Place> {
        if let Some((_, first)) = self.table.find(text, |(met, _)| *met == text) {
            return Some(*first);
        }
        self.table.insert_unique(text, (text, place), |(met, _)| *met);
        None
    }
}

/// A hash of the words of a text: runs of letters and digits, whatever their case and
/// whatever stands between them.
pub(super) fn words_of(text: &str) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()) {
        word.chars()
            .flat_map(char::to_lowercase)
            .for_each(|c| hasher.write_u32(c.into()));
        hasher.write_u32(u32::MAX); // the end of a word is no character
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_the_same_text() {
        let same = |a: &str, b: &str| words_of(a) == words_of(b);
        assert!(same("The river rose.\nIt fell!", "the  RIVER rose — it fell"));
        assert!(!same("the river rose", "the rive rrose"));
        assert!(!same("the river rose", "the river fell"));
    }

    #[test]
    fn the_first_of_a_text_is_remembered() {
        let mut met = Met::default();
        assert_eq!(met.add(7, (0, 0)), None);
        assert_eq!(met.add(8, (0, 1)), None);
        assert_eq!(met.add(7, (1, 5)), Some((0, 0)));
        assert_eq!(met.add(7, (1, 6)), Some((0, 0)));
    }
}
