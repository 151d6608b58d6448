//! Longest common subsequences, 64 columns at a time.
//!
//! A row of the table `c[i][j]` (`i` tokens of one text, `j` of the other) rises by at
//! most 1 from column to column: a bit is enough. Bit `j` of `flat` says that it does
//! *not* rise at column `j`, and a whole word of the next row follows from the columns
//! that `match` row `i`:
//!
//! ```text
//! flat' = (flat + (flat & matches)) | (flat & !matches)
//! ```
//!
//! Crochemore, Iliopoulos, Pinzon & Reid (2001), *A fast and practical bit-vector
//! algorithm for the longest common subsequence problem*, in the form of Hyyrö (2004).

/// The row after `flat`; `carry` goes from word to word.
pub(super) fn next_row(flat: u64, matches: u64, carry: &mut bool) -> u64 {
    let (sum, over) = flat.overflowing_add(flat & matches);
    let (sum, over_again) = sum.overflowing_add(u64::from(*carry));
    *carry = over | over_again;
    sum | (flat & !matches)
}

/// The columns at which a token stands, in one word of 64 columns.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    of: Vec<u64>,
}

impl Columns {
    /// For tokens below `types`, and none of them anywhere.
    pub(crate) fn new(types: usize) -> Self {
        Self { of: vec![0; types] }
    }

    /// Adds those of `tokens` that can match to `kept`, and of others the first after one
    /// of them: there the way back through the table may pass by a match, and no further
    /// one changes it.
    pub(super) fn keep(&self, tokens: &[u32], kept: &mut Vec<u32>) {
        let types = self.of.len();
        let mut end = kept.len();
        kept.resize(end + tokens.len(), 0);
        let mut could_match = false;
        for &token in tokens {
            // half of them can, so a branch would be a guess
            kept[end] = token;
            let can_match = (token as usize) < types;
            end += usize::from(can_match | could_match);
            could_match = can_match;
        }
        kept.truncate(end);
    }

    /// Puts `tokens` at the columns from `start` on.
    pub(super) fn put(&mut self, tokens: &[u32], start: usize) {
        for (column, &token) in (start..).zip(tokens) {
            if let Some(columns) = self.of.get_mut(token as usize) {
                *columns |= 1 << column;
            }
        }
    }

    /// Takes `tokens` away again, from all columns.
    pub(super) fn remove(&mut self, tokens: &[u32]) {
        for &token in tokens {
            if let Some(columns) = self.of.get_mut(token as usize) {
                *columns = 0;
            }
        }
    }

    /// Where `token`, one below `types`, stands.
    pub(super) fn of(&self, token: u32) -> u64 {
        self.of[token as usize]
    }
}

/// The length of a longest common subsequence. `columns` has none of any token, and has
/// room for those of `a`; `carries` is scratch space. `O(|a| · ⌈|b| / 64⌉)`.
pub(crate) fn length(
    a: &[u32],
    b: &[u32],
    columns: &mut Columns,
    carries: &mut Vec<bool>,
) -> usize {
    carries.clear();
    carries.resize(a.len(), false);
    let mut length = 0;
    for word in b.chunks(64) {
        columns.put(word, 0);
        let mut flat = u64::MAX;
        for (&token, carry) in a.iter().zip(carries.iter_mut()) {
            flat = next_row(flat, columns.of(token), carry);
        }
        columns.remove(word);
        let beyond = u64::MAX.checked_shl(word.len() as u32).unwrap_or(0);
        length += (flat | beyond).count_zeros() as usize;
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table(a: &[u32], b: &[u32]) -> usize {
        let mut row = vec![0; b.len() + 1];
        for token in a {
            let mut diagonal = 0;
            for (at, other) in b.iter().enumerate() {
                let above = row[at + 1];
                let longer = if token == other {
                    diagonal + 1
                } else {
                    above.max(row[at])
                };
                row[at + 1] = longer;
                diagonal = above;
            }
        }
        row[b.len()]
    }

    proptest! {
        #[test]
        fn bits_count_as_the_table_does(
            a in prop::collection::vec(0_u32..6, 0..200),
            b in prop::collection::vec(0_u32..9, 0..200),
        ) {
            let mut columns = Columns::new(6);
            let found = length(&a, &b, &mut columns, &mut Vec::new());
            prop_assert_eq!(found, table(&a, &b));
            prop_assert!(columns.of.iter().all(|&columns| columns == 0));
        }
    }
}
