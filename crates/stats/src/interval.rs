//! What an interval is.

/// Bounds of an interval.
pub type Bounds = (f64, f64);

/// A mean with the bounds of its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The mean of the observations.
    pub mean: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}
