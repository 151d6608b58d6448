//! Words to stems to small numbers.

use hashbrown::HashTable;

use crate::intern::Interner;

/// Above this many words, or bytes in them, all are forgotten at the next document.
const WORDS_LIMIT: usize = 1 << 20;
const BYTES_LIMIT: usize = 1 << 26;

const NONE: u32 = u32::MAX;

/// Remembers the stem of every word it has seen, and numbers the stems of the document
/// at hand.
///
/// A known word costs one look-up in a hash table and one in an array. Words of at most
/// eight bytes, the most, have a table in which they are numbers themselves.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// Short word, its bytes as a number → stem. Never iterated.
    short: HashTable<(u64, u32)>,
    words: Interner,
    /// Word → stem, or [`NONE`] for a word that is dropped.
    stem_of: Vec<u32>,
    stems: Interner,
    /// Stem → number in the document, or [`NONE`] for a stem it has not.
    number_of: Vec<u32>,
    /// The stems of the document in the order of their numbers.
    numbered: Vec<u32>,
    bytes: usize,
    stem: Vec<u8>,
}

impl Vocabulary {
    /// Forgets the numbers; and all words when there are very many, so that memory does
    /// not grow with the corpus.
    pub(super) fn start_document(&mut self) {
        if self.words.len() > WORDS_LIMIT || self.bytes > BYTES_LIMIT {
            *self = Self::default();
        }
        for stem in self.numbered.drain(..) {
            self.number_of[stem as usize] = NONE;
        }
    }

    /// The number of a word's stem; none for a word that is dropped. `normalise` turns
    /// the word into its stem, or says that it is dropped.
    pub(super) fn number(
        &mut self,
        word: &[u8],
        normalise: impl FnOnce(&mut Vec<u8>) -> bool,
    ) -> Option<u32> {
        let stem = match packed(word) {
            Some(packed) => self.stem_of_short(packed, word, normalise),
            None => self.stem_of_any(word, normalise),
        };
        if stem == NONE {
            return None;
        }
        let number = &mut self.number_of[stem as usize];
        if *number == NONE {
            *number = self.numbered.len() as u32;
            self.numbered.push(stem);
        }
        Some(*number)
    }

    fn stem_of_short(
        &mut self,
        packed: u64,
        word: &[u8],
        normalise: impl FnOnce(&mut Vec<u8>) -> bool,
    ) -> u32 {
        let known = self.short.find(hash(packed), |(known, _)| *known == packed);
        if let Some((_, stem)) = known {
            return *stem;
        }
        let stem = self.stem_of_any(word, normalise);
        self.short.insert_unique(hash(packed), (packed, stem), |(known, _)| hash(*known));
        stem
    }

    fn stem_of_any(
        &mut self,
        word: &[u8],
        normalise: impl FnOnce(&mut Vec<u8>) -> bool,
    ) -> u32 {
        let (id, new) = self.words.intern(word);
        if new {
            self.learn(word, normalise);
        }
        self.stem_of[id as usize]
    }

    fn learn(&mut self, word: &[u8], normalise: impl FnOnce(&mut Vec<u8>) -> bool) {
        self.bytes += word.len();
        self.stem.clear();
        self.stem.extend_from_slice(word);
        if !normalise(&mut self.stem) {
            self.stem_of.push(NONE);
            return;
        }
        let (stem, new) = self.stems.intern(&self.stem);
        if new {
            self.number_of.push(NONE);
        }
        self.stem_of.push(stem);
    }

    /// The stem of a number.
    #[cfg(test)]
    pub(super) fn stem(&self, number: u32) -> String {
        let stem = self.stems.get(self.numbered[number as usize]);
        String::from_utf8(stem.to_vec()).unwrap()
    }
}

/// The bytes of a short word as one number; none of a longer word, or of one with a NUL,
/// which would be taken for the end.
fn packed(word: &[u8]) -> Option<u64> {
    let short = word.len() <= 8 && !word.contains(&0);
    short.then(|| word.iter().fold(0, |packed, &byte| packed << 8 | u64::from(byte)))
}

/// Mixes all bits into the high and the low ones, both of which the table uses.
fn hash(packed: u64) -> u64 {
    let wide = u128::from(packed) * 0x9E37_79B9_7F4A_7C15;
    (wide >> 64) as u64 ^ wide as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_differ_in_a_nul_are_different() {
        let mut vocabulary = Vocabulary::default();
        let words: [&[u8]; 6] = [b"a", b"\0a", b"a\0", b"", b"abcdefgh", b"abcdefghi"];
        for round in 0..2 {
            for (at, word) in (0..).zip(words) {
                assert_eq!(vocabulary.number(word, |_| true), Some(at), "round {round}");
            }
        }
    }
}
