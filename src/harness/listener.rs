//! Who is told how a run goes.

use std::cell::RefCell;

use crate::run::{DocumentOutcome, Progress};

/// Is told how a run goes, and may stop it.
pub trait Listener {
    /// So many more bytes of the corpora have been worked through.
    fn advance(&mut self, _bytes: u64) {}

    /// A sentence that a user should know now, without a line end.
    fn note(&mut self, _note: &str) {}

    /// One more document has its rows.
    fn document(&mut self, _outcome: &DocumentOutcome) {}

    /// Whether the run is to stop before the next document.
    fn stops(&self) -> bool {
        false
    }
}

/// Listens to nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quiet;

impl Listener for Quiet {}

/// A listener as the engine tells it how far it is.
pub(super) struct Bytes<'a, 'b>(pub(super) &'a mut (dyn Listener + 'b));

impl Progress for Bytes<'_, '_> {
    fn advance(&mut self, bytes: u64) {
        self.0.advance(bytes);
    }
}

/// As [`Bytes`], of a listener that is also told of documents meanwhile.
pub(super) struct Shared<'a, 'b, 'c>(pub(super) &'a RefCell<&'b mut (dyn Listener + 'c)>);

impl Progress for Shared<'_, '_, '_> {
    fn advance(&mut self, bytes: u64) {
        self.0.borrow_mut().advance(bytes);
    }
}
