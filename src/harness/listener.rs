//! Listeners, which are informed about the progress of a run.

use std::cell::RefCell;

use crate::run::{DocumentOutcome, Progress};

/// A listener is informed about the progress of a run, and can stop it.
pub trait Listener {
    /// Is called when `_bytes` more bytes of the corpora have been processed.
    fn advance(&mut self, _bytes: u64) {}

    /// Is called with a sentence that a user should read now, without a line end.
    fn note(&mut self, _note: &str) {}

    /// Is called when the rows of one more document have been written.
    fn document(&mut self, _outcome: &DocumentOutcome) {}

    /// Whether the run should stop before the next document.
    fn stops(&self) -> bool {
        false
    }
}

/// A listener that ignores everything.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Listener for Quiet {}

/// Passes the progress that the engine reports on to a listener.
pub(super) struct Bytes<'a, 'b>(pub(super) &'a mut (dyn Listener + 'b));

impl Progress for Bytes<'_, '_> {
    fn advance(&mut self, bytes: u64) {
        self.0.advance(bytes);
    }
}

/// Passes progress on like [`Bytes`], to a listener that is also informed about documents
/// meanwhile.
pub(super) struct Shared<'a, 'b, 'c>(pub(super) &'a RefCell<&'b mut (dyn Listener + 'c)>);

impl Progress for Shared<'_, '_, '_> {
    fn advance(&mut self, bytes: u64) {
        self.0.borrow_mut().advance(bytes);
    }
}
