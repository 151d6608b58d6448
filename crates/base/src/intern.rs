//! An interner, which maps strings to dense numbers.

use std::hash::{BuildHasher, Hasher};

use foldhash::quality::FixedState;
use hashbrown::HashTable;

/// A set of strings that are numbered in the order of their first occurrence.
///
/// The bytes of all strings are in one buffer; the hash table contains only numbers and
/// places, so looking up a known string allocates nothing. The table is never iterated.
#[derive(Debug, Clone)]
pub struct Interner {
    table: HashTable<Slot>,
    bytes: Vec<u8>,
    ends: Vec<u32>,
    hasher: FixedState,
}

/// The number of a string and its place in the buffer, so that a comparison needs only
/// one more memory access.
#[derive(Debug, Clone, Copy)]
struct Slot {
    id: u32,
    start: u32,
    end: u32,
}

impl Slot {
    fn of(self, bytes: &[u8]) -> &[u8] {
        &bytes[self.start as usize..self.end as usize]
    }
}

impl Default for Interner {
    fn default() -> Self {
        Self {
            table: HashTable::new(),
            bytes: Vec::new(),
            ends: Vec::new(),
            hasher: FixedState::with_seed(0),
        }
    }
}

impl Interner {
    /// Returns the number of `text`, and whether it is new.
    pub fn intern(&mut self, text: &[u8]) -> (u32, bool) {
        let hash = hash(&self.hasher, text);
        if let Some(known) = self.find_hashed(hash, text) {
            return (known, false);
        }

        let (id, start) = (self.ends.len() as u32, self.bytes.len() as u32);
        self.bytes.extend_from_slice(text);
        let slot = Slot {
            id,
            start,
            end: self.bytes.len() as u32,
        };
        self.ends.push(slot.end);

        let (bytes, hasher) = (&self.bytes, &self.hasher);
        self.table
            .insert_unique(hash, slot, |slot| self::hash(hasher, slot.of(bytes)));
        (id, true)
    }

    /// Returns the number of `text`; `None` if it has none.
    pub fn find(&self, text: &[u8]) -> Option<u32> {
        self.find_hashed(hash(&self.hasher, text), text)
    }

    fn find_hashed(&self, hash: u64, text: &[u8]) -> Option<u32> {
        self.table
            .find(hash, |slot| slot.of(&self.bytes) == text)
            .map(|slot| slot.id)
    }

    /// Returns the string with the number `id`; empty if there is none.
    pub fn get(&self, id: u32) -> &[u8] {
        slice(&self.bytes, &self.ends, id)
    }

    /// Returns the number of strings.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns whether there are no strings.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Forgets all strings but keeps the allocated memory.
    pub fn clear(&mut self) {
        self.table.clear();
        self.bytes.clear();
        self.ends.clear();
    }
}

/// Returns the bytes of the string with the number `id`, from the ends of all strings.
fn slice<'a>(bytes: &'a [u8], ends: &[u32], id: u32) -> &'a [u8] {
    let at = id as usize;
    let start = if at == 0 {
        0
    } else {
        ends.get(at - 1).map_or(0, |&end| end as usize)
    };
    ends.get(at).map_or(&[], |&end| &bytes[start..end as usize])
}

fn hash(hasher: &FixedState, text: &[u8]) -> u64 {
    let mut state = hasher.build_hasher();
    state.write(text);
    state.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_dense_and_stable() {
        let mut interner = Interner::default();
        assert_eq!(interner.intern(b"the"), (0, true));
        assert_eq!(interner.intern(b""), (1, true));
        assert_eq!(interner.intern(b"the"), (0, false));
        assert_eq!(interner.intern(b"cat"), (2, true));
        assert_eq!(
            (interner.get(0), interner.get(1), interner.get(2)),
            (&b"the"[..], &b""[..], &b"cat"[..])
        );
        assert_eq!(interner.get(99), b"");
        interner.clear();
        assert_eq!(interner.intern(b"cat"), (0, true));
    }

    #[test]
    fn many_strings_keep_their_numbers() {
        let mut interner = Interner::default();
        for round in 0..2 {
            for number in 0..10_000_u32 {
                let (id, new) = interner.intern(number.to_string().as_bytes());
                assert_eq!((id, new), (number, round == 0));
            }
        }
    }
}
