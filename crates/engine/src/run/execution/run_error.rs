//! Why a run ended early.

use epitome_corpora::CorpusError;

use crate::run::{outcomes::outcome::DocumentOutcome, storing::store_error::StoreError};

/// The reason why a run ended early. Every outcome before that was passed on.
#[derive(Debug, thiserror::Error)]
pub enum RunError<E> {
    /// A corpus is broken.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The rows of an earlier run cannot be read.
    #[error(transparent)]
    Rows(StoreError),
    /// The machine lacks what a plugin needs to start.
    #[error(transparent)]
    NotStarted(#[from] NotStarted),
    /// The receiver of the outcomes failed.
    #[error("{0}")]
    Sink(E),
}

/// A plugin that could not be started, for want of something that the machine has too little
/// of: the documents that it was not asked for are no failures of the plugin.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {message}\nhint: the same command again continues with this document")]
pub struct NotStarted {
    /// The place of the document.
    pub place: String,
    /// Which plugin, and what is missing.
    pub message: String,
}

impl NotStarted {
    /// Checks that every plugin could be started for a document.
    pub(in crate::run) fn check(outcome: &DocumentOutcome) -> Result<(), Self> {
        match outcome.not_started() {
            None => Ok(()),
            Some(failure) => Err(Self {
                place: outcome.place.clone(),
                message: failure.message.clone(),
            }),
        }
    }
}

impl<E> From<StoreError> for RunError<E> {
    fn from(error: StoreError) -> Self {
        Self::Rows(error)
    }
}
