//! Counts of adjacent pairs of terms.

use super::reading::Reading;

/// Counts of adjacent pairs of words in a block, both of a regular case.
pub(super) struct Neighbours {
    /// Left term, right term and number of occurrences, in order.
    pairs: Vec<(u32, u32, u32)>,
}

/// Number of neighbours of a term on one side: of different ones, and of all.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Side {
    pub different: u32,
    pub all: u32,
}

impl Side {
    /// Returns the share of different neighbours; 0 if there are no neighbours.
    pub(super) fn share(self) -> f64 {
        match self.all {
            0 => 0.0,
            all => f64::from(self.different) / f64::from(all),
        }
    }
}

impl Neighbours {
    /// Counts the pairs of a text.
    pub(super) fn of(reading: &Reading) -> Self {
        let adjacent = reading.words.windows(2).filter(|pair| {
            pair[0].block == pair[1].block
                && pair.iter().all(|word| word.case.is_regular())
        });
        let mut keys: Vec<u64> = adjacent
            .map(|pair| u64::from(pair[0].term) << 32 | u64::from(pair[1].term))
            .collect();
        keys.sort_unstable();
        let pairs = keys
            .chunk_by(|a, b| a == b)
            .map(|same| ((same[0] >> 32) as u32, same[0] as u32, same.len() as u32));
        Self {
            pairs: pairs.collect(),
        }
    }

    /// Returns the number of times that `right` follows `left`.
    pub(super) fn count(&self, left: u32, right: u32) -> u32 {
        let found = self
            .pairs
            .binary_search_by_key(&(left, right), |pair| (pair.0, pair.1));
        found.map_or(0, |at| self.pairs[at].2)
    }

    /// Returns the neighbours on the left and on the right of each of `terms` terms.
    pub(super) fn sides(&self, terms: usize) -> Vec<[Side; 2]> {
        let mut sides = vec![[Side::default(); 2]; terms];
        for &(left, right, count) in &self.pairs {
            for (term, side) in [(right, 0), (left, 1)] {
                let side: &mut Side = &mut sides[term as usize][side];
                side.different += 1;
                side.all += count;
            }
        }
        sides
    }
}
