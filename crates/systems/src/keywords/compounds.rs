//! Numbers for words of which some are joined by hyphens.

use std::ops::Range;

use super::words::Words;

/// Returns a number for each of some words, which are given by the ranges of their tokens, and
/// one more than the largest number. A word of one token has the number of that token
/// ([`Words::id`]); a compound of several tokens has a number of its own, equal for equal
/// compounds. `O(n)`, and `O(c log c)` for `c` compounds.
pub(super) fn numbers(places: &[Range<usize>], words: &Words<'_>) -> (Vec<u32>, usize) {
    let mut numbers: Vec<u32> = places
        .iter()
        .map(|place| words.id(place.start) as u32)
        .collect();

    // equal compounds beside each other
    let parts = |&at: &u32| words.ids_of(&places[at as usize]);
    let mut compounds: Vec<u32> = (0..places.len() as u32)
        .filter(|&at| places[at as usize].len() > 1)
        .collect();
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
