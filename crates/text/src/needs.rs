//! What systems need in addition to sentences and words.

/// What a system needs of the analysis of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AnalysisNeeds {
    /// Whether [`Document::tags`](super::Document::tags) are needed, which takes the time
    /// of a tagger.
    pub tags: bool,
}

impl AnalysisNeeds {
    /// Returns what either of two systems needs.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            tags: self.tags || other.tags,
        }
    }
}

/// What must be counted in a corpus before a system can work on a document of it. Each
/// takes a first pass over the corpus; see [`CorpusView`](super::CorpusView).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CorpusNeeds {
    /// Whether the documents with each stem are counted, which
    /// [`CorpusView::idf`](super::CorpusView::idf) is computed from.
    pub idf: bool,
    /// Whether the documents with each phrase are counted as well.
    pub phrases: bool,
    /// Whether the documents with each n-gram of Porter's stems are counted as well, as
    /// pke counts them.
    pub ngrams: bool,
}

impl CorpusNeeds {
    /// Returns what either of two systems needs.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            idf: self.idf || other.idf,
            phrases: self.phrases || other.phrases,
            ngrams: self.ngrams || other.ngrams,
        }
    }

    /// Returns whether anything must be counted.
    pub fn any(self) -> bool {
        self.idf || self.phrases || self.ngrams
    }
}
