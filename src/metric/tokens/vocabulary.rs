//! Words to stems to small numbers.

use crate::intern::Interner;

/// Above this many words, or bytes in them, all are forgotten at the next document.
const WORDS_LIMIT: usize = 1 << 20;
const BYTES_LIMIT: usize = 1 << 26;

const NONE: u32 = u32::MAX;

/// Remembers the stem of every word it has seen, and numbers the stems of the document
/// at hand.
///
/// A known word costs one look-up in a hash table and two in arrays: stemming was 70 %
/// of the time when each occurrence was stemmed.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
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
        let (id, new) = self.words.intern(word);
        if new {
            self.learn(word, normalise);
        }
        let stem = self.stem_of[id as usize];
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
