//! A value of a chart.

/// A value with its confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::html) struct Estimate {
    /// The value.
    pub(in crate::html) value: f64,
    /// 95 % interval of the value.
    pub(in crate::html) bounds: Option<(f64, f64)>,
}

impl Estimate {
    /// Returns the value and both bounds, all of which an axis must contain.
    pub(super) fn extent(self) -> impl Iterator<Item = f64> {
        let (low, high) = self.bounds.unwrap_or((self.value, self.value));
        [self.value, low, high].into_iter()
    }
}
