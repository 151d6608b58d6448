//! What systems need of a document in addition to sentences and words.

/// What a system needs of a document and its corpus before it can work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is needed by itself")]
pub struct AnalysisNeeds {
    /// Whether [`Document::idf`](super::Document::idf) is needed, which takes a first
    /// pass over the corpus.
    pub idf: bool,
    /// Whether phrases must be counted in [`Document::corpus`](super::Document::corpus),
    /// which takes a first pass as well.
    pub phrases: bool,
    /// Whether n-grams of Porter's stems must be counted in it, as pke counts them, which
    /// takes a first pass as well.
    pub ngrams: bool,
    /// Whether [`Document::tags`](super::Document::tags) are needed, which takes the time
    /// of a tagger.
    pub tags: bool,
}

impl AnalysisNeeds {
    /// Returns what either of two systems needs.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            idf: self.idf || other.idf,
            phrases: self.phrases || other.phrases,
            ngrams: self.ngrams || other.ngrams,
            tags: self.tags || other.tags,
        }
    }

    /// Returns whether words must be counted in a first pass over the corpus.
    pub fn corpus(self) -> bool {
        self.idf || self.phrases || self.ngrams
    }
}
