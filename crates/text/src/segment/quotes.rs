//! Decides whether a quotation in straight quotes is open.

/// The parity of the straight double quotes of a line, counted up to the last byte that was
/// queried.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    /// Offset up to which quotes are counted.
    pub(super) counted_to: usize,
    /// Whether their number is odd.
    pub(super) is_open: bool,
}

impl Quotes {
    /// Returns whether a quotation is open at the byte `at`. Successive calls must not decrease
    /// `at`.
    pub(super) fn is_open_at(&mut self, text: &str, at: usize) -> bool {
        let new = text.as_bytes().get(self.counted_to..at).unwrap_or_default();
        self.is_open ^= new
            .iter()
            .filter(|byte| **byte == b'"')
            .fold(false, |odd, _| !odd);
        self.counted_to = self.counted_to.max(at);
        self.is_open
    }
}
