//! Numbers of the tables below figures.

/// Formats a number with two decimals.
pub(super) fn number(value: f64) -> String {
    format!("{value:.2}").replace('-', "−")
}

/// Formats an interval as `LOW to HIGH`; empty if there is none.
pub(super) fn interval(bounds: Option<(f64, f64)>) -> String {
    bounds.map_or(String::new(), |(low, high)| {
        format!("{} to {}", number(low), number(high))
    })
}
