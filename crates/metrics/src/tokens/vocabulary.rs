//! The vocabulary of a tokeniser: words are mapped to stems, and stems to small numbers.

use hashbrown::HashTable;

use epitome_base::intern::Interner;

use super::{
    short_words::{Place, ShortWords},
    word::{Packed, Word},
};

/// The number of words above which all words are forgotten at the next document.
const WORDS_LIMIT: usize = 1 << 20;

/// The number of bytes in words above which all words are forgotten at the next document.
const BYTES_LIMIT: usize = 1 << 26;

/// The number of what has none.
const NONE: u32 = u32::MAX;

/// Remembers the stem of every word that it has seen, and numbers the stems of the
/// current document.
///
/// Words of at most 15 bytes, which are nearly all, are stored as integers. One that the
/// document has already costs a look-up in a small table, one that another document had
/// a look-up in a large table and one in an array.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// The numbers of the short words of the current document.
    here: ShortWords,
    /// The stem of each short word, which is packed into an integer. Never iterated.
    short: HashTable<(Packed, u32)>,
    words: Interner,
    /// The stem of each word, or [`NONE`] for a word that is dropped.
    stem_of: Vec<u32>,
    stems: Interner,
    /// The number of each stem in the current document, or [`NONE`] for a stem that it
    /// lacks.
    number_of: Vec<u32>,
    /// The stems of the current document that are in `number_of`, for forgetting them.
    numbered: Vec<u32>,
    /// The number of the next new stem of the current document.
    next: u32,
    bytes: usize,
    stem: Vec<u8>,
}

impl Vocabulary {
    /// Forgets the numbers, and all words if there are very many, so that memory does not
    /// grow with the corpus.
    pub(super) fn start_document(&mut self) {
        if self.words.len() > WORDS_LIMIT || self.bytes > BYTES_LIMIT {
            *self = Self::default();
        }
        self.here.clear();
        self.next = 0;
        for stem in self.numbered.drain(..) {
            self.number_of[stem as usize] = NONE;
        }
    }

    /// Returns the number of a word's stem; `None` for a word that is dropped.
    /// `normalise` replaces the word by its stem and returns whether it is kept.
    pub(super) fn number(
        &mut self,
        word: Word<'_>,
        normalise: impl FnOnce(&mut Vec<u8>) -> bool,
    ) -> Option<u32> {
        let number = match word {
            Word::Short(packed) => match self.here.find(packed) {
                Place::Of(number) => number,
                Place::Free(place) => {
                    let stem = self.stem_of_short(packed, normalise);
                    let number = self.number_of_stem(stem);
                    self.here.put(place, packed, number);
                    number
                }
            },
            Word::Long(word) => {
                let stem = self.stem_of_any(word, normalise);
                self.number_of_stem(stem)
            }
        };
        (number != NONE).then_some(number)
    }

    /// Returns the number of a word that is its own stem. A vocabulary numbers all words
    /// by this function or all by [`Self::number`].
    pub(super) fn number_as_is(&mut self, word: Word<'_>) -> u32 {
        match word {
            Word::Short(packed) => match self.here.find(packed) {
                Place::Of(number) => number,
                Place::Free(place) => {
                    let number = self.new_number();
                    self.here.put(place, packed, number);
                    number
                }
            },
            Word::Long(word) => {
                let stem = self.stem_of_any(word, |_| true);
                self.number_of_stem(stem)
            }
        }
    }

    /// Returns the number of a stem in the current document; [`NONE`] for [`NONE`].
    fn number_of_stem(&mut self, stem: u32) -> u32 {
        if stem == NONE {
            return NONE;
        }
        let known = self.number_of[stem as usize];
        if known != NONE {
            return known;
        }
        let number = self.new_number();
        self.number_of[stem as usize] = number;
        self.numbered.push(stem);
        number
    }

    fn new_number(&mut self) -> u32 {
        let number = self.next;
        self.next += 1;
        number
    }

    fn stem_of_short(
        &mut self,
        packed: Packed,
        normalise: impl FnOnce(&mut Vec<u8>) -> bool,
    ) -> u32 {
        let known = self
            .short
            .find(packed.hash(), |(known, _)| *known == packed);
        if let Some((_, stem)) = known {
            return *stem;
        }

        let stem = self.stem_of_any(&packed.bytes()[..packed.len()], normalise);
        self.short
            .insert_unique(packed.hash(), (packed, stem), |(known, _)| known.hash());
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

    /// Adds a new word with its stem to the vocabulary.
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

    /// Returns the stem that has a number.
    #[cfg(test)]
    pub(super) fn stem(&self, number: u32) -> String {
        let stem = self.number_of.iter().position(|&known| known == number);
        if let Some(stem) = stem {
            return String::from_utf8(self.stems.get(stem as u32).to_vec()).unwrap();
        }

        let word = self.here.word(number).unwrap();
        String::from_utf8(word.bytes()[..word.len()].to_vec()).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_differ_in_a_nul_are_different() {
        let mut vocabulary = Vocabulary::default();
        let words: [&[u8]; 8] = [
            b"a",
            b"\0a",
            b"a\0",
            b"",
            b"abcdefgh",
            b"abcdefghi",
            b"abcdefghijklmno",
            b"abcdefghijklmnop",
        ];
        for round in 0..2 {
            for (at, word) in (0..).zip(words) {
                assert_eq!(
                    vocabulary.number(Word::of(word), |_| true),
                    Some(at),
                    "round {round}"
                );
            }
        }
    }

    #[test]
    fn a_word_in_lower_case_is_that_word() {
        let mut scratch = Vec::new();
        for word in ["A", "aB9", "ABCDEFGHIJKLMN0", "ABCDEFGHIJKLMNOP", "Z"] {
            for after in ["", " and more of the line", "."] {
                let text = format!("{word}{after}");
                let mut vocabulary = Vocabulary::default();
                let lower = word.to_lowercase();
                let wanted = vocabulary.number(Word::of(lower.as_bytes()), |_| true);
                let found =
                    Word::in_lower_case(text.as_bytes(), word.len(), &mut scratch);
                assert_eq!(vocabulary.number(found, |_| true), wanted, "{text}");
            }
        }
    }
}
