//! How often sequences of words stand in a text, wherever they do.

use epitome_text::Document;

use super::{candidates::is_hyphen, words::Words};

/// The words of a document one after the other. Hyphens inside words and stops
/// inside names are left out, other punctuation stays, as a word that equals none.
pub(super) struct Running {
    words: Vec<u32>,
    count: usize,
}

const PUNCTUATION: u32 = u32::MAX;

impl Running {
    /// Of a document.
    pub(super) fn of(document: &Document, words: &Words<'_>) -> Self {
        let tokens = document.tokens();
        let number = |at: usize| match tokens[at].is_word() {
            true => Some(words.id(at) as u32),
            false if at > 0 && is_hyphen(document, at) => None,
            false if document.is_name_stop(at) => None,
            false => Some(PUNCTUATION),
        };
        Self {
            words: (0..tokens.len()).filter_map(number).collect(),
            count: words.count(),
        }
    }

    /// How often each of `sequences` stands here, inside longer ones too. Different ones
    /// must differ. `O(n · longest · log sequences)`.
    pub(super) fn count(&self, sequences: &[Vec<u32>]) -> Vec<u32> {
        let mut order: Vec<u32> = (0..sequences.len() as u32).collect();
        order.sort_unstable_by_key(|&at| &sequences[at as usize]);
        let starts = self.starts(sequences, &order);
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

    /// Word → where in `order` the sequences begin that begin with it.
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
            let counts = Running { words: words.clone(), count: 4 }.count(&sequences);
            for (sequence, count) in sequences.iter().zip(counts) {
                let places = words.windows(sequence.len()).filter(|it| it == sequence);
                prop_assert_eq!(places.count() as u32, count);
            }
        }
    }
}
