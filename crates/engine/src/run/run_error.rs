//! Why a run ended early.

use epitome_corpora::CorpusError;

use super::store_error::StoreError;

/// Why a run ended early. What it had found before was handed over.
#[derive(Debug, thiserror::Error)]
pub enum RunError<E> {
    /// A corpus is broken.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// What an earlier run wrote cannot be read.
    #[error(transparent)]
    Rows(StoreError),
    /// What was found could not be handed over.
    #[error("{0}")]
    Sink(E),
}

impl<E> From<StoreError> for RunError<E> {
    fn from(error: StoreError) -> Self {
        Self::Rows(error)
    }
}
