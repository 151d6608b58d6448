//! What is known of a corpus as a whole.

use std::sync::Arc;

use epitome_text::CorpusStatistics;

use super::manifest_entries::CorpusRecipe;

/// What is known of a corpus as a whole, as far as any system needs to know it.
#[derive(Default, Clone)]
pub struct CorpusWide {
    /// How many documents were counted; 0 if nothing is needed.
    pub documents: u64,
    /// How many documents contain each stem.
    pub statistics: Option<Arc<CorpusStatistics>>,
}

/// Frequencies of a corpus that is not the one run on.
#[derive(Clone)]
pub struct Background {
    /// What was counted.
    pub statistics: Arc<CorpusStatistics>,
    /// Which corpus that was.
    pub corpus: CorpusRecipe,
}

/// Frequencies of the corpus that is run on, counted in a pass of its own.
#[derive(Clone)]
pub struct Counted {
    /// What was counted.
    pub corpus: CorpusWide,
    /// Digest of the file that they were read from.
    pub digest: blake3::Hash,
}
