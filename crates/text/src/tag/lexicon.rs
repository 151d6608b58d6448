//! What is known of frequent words apart from the sentence they stand in.

use super::{Tag, reader::Reader};

/// Of one word. Every field is a class with no meaning but "the same as that of
/// words alike"; 0 is unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// Class of words that stand between the same classes of words in raw text.
    pub cluster: u8,
    /// The same with fewer, larger classes.
    pub coarse: u8,
    /// The tags it was given in raw text.
    pub tags: u8,
    /// The parts of speech a hand-written list gives it, and its inflection.
    pub listed: u8,
    /// How often it begins with a capital where it need not.
    pub capital: u8,
    /// The tag it always has.
    pub only: Option<Tag>,
}

impl Facts {
    /// Beyond either end of a sentence.
    pub const EDGE: Self = Self {
        cluster: u8::MAX,
        coarse: u8::MAX,
        tags: u8::MAX,
        listed: u8::MAX,
        capital: u8::MAX,
        only: None,
    };
}

/// Words by the hash of their form, with their facts: an open-addressed table.
#[derive(Debug, Default)]
pub struct Lexicon {
    slots: Vec<(u32, Facts)>,
    mask: usize,
}

impl Lexicon {
    /// A table of `entries`, of which no two have the same form.
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

    /// What is known of the word with this [form](super::word::form); unknown if it is not here.
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

    /// Whether there are facts of `form`.
    pub(super) fn knows(&self, form: u32) -> bool {
        !self.slots.is_empty() && form != 0 && self.slots[self.slot(form)].0 == form
    }

    /// Where `form` is, or would be. The table is at most half full.
    fn slot(&self, form: u32) -> usize {
        let mut at = form as usize & self.mask;
        while self.slots[at].0 != form && self.slots[at].0 != 0 {
            at = (at + 1) & self.mask;
        }
        at
    }

    /// Reads the entries: form, facts.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let count = reader.number()?;
        let mut entries = Vec::with_capacity(count as usize);
        let mut form = 0_u32;
        for _ in 0..count {
            form = form.checked_add(reader.number()?)?;
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
