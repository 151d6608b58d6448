//! The union of common subsequences: the tokens of a reference that lie on one with any
//! sentence.

use crate::Tokens;

use super::{
    common_subsequence::{Columns, next_row},
    counts::Clip,
    long::Long,
};

/// A reference that is prepared for the union-LCS, with scratch space.
///
/// Several sentences of the candidate share a word of 64 columns, each followed by a
/// column that matches nothing, so that one pass over the reference serves all of them.
/// Rows without a match are left out: they change nothing, and the way back goes straight
/// up through them. [`Columns::keep`] explains which columns without a match are left
/// out.
pub struct Union<'a> {
    reference: &'a Tokens,
    clip: Clip,
    marked: Vec<bool>,
    columns: Columns,
    rows: Vec<Row>,
    places: Vec<Place>,
    packed: Vec<u32>,
    long: Long,
}

/// A row of the table that contains a match.
#[derive(Clone, Copy)]
struct Row {
    /// The index of the token in the reference.
    at: usize,
    matches: u64,
    /// The columns from which the way back goes to a match in this row.
    taken: u64,
}

/// The columns of a sentence, from `start` to before `end`.
#[derive(Clone, Copy)]
struct Place {
    start: u32,
    end: u32,
}

impl<'a> Union<'a> {
    /// Prepares a reference for candidates.
    pub(super) fn of(reference: &'a Tokens) -> Self {
        let types = reference
            .segments()
            .flatten()
            .max()
            .map_or(0, |&id| id as usize + 1);
        Self {
            reference,
            clip: Clip::of(reference.ids()),
            marked: Vec::new(),
            columns: Columns::new(types),
            rows: Vec::new(),
            places: Vec::new(),
            packed: Vec::new(),
            long: Long::default(),
        }
    }

    /// Returns the number of tokens in the reference's sentences.
    pub(super) fn len(&self) -> usize {
        self.reference.segments_len()
    }

    /// Returns the number of tokens of the reference that are on the union and are not
    /// clipped.
    pub(super) fn shared(&mut self, candidate: &Tokens) -> usize {
        self.mark_all(candidate);
        self.clip.start(candidate.ids());
        let tokens = self.reference.segments().flatten();
        let marked = self
            .marked
            .iter()
            .zip(tokens)
            .filter(|(marked, _)| **marked);
        marked.filter(|(_, token)| self.clip.takes(**token)).count()
    }

    /// Marks the tokens on an LCS with any sentence of the candidate.
    fn mark_all(&mut self, candidate: &Tokens) {
        self.marked.clear();
        self.marked.resize(self.len(), false);
        let mut packed = std::mem::take(&mut self.packed);
        packed.clear();

        // the first token that is in the columns, and the first column that is free
        let (mut first, mut free) = (0, 0);
        for sentence in candidate.segments() {
            let start = packed.len();
            self.columns.keep(sentence, &mut packed);
            let kept = packed.len() - start;
            if kept == 0 {
                continue;
            }

            if free + kept > 64 {
                self.mark(&packed[first..start]);
                (first, free) = (start, 0);
            }

            if kept > 64 {
                let Self {
                    reference,
                    columns,
                    marked,
                    long,
                    ..
                } = self;
                long.mark(reference, &packed[start..], columns, marked);
                first = packed.len();
                continue;
            }

            self.columns.put(&packed[start..], free);
            let start = free as u32;
            self.places.push(Place {
                start,
                end: start + kept as u32,
            });
            free += kept + 1;
        }

        self.mark(&packed[first..]);
        self.packed = packed;
    }

    /// Marks the tokens on an LCS with each of the sentences in `columns`, whose tokens
    /// are `packed`, and removes these sentences from the columns.
    fn mark(&mut self, packed: &[u32]) {
        if packed.is_empty() {
            return;
        }
        let places = std::mem::take(&mut self.places);
        self.mark_places(&places);
        self.columns.remove(packed);
        self.places = places;
        self.places.clear();
    }

    /// Fills the rows of the table for each sentence of the reference, and marks the way
    /// back of each sentence of the candidate.
    fn mark_places(&mut self, places: &[Place]) {
        let inside = places.iter().fold(0, |all, place| all | place.columns());
        let guards = places.iter().fold(0, |all, place| all | place.guard());

        let mut start = 0;
        for sentence in self.reference.segments() {
            self.rows.clear();
            let mut flat = inside;
            for (at, &token) in (start..).zip(sentence) {
                let matches = self.columns.of(token);
                if matches != 0 {
                    let next = next_row(flat, matches, &mut false) & inside;
                    let taken = matches | new_columns(flat, next, guards);
                    self.rows.push(Row { at, matches, taken });
                    flat = next;
                }
            }

            for place in places {
                self.mark_way_back(*place);
            }
            start += sentence.len();
        }
    }

    /// Goes back through the table from its corner: up and left at a match, otherwise up
    /// if the value above is not smaller, otherwise left.
    ///
    /// Steps to the left end at the nearest match of the same row, so each row is one
    /// step.
    fn mark_way_back(&mut self, place: Place) {
        let mut end = place.end;
        for row in self.rows.iter().rev() {
            if end == place.start {
                return;
            }
            let last = 1 << (end - 1);
            if row.taken & last != 0 {
                let matches = row.matches & (last | (last - 1));
                end = matches.ilog2();
                self.marked[row.at] = true;
            }
        }
    }
}

impl Place {
    /// Returns a word in which the bits of the sentence's columns are set.
    fn columns(self) -> u64 {
        let below = |end: u32| 1_u64.checked_shl(end).map_or(u64::MAX, |bit| bit - 1);
        below(self.end) & !below(self.start)
    }

    /// Returns a word in which the bit of the column after the sentence is set.
    fn guard(self) -> u64 {
        1_u64.checked_shl(self.end).unwrap_or(0)
    }
}

/// Returns the columns in which the value is higher in the row `next` than in the row
/// `flat`.
///
/// The values of a row change by 1 between a column that begins to increase and the next
/// one that no longer does, or the end of the sentence (`guards`): the subtraction sets
/// the bits in between.
fn new_columns(flat: u64, next: u64, guards: u64) -> u64 {
    let rises = flat & !next;
    let falls = next & !flat;
    (falls | guards).wrapping_sub(rises)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Tokenisation, Tokeniser};
    use proptest::prelude::*;

    /// Marks tokens with the whole table, filled and traced back as in the other tools.
    fn mark_by_table(reference: &[u32], candidate: &[u32], marked: &mut [bool]) {
        let mut table = vec![vec![0; candidate.len() + 1]; reference.len() + 1];
        for (i, token) in reference.iter().enumerate() {
            for (j, other) in candidate.iter().enumerate() {
                table[i + 1][j + 1] = if token == other {
                    table[i][j] + 1
                } else {
                    table[i][j + 1].max(table[i + 1][j])
                };
            }
        }
        let (mut i, mut j) = (reference.len(), candidate.len());
        while i > 0 && j > 0 {
            if reference[i - 1] == candidate[j - 1] {
                marked[i - 1] = true;
                i -= 1;
                j -= 1;
            } else if table[i - 1][j] >= table[i][j - 1] {
                i -= 1;
            } else {
                j -= 1;
            }
        }
    }

    fn text(words: &[(u8, u8)]) -> String {
        let word = |&(word, end): &(u8, u8)| {
            format!("w{word}{}", if end == 0 { "\n" } else { " " })
        };
        words.iter().map(word).collect()
    }

    fn check(reference: &str, candidate: &str) {
        let mut tokeniser = Tokeniser::new(Tokenisation::RougeScore(None));
        let reference = tokeniser.tokens([reference]);
        let candidate = tokeniser.tokens([candidate]);
        let mut expected = vec![false; reference.ids().len()];
        let mut start = 0;
        for sentence in reference.segments() {
            let marked = &mut expected[start..start + sentence.len()];
            for other in candidate.segments() {
                mark_by_table(sentence, other, marked);
            }
            start += sentence.len();
        }
        let mut union = Union::of(&reference);
        union.mark_all(&candidate);
        assert_eq!(union.marked, expected);
    }

    proptest! {
        #[test]
        fn the_cells_are_those_of_the_table(
            reference in prop::collection::vec((0_u8..12, 0_u8..10), 0..120),
            candidate in prop::collection::vec((0_u8..16, 0_u8..10), 0..120),
        ) {
            check(&text(&reference), &text(&candidate));
        }

        #[test]
        fn so_they_are_in_long_sentences(
            reference in prop::collection::vec((0_u8..12, 0_u8..90), 0..200),
            candidate in prop::collection::vec((0_u8..16, 0_u8..90), 0..300),
        ) {
            check(&text(&reference), &text(&candidate));
        }
    }
}
