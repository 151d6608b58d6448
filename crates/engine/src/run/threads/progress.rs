//! Reports how far a run has come.

/// A listener that is told how far a run has come as it goes on.
pub trait Progress {
    /// Reports that another `bytes` bytes of the corpora have been processed.
    fn advance(&mut self, bytes: u64);
}
