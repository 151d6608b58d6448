//! The short words of the current document with their numbers.

use super::word::Packed;

/// The number of slots of a new table: the different words of two summaries fit.
const FIRST_SLOTS: usize = 256;

/// The number of slots that are kept for the next document: 1.5 MB.
const MOST_SLOTS: usize = 1 << 16;

/// A hash table from the short words of one document to their numbers.
///
/// It is small enough for the first-level cache, which a table of all words of a corpus
/// is not. It is emptied by counting documents: a slot of an earlier document is free.
#[derive(Debug)]
pub(super) struct ShortWords {
    /// A power of two of slots, of which at most half are taken; a word is in the first
    /// slot from its hash on, or in the next ones.
    slots: Vec<Slot>,
    taken: usize,
    /// The number of the current document, from 1 on.
    document: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    word: Packed,
    number: u32,
    /// The document that the word belongs to; 0 if there was none.
    document: u32,
}

/// What [`ShortWords::find`] returns.
pub(super) enum Place {
    /// The number of the word.
    Of(u32),
    /// The slot that the word belongs to.
    Free(usize),
}

impl Default for ShortWords {
    fn default() -> Self {
        Self {
            slots: vec![Slot::default(); FIRST_SLOTS],
            taken: 0,
            document: 1,
        }
    }
}

impl ShortWords {
    /// Forgets all words.
    pub(super) fn clear(&mut self) {
        if self.document == u32::MAX || self.slots.len() > MOST_SLOTS {
            *self = Self::default();
            return;
        }
        self.taken = 0;
        self.document += 1;
    }

    /// Returns the number of a word, or where a new word belongs.
    #[inline]
    pub(super) fn find(&self, word: Packed) -> Place {
        let last = self.slots.len() - 1;
        let mut at = word.hash() as usize & last;
        loop {
            let slot = &self.slots[at];
            if slot.document != self.document {
                return Place::Free(at);
            }
            if slot.word == word {
                return Place::Of(slot.number);
            }
            at = (at + 1) & last;
        }
    }

    /// Adds a word with its number at the place that [`Self::find`] returned.
    pub(super) fn put(&mut self, place: usize, word: Packed, number: u32) {
        self.slots[place] = Slot {
            word,
            number,
            document: self.document,
        };
        self.taken += 1;
        if 2 * self.taken > self.slots.len() {
            self.grow();
        }
    }

    /// Doubles the number of slots.
    #[cold]
    fn grow(&mut self) {
        let slots = vec![Slot::default(); 2 * self.slots.len()];
        let last = slots.len() - 1;
        for slot in std::mem::replace(&mut self.slots, slots) {
            if slot.document != self.document {
                continue;
            }
            let mut at = slot.word.hash() as usize & last;
            while self.slots[at].document == self.document {
                at = (at + 1) & last;
            }
            self.slots[at] = slot;
        }
    }

    /// Returns the word with a number, if it is in the table.
    #[cfg(test)]
    pub(super) fn word(&self, number: u32) -> Option<Packed> {
        let is_it =
            |slot: &&Slot| slot.document == self.document && slot.number == number;
        self.slots.iter().find(is_it).map(|slot| slot.word)
    }
}

#[cfg(test)]
mod tests {
    use super::super::word::Word;
    use super::*;

    fn packed(text: &str) -> Packed {
        match Word::of(text.as_bytes()) {
            Word::Short(packed) => packed,
            Word::Long(_) => unreachable!("a test's words are short"),
        }
    }

    /// Returns the number of a word, which is `new` if the table lacks the word.
    fn number(words: &mut ShortWords, text: &str, new: u32) -> u32 {
        match words.find(packed(text)) {
            Place::Of(number) => number,
            Place::Free(place) => {
                words.put(place, packed(text), new);
                new
            }
        }
    }

    #[test]
    fn words_keep_their_numbers_while_the_table_grows_and_lose_them_with_the_document() {
        let mut words = ShortWords::default();
        for document in 0..3 {
            for unused in [0, 1_000_000] {
                for wanted in 0..1000 {
                    let word = format!("w{wanted}");
                    let found = number(&mut words, &word, wanted + document + unused);
                    assert_eq!(found, wanted + document);
                }
            }
            words.clear();
        }
    }

    #[test]
    fn a_count_of_documents_that_overflows_forgets_all_words() {
        let mut words = ShortWords::default();
        number(&mut words, "a", 1);
        words.document = u32::MAX;
        number(&mut words, "b", 2);
        words.clear();
        assert_eq!(number(&mut words, "a", 3), 3);
        assert_eq!(number(&mut words, "b", 4), 4);
    }

    #[test]
    fn a_table_of_a_very_large_document_is_not_kept() {
        let mut words = ShortWords::default();
        for new in 0..MOST_SLOTS as u32 {
            number(&mut words, &format!("w{new}"), new);
        }
        assert!(words.slots.len() > MOST_SLOTS);
        words.clear();
        assert_eq!(words.slots.len(), FIRST_SLOTS);
    }
}
