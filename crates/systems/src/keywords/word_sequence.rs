//! Counts the occurrences of sequences of words in a text, overlapping ones included.

use epitome_text::Document;

use super::{candidates::Joints, words::Words};

/// The words of a document in order, by their numbers. Signs that join words and full stops
/// inside names are left out; other punctuation is [`PUNCTUATION`].
pub(super) struct WordSequence {
    words: Vec<u32>,
    /// Number of different words: all numbers but [`PUNCTUATION`] are below it.
    count: usize,
}

/// A number that no word has, so that no phrase extends across punctuation.
const PUNCTUATION: u32 = u32::MAX;

impl WordSequence {
    /// Returns the words of a document, in which `joints` join words.
    pub(super) fn of(document: &Document, words: &Words<'_>, joints: Joints) -> Self {
        let tokens = document.tokens();
        let mut numbers = Vec::new();
        let mut end = 0;
        while end < tokens.len() {
            let unit = end..joints.unit_end(document, end);
            end = unit.end;
            let is_joined = unit.len() > 1;
            numbers.extend(unit.filter_map(|at| match tokens[at].is_word() {
                true => Some(words.id(at) as u32),
                false if is_joined || document.is_name_stop(at) => None,
                false => Some(PUNCTUATION),
            }));
        }
        Self {
            words: numbers,
            count: words.count(),
        }
    }

    /// Returns the number of occurrences of each of `sequences`, those inside longer ones
    /// included. No two sequences may be equal. `O(n · longest · log sequences)`.
    pub(super) fn count(&self, sequences: &[Vec<u32>]) -> Vec<u32> {
        let mut order: Vec<u32> = (0..sequences.len() as u32).collect();
        order.sort_unstable_by_key(|&at| &sequences[at as usize]);
        let starts = self.starts(sequences, &order);

        // from every word on, the range of sorted sequences that begin so narrows word by word
        let mut counts = vec![0; sequences.len()];
        for (at, &word) in self.words.iter().enumerate() {
            let Some(&[start, end]) = starts
                .get(word as usize..)
                .and_then(|it| it.first_chunk::<2>())
            else {
                continue; // punctuation
            };

            let mut begun = &order[start as usize..end as usize];
            for (depth, word) in self.words[at..].iter().enumerate() {
                let at_depth = |it: u32| sequences[it as usize].get(depth);
                let low = begun.partition_point(|&it| at_depth(it) < Some(word));
                let high = begun.partition_point(|&it| at_depth(it) <= Some(word));
                begun = &begun[low..high];

                // a sequence is sorted before those that it begins
                let Some(&shortest) = begun.first() else {
                    break;
                };
                if sequences[shortest as usize].len() == depth + 1 {
                    counts[shortest as usize] += 1;
                }
            }
        }
        counts
    }

    /// Returns for each word the index in `order` of the first sequence that begins with it, and
    /// at the end the number of sequences.
    fn starts(&self, sequences: &[Vec<u32>], order: &[u32]) -> Vec<u32> {
        let mut starts = vec![0; self.count + 1];
        for &at in order {
            if let Some(&word) = sequences[at as usize].first() {
                starts[word as usize + 1] += 1;
            }
        }

        let empty = sequences
            .iter()
            .filter(|sequence| sequence.is_empty())
            .count();
        let mut sum = empty as u32;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        starts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_place_is_counted(
            words in prop::collection::vec(0_u32..4, 0..40),
            wanted in prop::collection::btree_set(prop::collection::vec(0_u32..4, 1..4), 0..9),
        ) {
            let sequences: Vec<Vec<u32>> = wanted.into_iter().rev().collect();
            let counts = WordSequence { words: words.clone(), count: 4 }.count(&sequences);
            for (sequence, count) in sequences.iter().zip(counts) {
                let places = words.windows(sequence.len()).filter(|it| it == sequence);
                prop_assert_eq!(places.count() as u32, count);
            }
        }
    }
}
