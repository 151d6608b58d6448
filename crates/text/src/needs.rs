//! What systems want of a document beyond the usual.

/// What a system wants to be there before it sees a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is needed by itself")]
pub struct AnalysisNeeds {
    /// [`Document::idf`](super::Document::idf), which takes a first pass over the corpus.
    pub idf: bool,
    /// Phrases counted in [`Document::corpus`](super::Document::corpus), which takes such
    /// a pass too.
    pub phrases: bool,
    /// N-grams of Porter's stems counted there, as pke counts them, which takes such a pass
    /// too.
    pub ngrams: bool,
    /// [`Document::tags`](super::Document::tags), which takes a tagger's time.
    pub tags: bool,
}

impl AnalysisNeeds {
    /// What either wants.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            idf: self.idf || other.idf,
            phrases: self.phrases || other.phrases,
            ngrams: self.ngrams || other.ngrams,
            tags: self.tags || other.tags,
        }
    }

    /// Whether it takes words counted in a first pass over the corpus.
    pub fn corpus(self) -> bool {
        self.idf || self.phrases || self.ngrams
    }
}
