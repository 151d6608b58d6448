//! The types of intervals.

/// The lower and the upper bound of an interval.
pub type Bounds = (f64, f64);

/// A mean (or median) with the bounds of its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The mean of the observations.
    pub mean: f64,
    /// The lower bound of the interval.
    pub low: f64,
    /// The upper bound of the interval.
    pub high: f64,
}
