//! A value that a chart shows.

/// A value with its bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::html) struct Estimate {
    /// The value.
    pub(in crate::html) value: f64,
    /// Its 95 % interval.
    pub(in crate::html) bounds: Option<(f64, f64)>,
}

impl Estimate {
    /// All that an axis has to show.
    pub(super) fn extent(self) -> impl Iterator<Item = f64> {
        let (low, high) = self.bounds.unwrap_or((self.value, self.value));
        [self.value, low, high].into_iter()
    }
}
