//! Finds texts that occur in corpora more than once.

use std::hash::{BuildHasher, Hasher};

use foldhash::quality::FixedState;
use hashbrown::HashTable;
use serde::Serialize;

/// A document that has the words of an earlier one, or most of them. Made by
/// [`survey`](super::survey).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Repeat {
    /// The corpus of the document.
    pub corpus: String,
    /// The id of the document.
    pub document: String,
    /// The corpus of the earlier document: the same corpus, or an earlier one.
    pub first_corpus: String,
    /// The id of the earlier document.
    pub first_document: String,
    /// The likeness of both: 1 if the words are the same; otherwise the estimated share
    /// of the runs of five words in either that are in both, at least 0.5.
    pub likeness: f64,
}

/// The place of a document: the number of its corpus, and its number in the corpus.
pub(super) type Place = (u32, u32);

/// The texts so far, as 64-bit hashes: about 20 bytes for each document. Two of ten
/// million different texts share a hash with a probability of 3 in a million.
#[derive(Default)]
pub(super) struct SeenTexts {
    table: HashTable<(u64, Place)>,
}

impl SeenTexts {
    /// Adds a text. Returns the place of the first text with this hash, if there is one.
    pub(super) fn add(&mut self, text: u64, place: Place) -> Option<Place> {
        if let Some((_, first)) = self.table.find(text, |(met, _)| *met == text) {
            return Some(*first);
        }
        self.table
            .insert_unique(text, (text, place), |(met, _)| *met);
        None
    }
}

/// The words of a text as hashes. Words are runs of letters and digits, whatever their
/// case and whatever is between them.
pub(super) struct Words(Vec<u64>);

impl Words {
    /// Returns the words of a text.
    pub(super) fn of(text: &str) -> Self {
        let words = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|it| !it.is_empty());
        let hashes = words.map(|word| {
            let mut hasher = FixedState::default().build_hasher();
            word.chars()
                .flat_map(char::to_lowercase)
                .for_each(|c| hasher.write_u32(c.into()));
            hasher.finish()
        });
        Self(hashes.collect())
    }

    /// Returns the hash of each word.
    pub(super) fn hashes(&self) -> &[u64] {
        &self.0
    }

    /// Returns a hash of all words in their order.
    pub(super) fn hash(&self) -> u64 {
        let mut hasher = FixedState::default().build_hasher();
        self.0.iter().for_each(|word| hasher.write_u64(*word));
        hasher.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_the_same_text() {
        let same = |a: &str, b: &str| Words::of(a).hash() == Words::of(b).hash();
        assert!(same(
            "The river rose.\nIt fell!",
            "the  RIVER rose — it fell"
        ));
        assert!(!same("the river rose", "the rive rrose"));
        assert!(!same("the river rose", "the river fell"));
    }

    #[test]
    fn the_first_of_a_text_is_remembered() {
        let mut met = SeenTexts::default();
        assert_eq!(met.add(7, (0, 0)), None);
        assert_eq!(met.add(8, (0, 1)), None);
        assert_eq!(met.add(7, (1, 5)), Some((0, 0)));
        assert_eq!(met.add(7, (1, 6)), Some((0, 0)));
    }
}
