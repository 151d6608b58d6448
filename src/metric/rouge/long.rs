//! Common subsequences with a sentence of more than 64 tokens.

use crate::metric::Tokens;

use super::common_subsequence::{Columns, next_row};

/// How many words of the table are kept at once: 16 MB with their matches.
const WORDS_LIMIT: usize = 1 << 20;

/// Scratch space for a table wider than a word.
///
/// Rows are kept for the way back, in bands: where they are too many for
/// [`WORDS_LIMIT`], each band is made again from the row before it.
#[derive(Debug, Default)]
pub(super) struct Long {
    /// The last row.
    flat: Vec<u64>,
    /// Of each row of the band, word by word.
    matches: Vec<u64>,
    /// The columns from which the way back goes to a match in the row.
    taken: Vec<u64>,
    /// Between the words of each row.
    carries: Vec<bool>,
    borrows: Vec<bool>,
}

impl Long {
    /// Marks the tokens of each reference sentence that are on an LCS with `sentence`.
    /// `columns` has none of any token.
    pub(super) fn mark(
        &mut self,
        reference: &Tokens,
        sentence: &[u32],
        columns: &mut Columns,
        marked: &mut [bool],
    ) {
        let words = sentence.len().div_ceil(64);
        let band = (WORDS_LIMIT / words).max(1);
        let mut start = 0;
        for rows in reference.segments() {
            let marked = &mut marked[start..start + rows.len()];
            start += rows.len();
            self.flat.clear();
            self.flat.resize(words, u64::MAX);
            let mut before_band = Vec::new();
            for rows in rows.chunks(band) {
                before_band.push(self.flat.clone());
                self.fill(rows, sentence, columns);
            }
            let mut end = sentence.len();
            let bands = rows.chunks(band).zip(marked.chunks_mut(band));
            for (at, (rows, marked)) in bands.enumerate().rev() {
                if at + 1 < before_band.len() {
                    self.flat.clone_from(&before_band[at]);
                    self.fill(rows, sentence, columns);
                }
                end = self.mark_way_back(words, end, marked);
            }
        }
    }

    /// Fills the rows after `flat`, one word of columns after the other.
    fn fill(&mut self, rows: &[u32], sentence: &[u32], columns: &mut Columns) {
        let words = self.flat.len();
        self.matches.resize(self.matches.len().max(rows.len() * words), 0);
        self.taken.resize(self.taken.len().max(rows.len() * words), 0);
        self.carries.clear();
        self.carries.resize(rows.len(), false);
        self.borrows.clear();
        self.borrows.resize(rows.len(), false);
        for (word, tokens) in sentence.chunks(64).enumerate() {
            columns.put(tokens, 0);
            let mut flat = self.flat[word];
            for (row, &token) in rows.iter().enumerate() {
                let matches = columns.of(token);
                let next = next_row(flat, matches, &mut self.carries[row]);
                let borrow = &mut self.borrows[row];
                let cell = row * words + word;
                self.matches[cell] = matches;
                self.taken[cell] =
                    matches | new_columns(flat & !next, next & !flat, borrow);
                flat = next;
            }
            self.flat[word] = flat;
            columns.remove(tokens);
        }
    }

    /// Goes back through the band's rows from column `end`; says where it left.
    fn mark_way_back(&self, words: usize, mut end: usize, marked: &mut [bool]) -> usize {
        for (row, marked) in marked.iter_mut().enumerate().rev() {
            if end == 0 {
                break;
            }
            let (mut word, bit) = ((end - 1) / 64, 1_u64 << ((end - 1) % 64));
            let row = row * words..(row + 1) * words;
            if self.taken[row.clone()][word] & bit == 0 {
                continue;
            }
            let all = &self.matches[row];
            let mut matches = all[word] & (bit | (bit - 1));
            while matches == 0 && word > 0 {
                word -= 1;
                matches = all[word];
            }
            end = word * 64 + matches.checked_ilog2().unwrap_or(0) as usize;
            *marked = true;
        }
        end
    }
}

/// The columns from one of `rises` to before the next of `falls`, or to the end.
fn new_columns(rises: u64, falls: u64, borrow: &mut bool) -> u64 {
    let (filled, under) = falls.overflowing_sub(rises);
    let (filled, under_again) = filled.overflowing_sub(u64::from(*borrow));
    *borrow = under | under_again;
    filled
}
