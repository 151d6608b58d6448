//! Longest common subsequences, computed 64 columns at a time.
//!
//! A row of the table `c[i][j]`, the length for `i` tokens of one text and `j` of the
//! other, increases by at most 1 from one column to the next, so one bit per column is
//! enough. Bit `j` of `flat` is set if the row does *not* increase at column `j`. A whole
//! word of the next row follows from the columns that `match` row `i`:
//!
//! ```text
//! flat' = (flat + (flat & matches)) | (flat & !matches)
//! ```
//!
//! Crochemore, Iliopoulos, Pinzon & Reid (2001), *A fast and practical bit-vector
//! algorithm for the longest common subsequence problem*, in the form of Hyyrö (2004).

/// Returns the row after `flat`, one word of it; `carry` passes from one word to the
/// next.
pub(super) fn next_row(flat: u64, matches: u64, carry: &mut bool) -> u64 {
    let (sum, over) = flat.overflowing_add(flat & matches);
    let (sum, over_again) = sum.overflowing_add(u64::from(*carry));
    *carry = over | over_again;
    sum | (flat & !matches)
}

/// The columns in which each token occurs, within one word of 64 columns.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns {
    of: Vec<u64>,
}

impl Columns {
    /// Returns empty columns for tokens with numbers below `types`.
    pub(crate) fn new(types: usize) -> Self {
        Self { of: vec![0; types] }
    }

    /// Adds those of `tokens` to `kept` that occur in the other text, and of each run of
    /// other tokens only the first one after such a token: at that column the way back
    /// through the table may pass by a match, and further columns change nothing.
    pub(super) fn keep(&self, tokens: &[u32], kept: &mut Vec<u32>) {
        let types = self.of.len();
        let mut end = kept.len();
        kept.resize(end + tokens.len(), 0);
        let mut could_match = false;
        for &token in tokens {
            // about half of the tokens can match, so a branch would be mispredicted
            kept[end] = token;
            let can_match = (token as usize) < types;
            end += usize::from(can_match | could_match);
            could_match = can_match;
        }
        kept.truncate(end);
    }

    /// Puts `tokens` into the columns from `start` on.
    pub(super) fn put(&mut self, tokens: &[u32], start: usize) {
        for (column, &token) in (start..).zip(tokens) {
            if let Some(columns) = self.of.get_mut(token as usize) {
                *columns |= 1 << column;
            }
        }
    }

    /// Removes `tokens` from all columns.
    pub(super) fn remove(&mut self, tokens: &[u32]) {
        for &token in tokens {
            if let Some(columns) = self.of.get_mut(token as usize) {
                *columns = 0;
            }
        }
    }

    /// Returns the columns in which `token` occurs; its number must be below `types`.
    pub(super) fn of(&self, token: u32) -> u64 {
        self.of[token as usize]
    }
}

/// Returns the length of a longest common subsequence. `columns` must be empty and have
/// room for the tokens of `a`; `carries` is scratch space. The complexity is
/// `O(|a| · ⌈|b| / 64⌉)`.
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

        // columns beyond the end of the text match nothing and are not counted
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
