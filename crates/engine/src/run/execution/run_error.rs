//! Why a run ended early.

use epitome_corpora::CorpusError;

use crate::run::storing::store_error::StoreError;

/// The reason why a run ended early. Every outcome before that was passed on.
#[derive(Debug, thiserror::Error)]
pub enum RunError<E> {
    /// A corpus is broken.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The rows of an earlier run cannot be read.
    #[error(transparent)]
    Rows(StoreError),
    /// The receiver of the outcomes failed.
    #[error("{0}")]
    Sink(E),
}

impl<E> From<StoreError> for RunError<E> {
    fn from(error: StoreError) -> Self {
        Self::Rows(error)
    }
}
