//! Numbers of tables.

pub(super) fn number(value: f64) -> String {
    format!("{value:.2}").replace('-', "−")
}

pub(super) fn interval(bounds: Option<(f64, f64)>) -> String {
    bounds.map_or(String::new(), |(low, high)| {
        format!("{} to {}", number(low), number(high))
    })
}
