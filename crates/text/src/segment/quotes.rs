//! Whether a quotation is open in straight quotes.

/// The straight double quotes of a line, counted as far as somebody asked.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    pub(super) counted_to: usize,
    pub(super) is_open: bool,
}

impl Quotes {
    /// Whether a quotation is open at byte `at`.
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
