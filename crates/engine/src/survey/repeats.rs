//! Texts that stand in corpora more than once.

use std::hash::{BuildHasher, Hasher};

use foldhash::quality::FixedState;
use hashbrown::HashTable;
use serde::Serialize;

/// A document with the words of one before it, or most of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Repeat {
    /// Its corpus.
    pub corpus: String,
    /// Its id.
    pub document: String,
    /// The corpus of that one: the same, or one before it.
    pub first_corpus: String,
    /// The id of that one.
    pub first_document: String,
    /// 1 where the words are the same; else the estimated share of the runs of five
    /// words in either that stand in both, at least 0.5.
    pub likeness: f64,
}

/// Where a document stands: number of the corpus, and number in it.
pub(super) type Place = (u32, u32);

/// The texts that have been met, as 64-bit hashes: about 20 bytes a document. Two of ten
/// million different texts share a hash with a chance of 3 in a million.
#[derive(Default)]
pub(super) struct SeenTexts {
    table: HashTable<(u64, Place)>,
}

impl SeenTexts {
    /// Adds a text; the place of the first with this hash, where there was one.
    pub(super) fn add(&mut self, text: u64, place: Place) -> Option<Place> {
        if let Some((_, first)) = self.table.find(text, |(met, _)| *met == text) {
            return Some(*first);
        }
        self.table
            .insert_unique(text, (text, place), |(met, _)| *met);
        None
    }
}

/// The words of a text as hashes: runs of letters and digits, whatever their case and
/// whatever stands between them.
pub(super) struct Words(Vec<u64>);

impl Words {
    /// Of a text.
    pub(super) fn of(text: &str) -> Self {
        let words = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|it| !it.is_empty());
        let hash = |word: &str| {
            let mut hasher = FixedState::default().build_hasher();
            word.chars()
                .flat_map(char::to_lowercase)
                .for_each(|c| hasher.write_u32(c.into()));
            hasher.finish()
        };
        Self(words.map(hash).collect())
    }

    /// Word by word.
    pub(super) fn hashes(&self) -> &[u64] {
        &self.0
    }

    /// Of all of them in their order.
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
