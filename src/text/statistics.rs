//! How many documents of a corpus hold each stem.

use crate::intern::Interner;

use super::Document;

/// Document frequencies of a corpus, in counts, so that parts merge exactly.
#[derive(Debug, Default, Clone)]
pub struct CorpusStatistics {
    documents: u64,
    stems: Interner,
    frequencies: Vec<u64>,
}

impl CorpusStatistics {
    /// Counts one document.
    pub fn add(&mut self, document: &Document) {
        let mut seen = vec![false; document.term_count()];
        for token in document.tokens().iter().filter(|token| token.is_content()) {
            if !std::mem::replace(&mut seen[token.term.index()], true) {
                self.count(document.stem(token.term).as_bytes(), 1);
            }
        }
        self.documents += 1;
    }

    /// Adds the counts of another part of the corpus.
    pub fn merge(&mut self, other: &Self) {
        for (id, &frequency) in other.frequencies.iter().enumerate() {
            self.count(other.stems.get(id as u32), frequency);
        }
        self.documents += other.documents;
    }

    fn count(&mut self, stem: &[u8], by: u64) {
        let (id, new) = self.stems.intern(stem);
        if new {
            self.frequencies.push(0);
        }
        self.frequencies[id as usize] += by;
    }

    /// How many documents were counted.
    pub fn documents(&self) -> u64 {
        self.documents
    }

    /// `log₂((1 + N) / (1 + df))`: 0 for a stem of every document.
    pub fn idf(&self, stem: &[u8]) -> f64 {
        let known = self.stems.find(stem);
        let frequency = known.map_or(0, |id| self.frequencies[id as usize]);
        ((1 + self.documents) as f64 / (1 + frequency) as f64).log2()
    }
}
