//! Weighted common subsequences, for ROUGE-W.

use crate::Tokens;

use super::counts::Clip;

/// A reference that is prepared for the union of weighted LCSs, with scratch space.
///
/// The table's values are `f64` and compared as such, as in the script, so rounding can
/// decide a tie. For each cell only one bit is kept, in rows of whole words: whether the
/// way back goes up from it.
pub struct Weighted<'a> {
    reference: &'a Tokens,
    weight: f64,
    clip: Clip,
    marked: Vec<bool>,
    up: Vec<u64>,
    row: Vec<Cell>,
}

/// The highest sum of weights up to a cell, and the length of the run that ends in it.
#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    sum: f64,
    run: u32,
}

impl<'a> Weighted<'a> {
    pub(super) fn of(reference: &'a Tokens, weight: f64) -> Self {
        Self {
            reference,
            weight,
            clip: Clip::of(reference.ids()),
            marked: Vec::new(),
            up: Vec::new(),
            row: Vec::new(),
        }
    }

    /// Returns the weight `f(k) = k^w` of a run of `run` tokens.
    fn weighted(&self, run: u32) -> f64 {
        f64::from(run).powf(self.weight)
    }

    /// Returns the number of cells of all tables for a candidate.
    pub(super) fn cells(&self, candidate: &Tokens) -> usize {
        self.reference
            .segments_len()
            .saturating_mul(candidate.segments_len())
    }

    /// Returns `Σ f(|r|)` over the sentences of the reference.
    pub(super) fn sum(&self) -> f64 {
        let sentences = self.reference.segments();
        sentences
            .map(|sentence| self.weighted(sentence.len() as u32))
            .sum()
    }

    /// Returns the weight of the runs of matches that count.
    pub(super) fn shared(&mut self, candidate: &Tokens) -> f64 {
        self.clip.start(candidate.ids());
        let mut shared = 0.0;
        for sentence in self.reference.segments() {
            self.marked.clear();
            self.marked.resize(sentence.len(), false);
            for other in candidate.segments() {
                self.mark(sentence, other);
            }
            self.count_runs(sentence, &mut shared);
        }
        shared
    }

    /// Adds the weights of the runs of marked tokens in a sentence. Quirk: a marked token
    /// that is clipped neither ends nor lengthens a run, so that a run may continue after
    /// it or be lost at the end of the sentence.
    fn count_runs(&mut self, sentence: &[u32], shared: &mut f64) {
        let mut run = 0;
        for (at, &token) in sentence.iter().enumerate() {
            if self.marked[at] && self.clip.takes(token) {
                run += 1;
                if !self.marked.get(at + 1).is_some_and(|&marked| marked) {
                    *shared += self.weighted(run);
                    run = 0;
                }
            }
        }
    }

    /// Marks the tokens of `reference` on one weighted LCS with `candidate`.
    fn mark(&mut self, reference: &[u32], candidate: &[u32]) {
        self.fill(reference, candidate);
        let (mut i, mut j) = (reference.len(), candidate.len());
        while i > 0 && j > 0 {
            if reference[i - 1] == candidate[j - 1] {
                self.marked[i - 1] = true;
                i -= 1;
                j -= 1;
            } else if self.goes_up(i - 1, j - 1, candidate.len()) {
                i -= 1;
            } else {
                j -= 1;
            }
        }
    }

    /// Returns whether the way back goes up from the cell of row `i` and column `j`.
    fn goes_up(&self, i: usize, j: usize, columns: usize) -> bool {
        self.up[i * columns.div_ceil(64) + j / 64] >> (j % 64) & 1 == 1
    }

    /// Fills the table of the highest weights, and keeps the directions of the way back.
    fn fill(&mut self, reference: &[u32], candidate: &[u32]) {
        let words = candidate.len().div_ceil(64);
        self.up.clear();
        self.up.resize(reference.len() * words, 0);
        self.row.clear();
        self.row.resize(candidate.len() + 1, Cell::default());

        for (i, token) in reference.iter().enumerate() {
            let mut diagonal = Cell::default();
            for (at, other) in candidate.iter().enumerate() {
                let (left, above) = (self.row[at], self.row[at + 1]);
                let up = above.sum >= left.sum;
                self.row[at + 1] = if token == other {
                    let gain =
                        self.weighted(diagonal.run + 1) - self.weighted(diagonal.run);
                    Cell {
                        sum: diagonal.sum + gain,
                        run: diagonal.run + 1,
                    }
                } else {
                    Cell {
                        sum: if up { above.sum } else { left.sum },
                        run: 0,
                    }
                };
                self.up[i * words + at / 64] |= u64::from(up) << (at % 64);
                diagonal = above;
            }
        }
    }
}
