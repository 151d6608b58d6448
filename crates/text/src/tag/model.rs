//! The weights of features.

use super::{Tag, features::FEATURES, reader::Reader};

/// The number of weights of a feature: 17 tags, and room so that a slot has 24 bytes.
pub const WIDTH: usize = 20;

/// The number of bytes with a bit for each tag.
const BYTES_OF_TAGS: usize = 3;

/// The weights of a linear model, by the hash of the feature, with open addressing.
#[derive(Debug)]
pub struct TaggerModel {
    slots: Vec<Slot>,
    mask: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    feature: u32,
    weights: [i8; WIDTH],
}

impl TaggerModel {
    /// Returns a table of `entries`. No two of them may have the same feature.
    pub fn new(entries: &[(u32, [i8; WIDTH])]) -> Self {
        let size = (entries.len() + entries.len() / 2)
            .next_power_of_two()
            .max(2);
        let mut model = Self {
            slots: vec![Slot::default(); size],
            mask: size - 1,
        };
        for &(feature, weights) in entries {
            let at = model.slot(feature);
            model.slots[at] = Slot { feature, weights };
        }
        model
    }

    /// Returns the tag of the highest sum of weights; the first of equals.
    pub fn best(&self, features: &[u32; FEATURES]) -> Tag {
        // 50 features of at most 127 each do not overflow
        let mut sums = [0_i16; WIDTH];
        for &feature in features {
            let slot = &self.slots[self.slot(feature)];
            if slot.feature != 0 {
                for (sum, &weight) in sums.iter_mut().zip(&slot.weights) {
                    *sum += i16::from(weight);
                }
            }
        }

        let mut best = Tag::ALL[0];
        for tag in Tag::ALL {
            if sums[tag as usize] > sums[best as usize] {
                best = tag;
            }
        }
        best
    }

    /// Returns the slot of `feature`, or the one in which it would be. The table is at
    /// most two thirds full.
    fn slot(&self, feature: u32) -> usize {
        let mut at = feature as usize & self.mask;
        while self.slots[at].feature != feature && self.slots[at].feature != 0 {
            at = (at + 1) & self.mask;
        }
        at
    }

    /// Reads the entries of the table: the features, then for each a bit for each tag with a
    /// weight, then those weights.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let count = reader.number()? as usize;
        let features = reader.keys(count)?;
        let given = reader.numbers(count, BYTES_OF_TAGS)?;

        let mut entries = Vec::with_capacity(count);
        for (feature, given) in features.into_iter().zip(given) {
            let mut weights = [0; WIDTH];
            for (at, weight) in weights.iter_mut().enumerate() {
                if given >> at & 1 == 1 {
                    *weight = reader.bytes(1)?[0].cast_signed();
                }
            }
            entries.push((feature, weights));
        }
        Some(Self::new(&entries))
    }
}
