//! Longest: a baseline that shows how much length alone contributes.

use epitome_base::spec::Entry;
use epitome_text::Document;

use super::summariser::{SentenceScorer, Summariser};

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "longest",
    about: "the sentences with the most words: shows the effect of length on scores",
    source: "a baseline of no author",
    parameters: &[],
    build: |_| Box::new(Longest),
};

/// Scores a sentence by its number of words, including stop words. `O(tokens)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Longest;

impl SentenceScorer for Longest {
    fn scores(&self, document: &Document) -> Vec<f64> {
        document
            .sentences()
            .iter()
            .map(|s| document.words(s) as f64)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    #[test]
    fn all_words_count_and_punctuation_does_not() {
        assert_eq!(
            Longest.scores(&lines("The cat, 3 mice!\n...\n")),
            [4.0, 0.0]
        );
    }
}
