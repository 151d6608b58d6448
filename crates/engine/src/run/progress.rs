//! How far a run is.

/// What a run is told to report as it goes.
pub trait Progress {
    /// So many more bytes of the corpora have been worked through.
    fn advance(&mut self, bytes: u64);
}
