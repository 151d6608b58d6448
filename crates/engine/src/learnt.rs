//! The documents that the parameters of our own methods were learnt on. A run counts those of
//! each corpus, since a score on them is no evidence, and tables mark it.

use serde::{Deserialize, Serialize};

use epitome_base::rng::mix;
use epitome_metrics::Task;

/// The name of our own methods, one for each task.
pub const OWN: &str = "epitome";

/// The number of words in the runs whose hashes are compared.
const RUN: usize = 8;

/// The fingerprints of the documents that the summariser was learnt on: four bytes each, the
/// lowest byte first. Written by `scripts/leave-one-out --fingerprints`.
const SUMMARIES: &[u8] = include_bytes!("../data/learnt-summaries.bin");

/// Those of the documents that the extractor was learnt on.
const KEYPHRASES: &[u8] = include_bytes!("../data/learnt-keyphrases.bin");

/// The numbers of documents of a corpus that the parameters of `epitome` were learnt on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LearntDocuments {
    /// Those that the summariser was learnt on.
    pub summaries: u64,
    /// Those that the extractor was learnt on.
    pub keyphrases: u64,
}

impl LearntDocuments {
    /// Counts a document by its text.
    pub(crate) fn add(&mut self, text: &str) {
        let fingerprint = fingerprint(text);
        let is_among = |known: &[u8]| {
            let mut known = known.chunks_exact(size_of::<u32>());
            known.any(|bytes| bytes == fingerprint.to_le_bytes())
        };
        self.summaries += u64::from(is_among(SUMMARIES));
        self.keyphrases += u64::from(is_among(KEYPHRASES));
    }

    /// Adds the numbers of another part of the corpus.
    pub(crate) fn merge(&mut self, other: Self) {
        self.summaries += other.summaries;
        self.keyphrases += other.keyphrases;
    }

    /// Returns the number of documents that the system `name` of a task was learnt on.
    pub fn of_system(self, name: &str, task: Task) -> u64 {
        let is_own = name.split('(').next() == Some(OWN);
        match task {
            _ if !is_own => 0,
            Task::Summaries => self.summaries,
            Task::Keyphrases => self.keyphrases,
        }
    }
}

/// Returns the fingerprint of a text: the smallest hash of its runs of eight words, whatever
/// their case and whatever is between them. With a title or a line more it is most often the
/// same (Broder, 1997, *On the resemblance and containment of documents*), and two different
/// texts share it with a probability of 2⁻³².
#[expect(
    clippy::cast_possible_truncation,
    reason = "the low half is as random as all"
)]
pub fn fingerprint(text: &str) -> u32 {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let hashes: Vec<u64> = words
        .map(|word| {
            let letters = word.chars().flat_map(char::to_lowercase);
            letters.fold(0, |hash, letter| mix(hash, letter.into()))
        })
        .collect();

    let whole = |run: &[u64]| run.iter().fold(0, |hash, word| mix(hash, *word));
    let smallest = hashes.windows(RUN).map(whole).min();
    smallest.unwrap_or_else(|| whole(&hashes)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The river rose by two metres overnight. A bridge was closed at dawn, \
                        and the market stayed shut until noon.";

    #[test]
    fn a_fingerprint_is_of_the_words() {
        let same = |other: &str| fingerprint(TEXT) == fingerprint(other);
        assert!(same(&TEXT.to_uppercase().replace(' ', "\n")));
        assert!(!same(&TEXT.replace("two", "three").replace("noon", "one")));
        assert_ne!(fingerprint(""), fingerprint("river"));
    }

    #[test]
    fn fingerprints_stay_what_they_are() {
        // those of the documents that were learnt on are stored
        assert_eq!(fingerprint(TEXT), 2_600_326_916);
        assert_eq!(fingerprint(""), 0);
    }

    #[test]
    fn a_line_more_leaves_most_fingerprints_as_they_are() {
        let sampler = epitome_corpora::open("sampler").unwrap();
        let (mut all, mut same) = (0, 0);
        for source in sampler.records().unwrap() {
            let text = source.unwrap().parse().unwrap().text;
            let longer = format!(
                "From our own correspondent, on Monday. {text} All rights reserved."
            );
            all += 1;
            same += usize::from(fingerprint(&text) == fingerprint(&longer));
        }
        assert!(all > 20 && 10 * same >= 9 * all, "{same} of {all}");
    }

    #[test]
    fn what_was_learnt_on_is_counted_for_our_own_methods() {
        let counted = LearntDocuments {
            summaries: 3,
            keyphrases: 5,
        };
        let of = |name: &str, task| counted.of_system(name, task);
        assert_eq!(of("epitome", Task::Summaries), 3);
        assert_eq!(of("epitome(words=1)", Task::Keyphrases), 5);
        assert_eq!(of("epitome-mine", Task::Summaries), 0);
        assert_eq!(of("lead", Task::Summaries), 0);
    }

    #[test]
    fn every_stored_fingerprint_is_whole_and_there_once() {
        for stored in [SUMMARIES, KEYPHRASES] {
            let (whole, rest) = stored.as_chunks::<4>();
            let numbers: Vec<u32> =
                whole.iter().map(|it| u32::from_le_bytes(*it)).collect();
            assert!(rest.is_empty() && numbers.len() > 300);
            assert!(numbers.is_sorted_by(|a, b| a < b));
        }
    }
}
