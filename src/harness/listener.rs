//! Listeners, which are informed about the progress of a run.

use std::cell::RefCell;

use crate::run::{DocumentOutcome, Progress};

/// A listener is informed about the progress of a run, and can stop it.
pub trait Listener {
    /// Is called after each further `_bytes` bytes of the corpora.
    fn advance(&mut self, _bytes: u64) {}

    /// Is called with a sentence that a user should read now, without a line end.
    fn note(&mut self, _note: &str) {}

    /// Is called when the rows of one more document have been written.
    fn document(&mut self, _outcome: &DocumentOutcome) {}

    /// Returns whether the run should stop: before the next document, or while its tables are made.
    fn stops(&self) -> bool {
        false
    }
}

/// A listener that ignores everything.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Listener for Quiet {}

/// Forwards the progress of the engine to a listener.
pub(super) struct Bytes<'a, 'b>(pub(super) &'a mut (dyn Listener + 'b));

impl Progress for Bytes<'_, '_> {
    fn advance(&mut self, bytes: u64) {
        self.0.advance(bytes);
    }
}

/// Forwards progress as [`Bytes`] does, to a listener that is also used by the sink of documents.
pub(super) struct Shared<'a, 'b, 'c>(pub(super) &'a RefCell<&'b mut (dyn Listener + 'c)>);

impl Progress for Shared<'_, '_, '_> {
    fn advance(&mut self, bytes: u64) {
        self.0.borrow_mut().advance(bytes);
    }
}
