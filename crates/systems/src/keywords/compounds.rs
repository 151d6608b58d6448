//! Words joined by hyphens as words of their own.

use std::ops::Range;

use super::words::Words;

/// A number for each of some words, given by the tokens they are made of: of a single
/// token that of its word, of several one of their own, the same for the same words.
/// Beside them one more than the largest. `O(n)`, and `O(c log c)` for `c` compounds.
pub(super) fn numbers(places: &[Range<usize>], words: &Words<'_>) -> (Vec<u32>, usize) {
    let mut numbers: Vec<u32> = places
        .iter()
        .map(|place| words.id(place.start) as u32)
        .collect();
    let parts = |&at: &u32| words.ids_of(&places[at as usize]);
    let is_compound = |&at: &u32| places[at as usize].len() > 1;
    let mut compounds: Vec<u32> = (0..places.len() as u32).filter(is_compound).collect();
    compounds.sort_by(|a, b| parts(a).cmp(parts(b)));
    let mut count = words.count();
    for same in compounds.chunk_by(|a, b| parts(a).eq(parts(b))) {
        for &at in same {
            numbers[at as usize] = count as u32;
        }
        count += 1;
    }
    (numbers, count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::{testing::english, words::Stemming};

    #[test]
    fn a_compound_has_a_number_that_its_parts_have_not() {
        let document = english("real-time real time real-time");
        let words = Words::of(&document, Stemming::Snowball);
        let (numbers, count) = numbers(&[0..3, 3..4, 4..5, 5..8], &words);
        assert_eq!(numbers[0], numbers[3]);
        assert!(numbers[0] != numbers[1] && numbers[0] != numbers[2]);
        assert_eq!(count, words.count() + 1);
    }
}
