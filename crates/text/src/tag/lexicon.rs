//! What the tagger knows about frequent words, whatever their sentence.

use super::{Tag, reader::Reader};

/// The classes of one word. The numbers of a class have no meaning except that words with
/// the same number are alike; 0 is unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// The class of words that occur between the same classes of words in raw text.
    pub cluster: u8,
    /// The class of words by the same criterion, with fewer and larger classes.
    pub coarse: u8,
    /// The class of the tags that the word had in raw text.
    pub tags: u8,
    /// The class of the parts of speech and the inflection of the word in a hand-written
    /// list.
    pub listed: u8,
    /// The class of how often the word begins with a capital where it need not.
    pub capital: u8,
    /// The tag that the word always has, if there is one.
    pub only: Option<Tag>,
}

impl Facts {
    /// The classes of the places beyond either end of a sentence.
    pub const EDGE: Self = Self {
        cluster: u8::MAX,
        coarse: u8::MAX,
        tags: u8::MAX,
        listed: u8::MAX,
        capital: u8::MAX,
        only: None,
    };
}

/// A table of words with their classes, by the hash of their form, with open addressing.
#[derive(Debug, Default)]
pub struct Lexicon {
    slots: Vec<(u32, Facts)>,
    mask: usize,
}

impl Lexicon {
    /// Returns a table of `entries`. No two of them may have the same form.
    pub fn new(entries: &[(u32, Facts)]) -> Self {
        let size = (entries.len() * 2).next_power_of_two().max(2);
        let mut lexicon = Self {
            slots: vec![(0, Facts::default()); size],
            mask: size - 1,
        };
        for &(form, facts) in entries {
            let at = lexicon.slot(form);
            lexicon.slots[at] = (form, facts);
        }
        lexicon
    }

    /// Returns the classes of the word with this [form](super::word::form); all unknown
    /// if it is not in the table.
    pub fn facts(&self, form: u32) -> Facts {
        if self.slots.is_empty() {
            return Facts::default();
        }
        let (found, facts) = self.slots[self.slot(form)];
        if found == form {
            facts
        } else {
            Facts::default()
        }
    }

    /// Returns whether the table contains `form`.
    pub(super) fn knows(&self, form: u32) -> bool {
        !self.slots.is_empty() && form != 0 && self.slots[self.slot(form)].0 == form
    }

    /// Returns the slot of `form`, or the one in which it would be. The table is at most
    /// half full.
    fn slot(&self, form: u32) -> usize {
        let mut at = form as usize & self.mask;
        while self.slots[at].0 != form && self.slots[at].0 != 0 {
            at = (at + 1) & self.mask;
        }
        at
    }

    /// Reads the entries of the table: the forms, then the classes of each.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let count = reader.number()? as usize;
        let forms = reader.keys(count)?;

        let mut entries = Vec::with_capacity(count);
        for form in forms {
            let &[cluster, coarse, tags, listed, capital, only] = reader.bytes(6)? else {
                return None;
            };

            let only = usize::from(only)
                .checked_sub(1)
                .and_then(|at| Tag::ALL.get(at));

            let facts = Facts {
                cluster,
                coarse,
                tags,
                listed,
                capital,
                only: only.copied(),
            };
            entries.push((form, facts));
        }
        Some(Self::new(&entries))
    }
}
