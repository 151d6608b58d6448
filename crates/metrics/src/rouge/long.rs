//! Common subsequences with a sentence of more than 64 tokens, for the union of
//! ROUGE-Lsum.

use crate::Tokens;

use super::common_subsequence::{Columns, next_row};

/// The largest number of words of the table that are kept at once: 16 MB with their
/// matches, and 8 MB per level for the rows from which bands are computed again.
const WORDS_LIMIT: usize = 1 << 20;

/// Scratch space for a table that is wider than one word of 64 columns.
///
/// Rows are kept for the way back through the table. If they are more than
/// [`WORDS_LIMIT`] allows, they are computed in bands, the last band first, from rows
/// kept between the bands, with as many levels as necessary, and only up to the column
/// that the way back has reached. This costs about two passes over the table for texts of
/// a megabyte.
#[derive(Debug, Default)]
pub(super) struct Long {
    /// The matching columns of the rows of the band: the first word of every row, then
    /// the second word of every row, and so on.
    matches: Vec<u64>,
    /// The columns from which the way back goes to a match in the row, stored as
    /// `matches` are.
    taken: Vec<u64>,
    /// The carry of each row from one word to the next.
    carries: Vec<bool>,
    borrows: Vec<bool>,
}

impl Long {
    /// Marks the tokens of each reference sentence that are on an LCS with `sentence`.
    /// `columns` must be empty.
    pub(super) fn mark(
        &mut self,
        reference: &Tokens,
        sentence: &[u32],
        columns: &mut Columns,
        marked: &mut [bool],
    ) {
        self.mark_within(WORDS_LIMIT, reference, sentence, columns, marked);
    }

    fn mark_within(
        &mut self,
        limit: usize,
        reference: &Tokens,
        sentence: &[u32],
        columns: &mut Columns,
        marked: &mut [bool],
    ) {
        let flat = vec![u64::MAX; sentence.len().div_ceil(64)];
        let mut start = 0;
        for rows in reference.segments() {
            let marked = &mut marked[start..start + rows.len()];
            start += rows.len();
            self.mark_rows(limit, rows, sentence, &flat, columns, marked);
        }
    }

    /// Marks the tokens on the way back from the last column of `sentence` through
    /// `rows`; `flat` is the row before them. Returns the column at which the way back
    /// leaves the rows.
    fn mark_rows(
        &mut self,
        limit: usize,
        rows: &[u32],
        sentence: &[u32],
        flat: &[u64],
        columns: &mut Columns,
        marked: &mut [bool],
    ) -> usize {
        if sentence.is_empty() {
            return 0;
        }

        let words = sentence.len().div_ceil(64);
        let most = limit / words;
        if rows.len() <= most.max(1) {
            self.fill(rows, sentence, flat, columns);
            return self.mark_way_back(rows.len(), sentence.len(), marked);
        }

        // too many rows: keep only the row before each band, and fill the last band first
        let bands = rows.len().div_ceil(most.max(1)).min(most.max(2));
        let band = rows.len().div_ceil(bands);
        let mut before = vec![flat[..words].to_vec()];
        for rows in rows.chunks(band).take(rows.len().div_ceil(band) - 1) {
            let next = self.pass(rows, sentence, &before[before.len() - 1], columns);
            before.push(next);
        }

        let mut end = sentence.len();
        let bands = rows.chunks(band).zip(marked.chunks_mut(band)).zip(before);
        for ((rows, marked), flat) in bands.rev() {
            end = self.mark_rows(limit, rows, &sentence[..end], &flat, columns, marked);
        }
        end
    }

    /// Returns the last row after `rows`, without keeping the rows before it.
    fn pass(
        &mut self,
        rows: &[u32],
        sentence: &[u32],
        flat: &[u64],
        columns: &mut Columns,
    ) -> Vec<u64> {
        self.carries.clear();
        self.carries.resize(rows.len(), false);

        let words = sentence.chunks(64).zip(flat);
        let words = words.map(|(tokens, &flat)| {
            columns.put(tokens, 0);
            let steps = rows.iter().zip(&mut self.carries);
            let last = steps.fold(flat, |flat, (&token, carry)| {
                next_row(flat, columns.of(token), carry)
            });
            columns.remove(tokens);
            last
        });
        words.collect()
    }

    /// Fills the rows after `flat`, one word of columns after the other.
    fn fill(
        &mut self,
        rows: &[u32],
        sentence: &[u32],
        flat: &[u64],
        columns: &mut Columns,
    ) {
        self.matches.clear();
        self.taken.clear();
        self.carries.clear();
        self.carries.resize(rows.len(), false);
        self.borrows.clear();
        self.borrows.resize(rows.len(), false);

        for (tokens, &flat) in sentence.chunks(64).zip(flat) {
            columns.put(tokens, 0);
            let mut flat = flat;
            let between = self.carries.iter_mut().zip(&mut self.borrows);
            for (&token, (carry, borrow)) in rows.iter().zip(between) {
                let matches = columns.of(token);
                let next = next_row(flat, matches, carry);
                let taken = new_columns(flat & !next, next & !flat, borrow);
                self.matches.push(matches);
                self.taken.push(matches | taken);
                flat = next;
            }
            columns.remove(tokens);
        }
    }

    /// Goes back through the `rows` that were filled, from column `end`. Returns the
    /// column at which the way back leaves them.
    fn mark_way_back(&self, rows: usize, mut end: usize, marked: &mut [bool]) -> usize {
        for (row, marked) in marked.iter_mut().enumerate().rev() {
            if end == 0 {
                break;
            }
            let (mut word, bit) = ((end - 1) / 64, 1_u64 << ((end - 1) % 64));
            if self.taken[word * rows + row] & bit == 0 {
                continue;
            }
            let mut matches = self.matches[word * rows + row] & (bit | (bit - 1));
            while matches == 0 && word > 0 {
                word -= 1;
                matches = self.matches[word * rows + row];
            }
            end = word * 64 + matches.checked_ilog2().unwrap_or(0) as usize;
            *marked = true;
        }
        end
    }
}

/// Returns the columns from each of `rises` to the one before the next of `falls`, or to
/// the end.
fn new_columns(rises: u64, falls: u64, borrow: &mut bool) -> u64 {
    let (filled, under) = falls.overflowing_sub(rises);
    let (filled, under_again) = filled.overflowing_sub(u64::from(*borrow));
    *borrow = under | under_again;
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Tokenisation, Tokeniser};
    use proptest::prelude::*;

    fn marked(limit: usize, reference: &Tokens, sentence: &[u32]) -> Vec<bool> {
        let mut marked = vec![false; reference.segments_len()];
        let types = reference
            .ids()
            .iter()
            .chain(sentence)
            .max()
            .map_or(0, |&id| id + 1);
        let mut columns = Columns::new(types as usize);
        Long::default().mark_within(
            limit,
            reference,
            sentence,
            &mut columns,
            &mut marked,
        );
        marked
    }

    fn text(words: &[u8]) -> String {
        words
            .iter()
            .map(|word| format!("w{word}"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    proptest! {
        #[test]
        fn few_rows_kept_mark_what_all_do(
            reference in prop::collection::vec(0_u8..9, 0..300),
            sentence in prop::collection::vec(0_u8..12, 65..300),
            limit in 1_usize..200,
        ) {
            let mut tokeniser = Tokeniser::new(Tokenisation::RougeScore(None));
            let reference = tokeniser.tokens([text(&reference).as_str()]);
            let sentence = tokeniser.tokens([text(&sentence).as_str()]);
            let wanted = marked(WORDS_LIMIT, &reference, sentence.ids());
            prop_assert_eq!(marked(limit, &reference, sentence.ids()), wanted);
        }
    }
}
