//! What the systems of a run know about a corpus as a whole.

use std::sync::Arc;

use epitome_text::CorpusStatistics;

use super::manifest_entries::CorpusRecipe;

/// What the systems of a run know about a corpus as a whole, if any of them needs it.
/// Made by the first pass, or read from files of counts.
#[derive(Default, Clone)]
pub struct CorpusWide {
    /// The number of documents that were counted; 0 if nothing is needed.
    pub documents: u64,
    /// The number of documents with each stem, and of phrases and n-grams if needed.
    pub statistics: Option<Arc<CorpusStatistics>>,
}

/// Document frequencies from a corpus other than the one that is run on.
#[derive(Clone)]
pub struct Background {
    /// The counts of that corpus.
    pub statistics: Arc<CorpusStatistics>,
    /// The corpus that was counted, as the manifest names it.
    pub corpus: CorpusRecipe,
}

/// Frequencies of the corpus that is run on, counted before the run and read from a file.
#[derive(Clone)]
pub struct Counted {
    /// The counts that were read.
    pub corpus: CorpusWide,
    /// The digest of the file that they were read from.
    pub digest: blake3::Hash,
}
