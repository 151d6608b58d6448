//! Counts how many documents of a corpus contain each stem and each phrase, and how
//! often.

mod counting;

use std::hash::{BuildHasher, Hasher};

use foldhash::quality::FixedState;
use hashbrown::HashTable;

use epitome_base::intern::Interner;

use super::CorpusNeeds;

/// The frequencies of stems and phrases in a corpus. They are counts, so that the
/// statistics of parts merge exactly.
#[derive(Debug, Default, Clone)]
pub struct CorpusStatistics {
    documents: u64,
    words: u64,
    stems: Interner,
    frequencies: Vec<u64>,
    occurrences: Vec<u64>,
    phrases: Option<Phrases>,
    is_background: bool,
}

/// The number of words in the longest phrase that is counted.
pub const LONGEST_PHRASE: usize = 5;

impl CorpusStatistics {
    /// Returns empty statistics, which count phrases if `needs` asks for them.
    pub fn new(needs: CorpusNeeds) -> Self {
        Self {
            phrases: (needs.phrases || needs.ngrams).then(|| Phrases::new(needs)),
            ..Self::default()
        }
    }

    /// Returns the statistics as those of a corpus that the documents are not from.
    #[must_use]
    pub fn into_background(self) -> Self {
        Self {
            is_background: true,
            ..self
        }
    }

    /// Returns whether these are the statistics of a corpus that the documents are not
    /// from.
    pub fn is_background(&self) -> bool {
        self.is_background
    }

    /// Adds the counts of another part of the corpus.
    pub fn merge(&mut self, other: &Self) {
        for (id, &frequency) in other.frequencies.iter().enumerate() {
            let stem = other.stems.get(id as u32);
            self.count(stem, frequency, other.occurrences[id]);
        }
        self.documents += other.documents;
        self.words += other.words;
        if let (Some(phrases), Some(other)) = (&mut self.phrases, &other.phrases) {
            phrases.merge(other);
        }
    }

    /// Returns every stem with the number of documents that contain it and the number of
    /// its occurrences, sorted by the bytes of the stem.
    ///
    /// # Panics
    /// Never: stems are texts.
    pub fn stems(&self) -> Vec<(&str, u64, u64)> {
        let mut stems: Vec<_> = (0..self.stems.len())
            .map(|id| {
                let text = std::str::from_utf8(self.stems.get(id as u32));
                let text = text.expect("stems are texts");
                (text, self.frequencies[id], self.occurrences[id])
            })
            .collect();
        stems.sort_unstable();
        stems
    }

    /// Returns the hash of every phrase with the number of documents that contain it,
    /// sorted by the hash; `None` if phrases are not counted.
    pub fn phrases(&self) -> Option<Vec<(u64, u32)>> {
        let mut phrases: Vec<_> = self.phrases.as_ref()?.counts.iter().copied().collect();
        phrases.sort_unstable();
        Some(phrases)
    }

    /// Adds to the numbers of documents and words, for counts that are read from a file.
    pub fn add_totals(&mut self, documents: u64, words: u64) {
        self.documents += documents;
        self.words += words;
    }

    /// Adds the counts of a stem.
    pub fn add_stem(&mut self, stem: &str, documents: u64, occurrences: u64) {
        self.count(stem.as_bytes(), documents, occurrences);
    }

    /// Adds the number of documents that contain a phrase, if phrases are counted.
    pub fn add_phrase(&mut self, hash: u64, documents: u32) {
        if let Some(phrases) = &mut self.phrases {
            phrases.count(hash, documents);
        }
    }

    fn count(&mut self, stem: &[u8], documents: u64, occurrences: u64) {
        let (id, new) = self.stems.intern(stem);
        if new {
            self.frequencies.push(0);
            self.occurrences.push(0);
        }
        self.frequencies[id as usize] += documents;
        self.occurrences[id as usize] += occurrences;
    }

    /// Returns the number of documents that were counted.
    pub fn documents(&self) -> u64 {
        self.documents
    }

    /// Returns the number of content words that were counted, including repeats.
    pub fn words(&self) -> u64 {
        self.words
    }

    /// Returns how often a stem occurs in the corpus.
    pub fn occurrences(&self, stem: &str) -> u64 {
        self.stems
            .find(stem.as_bytes())
            .map_or(0, |id| self.occurrences[id as usize])
    }

    /// Returns `log₂((1 + N) / (1 + df))`, which is 0 for a stem of every document.
    pub fn idf(&self, stem: &[u8]) -> f64 {
        self.idf_of(self.frequency(stem))
    }

    /// Returns the idf of a phrase, which is given by its stems: `df` is the number of
    /// documents with these words in a row, and 0 if none has them. A phrase longer than
    /// [`LONGEST_PHRASE`] has the idf of its rarest part that is counted; if phrases are
    /// not counted, a phrase has the idf of its rarest word.
    pub fn phrase_idf(&self, stems: &[&str]) -> f64 {
        let frequency = match &self.phrases {
            Some(phrases) if stems.len() > 1 && phrases.runs => {
                let stretches = stems.windows(stems.len().min(LONGEST_PHRASE));
                stretches.map(|stems| phrases.frequency(hash(stems))).min()
            }
            _ => stems
                .iter()
                .map(|stem| self.frequency(stem.as_bytes()))
                .min(),
        };
        self.idf_of(frequency.unwrap_or(0))
    }

    /// Returns the idf of an n-gram of Porter's stems. `df` is 0 if n-grams are not
    /// counted.
    pub fn ngram_idf(&self, stems: &[&str]) -> f64 {
        let phrases = self.phrases.as_ref();
        self.idf_of(phrases.map_or(0, |phrases| phrases.frequency(ngram_hash(stems))))
    }

    fn frequency(&self, stem: &[u8]) -> u64 {
        self.stems
            .find(stem)
            .map_or(0, |id| self.frequencies[id as usize])
    }

    fn idf_of(&self, frequency: u64) -> f64 {
        ((1 + self.documents) as f64 / (1 + frequency) as f64).log2()
    }
}

/// The number of documents with each phrase of two to [`LONGEST_PHRASE`] words, by the
/// 64-bit hash of its stems: 16 bytes for each phrase. Two of ten million phrases share a
/// hash with a probability of 3 in a million.
#[derive(Debug, Default, Clone)]
struct Phrases {
    counts: HashTable<(u64, u32)>,
    /// Whether runs of content words are counted.
    runs: bool,
    /// Whether n-grams of Porter's stems are counted, whose hashes have another seed.
    ngrams: bool,
}

impl Phrases {
    fn new(needs: CorpusNeeds) -> Self {
        Self {
            runs: needs.phrases,
            ngrams: needs.ngrams,
            ..Self::default()
        }
    }

    fn merge(&mut self, other: &Self) {
        for &(hash, frequency) in &other.counts {
            // sums do not depend on the order, which is that of a hash table
            self.count(hash, frequency);
        }
    }

    fn count(&mut self, hash: u64, by: u32) {
        let entry = self
            .counts
            .entry(hash, |known| known.0 == hash, |known| known.0);
        entry.or_insert((hash, 0)).get_mut().1 += by;
    }

    fn frequency(&self, hash: u64) -> u64 {
        self.counts
            .find(hash, |known| known.0 == hash)
            .map_or(0, |known| u64::from(known.1))
    }
}

/// Returns the hash of a phrase.
fn hash(stems: &[&str]) -> u64 {
    hash_from(&FixedState::with_seed(0), stems)
}

/// Returns the hash of an n-gram.
fn ngram_hash(stems: &[&str]) -> u64 {
    hash_from(&FixedState::with_seed(1), stems)
}

fn hash_from(seed: &FixedState, stems: &[&str]) -> u64 {
    let mut state = seed.build_hasher();
    for stem in stems {
        state.write(stem.as_bytes());
        // a byte that UTF-8 does not have separates the stems
        state.write_u8(0xff);
    }
    state.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyser, LineEnds, Segmenter, Source};

    fn statistics(texts: &[&str]) -> CorpusStatistics {
        let mut counted = CorpusStatistics::new(CorpusNeeds {
            phrases: true,
            ..CorpusNeeds::default()
        });
        for text in texts {
            let language = "en".parse().unwrap();
            let segmenter = Segmenter::Own;
            let source = Source {
                id: "d",
                title: "",
                text,
                language,
                segmenter,
                line_ends: LineEnds::Auto,
            };
            counted.add(&Analyser::default().analyse(source));
        }
        counted
    }

    #[test]
    fn a_phrase_is_as_frequent_as_the_documents_that_have_it_whole() {
        let counted =
            statistics(&["Stone bridges. Stone bridges.", "Stone, bridge.", "Iron."]);
        let idf = |stems: &[&str]| counted.phrase_idf(stems);
        assert_eq!(idf(&["stone", "bridg"]), 1.0, "log₂(4/2)");
        assert_eq!(idf(&["stone"]), (4.0_f64 / 3.0).log2());
        assert_eq!(
            idf(&["bridg", "stone"]),
            2.0,
            "log₂(4/1): no document has it"
        );
        assert_eq!(counted.occurrences("stone"), 3);
        assert_eq!(counted.words(), 7);
    }

    #[test]
    fn a_long_phrase_is_as_rare_as_its_rarest_stretch() {
        let counted = statistics(&["Red, old stone bridge arch tower.", "Iron."]);
        let idf = |stems: &[&str]| counted.phrase_idf(stems);
        assert_eq!(
            idf(&["old", "stone", "bridg", "arch", "tower"]),
            (1.5_f64).log2()
        );
        assert_eq!(
            idf(&["red", "old", "stone", "bridg", "arch", "tower"]),
            3.0_f64.log2()
        );
    }

    #[test]
    fn words_joined_by_hyphens_are_counted_whatever_they_are() {
        let counted = statistics(&["A state-of-the-art bridge.", "Iron."]);
        let stems = ["state", "of", "the", "art", "bridg"];
        assert_eq!(counted.phrase_idf(&stems), (1.5_f64).log2());
        assert_eq!(counted.phrase_idf(&["32", "bit"]), 3.0_f64.log2());
    }

    #[test]
    fn ngrams_are_counted_by_sentence_whatever_their_words_are() {
        let needs = CorpusNeeds {
            ngrams: true,
            ..CorpusNeeds::default()
        };

        let mut counted = CorpusStatistics::new(needs);
        for text in ["The bridges of stone.", "Bridges. Of stones, 2.", "Iron."] {
            let language = "en".parse().unwrap();
            let segmenter = Segmenter::Own;
            let source = Source {
                id: "d",
                title: "",
                text,
                language,
                segmenter,
                line_ends: LineEnds::Auto,
            };
            counted.add(&Analyser::default().analyse(source));
        }

        let idf = |stems: &[&str]| counted.ngram_idf(stems);
        assert_eq!(idf(&["of", "stone"]), (4.0_f64 / 3.0).log2());
        assert_eq!(
            idf(&["bridg", "of", "stone"]),
            1.0,
            "not over the end of a sentence"
        );

        assert_eq!(idf(&["stone", "2"]), 2.0, "punctuation ends one");
        assert_eq!(idf(&["iron"]), 1.0);
    }

    #[test]
    fn parts_merge_into_the_whole() {
        let texts = ["Old stone bridges.", "Stone bridges fall.", "A stone."];
        let mut merged = statistics(&texts[..1]);
        merged.merge(&statistics(&texts[1..]));
        let whole = statistics(&texts);
        for stems in [&["stone", "bridg"][..], &["stone"], &["fall"]] {
            let idf = |counted: &CorpusStatistics| counted.phrase_idf(stems);
            assert_eq!(idf(&merged), idf(&whole));
        }
    }
}
