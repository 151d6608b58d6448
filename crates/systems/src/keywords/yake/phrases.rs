//! Phrases of YAKE and their scores.

use std::ops::Range;

use super::{
    reading::{Reading, Word},
    weights::Weights,
};

/// A sequence of words with its score.
pub(super) struct Phrase {
    /// Indices of the words of the first occurrence.
    pub words: Range<usize>,
    /// Range of [`Phrases::places`] with its occurrences.
    pub places: Range<usize>,
    /// The score `S`; lower is better.
    pub score: f64,
}

/// The phrases of a text.
#[derive(Default)]
pub(super) struct Phrases {
    pub all: Vec<Phrase>,
    /// Index of the first word of each occurrence.
    pub places: Vec<u32>,
}

/// Effect of the inner stop words of a phrase on its score. A factor `2 − p` is applied to the
/// product of the weights, and `1 − p` is subtracted from their sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    /// Once, where `p` is the product of the probabilities of all inner stop words.
    Joint,
    /// For each inner stop word separately, as in YAKE 0.4.8; with two, the sum can be negative.
    Apart,
}

impl Phrases {
    /// Returns the phrases of up to `max_words` words that may be keyphrases.
    pub(super) fn of(reading: &Reading, max_words: usize, links: Links) -> Self {
        let weights = Weights::of(reading);
        let mut phrases = Self::default();

        // sequences with equal keys are equal; none begins with a stop word
        let mut keyed: Vec<(u64, u32)> = (0..reading.words.len())
            .filter(|&at| !reading.is_stop[reading.words[at].term as usize])
            .map(|at| (u64::from(reading.words[at].form), at as u32))
            .collect();
        for length in 1..=max_words {
            keyed.sort_unstable();
            let mut longer = Vec::with_capacity(keyed.len());
            for (id, same) in (0_u64..).zip(keyed.chunk_by(|a, b| a.0 == b.0)) {
                phrases.add(same, length, reading, &weights, links);

                // the key of a longer sequence: the number of this one and the next word
                for &(_, at) in same {
                    let end = at as usize + length;
                    let next = reading.words.get(end);
                    if let Some(next) = next
                        && next.block == reading.words[at as usize].block
                    {
                        longer.push((id << 32 | u64::from(next.form), at));
                    }
                }
            }
            keyed = longer;
        }
        phrases
    }

    /// Adds a sequence of words, given by the keys and first words of its occurrences, if it ends
    /// with a content word and occurs at least once without a number or a word of mixed signs.
    fn add(
        &mut self,
        same: &[(u64, u32)],
        length: usize,
        reading: &Reading,
        weights: &Weights,
        links: Links,
    ) {
        let words_at = |at: u32| at as usize..at as usize + length;
        let is_regular = |&(_, at): &(u64, u32)| {
            reading.words[words_at(at)]
                .iter()
                .all(|word| word.case.is_regular())
        };

        let words = words_at(same[0].1);
        let last = reading.words[words.end - 1].term;
        if reading.is_stop[last as usize] || !same.iter().any(is_regular) {
            return;
        }

        let start = self.places.len();
        self.places.extend(same.iter().map(|&(_, at)| at));
        let places = start..self.places.len();
        let score = score(
            &reading.words[words.clone()],
            same.len(),
            reading,
            weights,
            links,
        );
        self.all.push(Phrase {
            words,
            places,
            score,
        });
    }
}

/// Returns `S` of a sequence of words that occurs `frequency` times.
fn score(
    words: &[Word],
    frequency: usize,
    reading: &Reading,
    weights: &Weights,
    links: Links,
) -> f64 {
    let (mut product, mut sum, mut joint) = (1.0, 0.0, 1.0);
    for (at, word) in words.iter().enumerate() {
        if reading.is_stop[word.term as usize] {
            let [before, after] = [words[at - 1].term, words[at + 1].term];
            let link = weights.probability(before, word.term, before)
                * weights.probability(word.term, after, after);
            match links {
                Links::Joint => joint *= link,
                Links::Apart => {
                    product *= 1.0 + (1.0 - link);
                    sum -= 1.0 - link;
                }
            }
        } else {
            let weight = weights.of_terms[word.term as usize];
            product *= weight;
            sum += weight;
        }
    }

    if links == Links::Joint {
        product *= 1.0 + (1.0 - joint);
        sum -= 1.0 - joint;
    }
    product / ((sum + 1.0) * frequency as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::yake::reading::Case;

    /// Returns one sentence of one block in which each letter is a word, and lower-case letters
    /// are stop words.
    fn reading(text: &str) -> Reading {
        let word = |letter: u8| Word {
            term: u32::from(letter),
            form: u32::from(letter),
            sentence: 0,
            block: 0,
            case: Case::Plain,
        };
        Reading {
            words: text.bytes().map(word).collect(),
            is_stop: (0..128_u8)
                .map(|letter| letter.is_ascii_lowercase())
                .collect(),
            sentences: 1,
        }
    }

    fn found(text: &str, links: Links) -> Vec<(String, f64)> {
        let phrases = Phrases::of(&reading(text), 4, links);
        phrases
            .all
            .iter()
            .map(|phrase| (text[phrase.words.clone()].to_owned(), phrase.score))
            .collect()
    }

    #[test]
    fn phrases_begin_and_end_with_content_words() {
        let mut names: Vec<_> = found("AoBC", Links::Joint)
            .into_iter()
            .map(|it| it.0)
            .collect();
        names.sort_unstable();
        assert_eq!(names, ["A", "AoB", "AoBC", "B", "BC", "C"]);
    }

    #[test]
    fn one_inner_stop_word_counts_the_same_either_way() {
        assert_eq!(found("AoBAoB", Links::Joint), found("AoBAoB", Links::Apart));
    }

    #[test]
    fn two_stop_words_in_a_row_make_no_negative_score() {
        let text = "AAAAooBBBBoBoCo";
        let least = |links| {
            found(text, links)
                .into_iter()
                .map(|it| it.1)
                .fold(f64::INFINITY, f64::min)
        };
        assert!(least(Links::Apart) < 0.0);
        assert!(least(Links::Joint) > 0.0);
    }
}
