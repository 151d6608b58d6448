//! Small drawings in cells. All texts in them are numbers.

use std::fmt::Write as _;

/// The size of a drawing of ranks in pixels.
const RANKS: (f64, f64) = (96.0, 14.0);

/// Draws an interval of ranks among `count` systems, and the place in it.
pub(super) fn ranks_bar(
    low: u32,
    high: u32,
    place: Option<usize>,
    count: usize,
) -> String {
    let (width, height) = RANKS;
    let middle = height / 2.0;
    let steps = count.max(2) as f64 - 1.0;
    let x = |rank: f64| 5.0 + (rank - 1.0).clamp(0.0, steps) / steps * (width - 10.0);

    let mut svg = begin(RANKS);
    let _ = write!(
        svg,
        r#"<path class="grid" d="M0 {middle}L{width} {middle}"/>"#
    );
    let (from, to) = (x(f64::from(low)) - 1.5, x(f64::from(high)) + 1.5);
    let _ = write!(
        svg,
        r#"<path class="bar" d="M{from:.1} {middle}L{to:.1} {middle}"/>"#
    );
    if let Some(place) = place {
        let x = x(place as f64);
        let _ = write!(
            svg,
            r#"<circle class="dot" cx="{x:.1}" cy="{middle}" r="3"/>"#
        );
    }
    svg.push_str("</svg>");
    svg
}

/// A point of a series.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawn {
    /// Value; `None` if it is unknown.
    pub(super) value: Option<f64>,
    /// Interval of the value.
    pub(super) interval: Option<(f64, f64)>,
    /// Whether there is a dot.
    pub(super) dotted: bool,
}

/// The size of a drawing of a series in pixels.
const SERIES: (f64, f64) = (220.0, 44.0);

/// Draws values one after the other, each with its interval if it has one, and dots. Unknown values are gaps.
pub(super) fn series(points: &[Drawn]) -> String {
    let (width, height) = SERIES;
    let known = points.iter().flat_map(|point| {
        let bounds = point.interval.map(|(low, high)| [low, high]);
        point.value.into_iter().chain(bounds.into_iter().flatten())
    });
    let (low, high) = known
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| {
            (low.min(it), high.max(it))
        });
    let span = if high > low { high - low } else { 1.0 };
    let y = |value: f64| match high > low {
        true => 5.0 + (high - value) / span * (height - 10.0),
        false => height / 2.0,
    };
    let steps = points.len().max(2) as f64 - 1.0;
    let x = |at: usize| match points.len() {
        1 => width / 2.0,
        _ => 6.0 + at as f64 / steps * (width - 12.0),
    };

    let mut svg = begin(SERIES);
    for (at, point) in points.iter().enumerate() {
        if let Some((low, high)) = point.interval {
            let (x, low, high) = (x(at), y(low), y(high));
            let _ = write!(
                svg,
                r#"<path class="stem" d="M{x:.1} {low:.1}L{x:.1} {high:.1}"/>"#
            );
        }
    }
    let mut line = String::new();
    let mut is_begun = false;
    for (at, point) in points.iter().enumerate() {
        match point.value {
            Some(value) => {
                let letter = if is_begun { 'L' } else { 'M' };
                let _ = write!(line, "{letter}{:.1} {:.1}", x(at), y(value));
                is_begun = true;
            }
            None => is_begun = false,
        }
    }
    let _ = write!(svg, r#"<path class="curve" d="{line}"/>"#);
    for (at, point) in points.iter().enumerate() {
        if let Some(value) = point.value.filter(|_| point.dotted) {
            let (x, y) = (x(at), y(value));
            let _ = write!(
                svg,
                r#"<circle class="dot" cx="{x:.1}" cy="{y:.1}" r="3.5"/>"#
            );
        }
    }
    svg.push_str("</svg>");
    svg
}

/// Returns the beginning of a drawing, which screen readers skip: the numbers stand beside it.
fn begin((width, height): (f64, f64)) -> String {
    format!(
        r#"<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}" aria-hidden="true">"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_goes_from_rank_to_rank() {
        let drawn = ranks_bar(1, 3, Some(2), 3);
        assert!(drawn.contains("M3.5 7L92.5 7"), "{drawn}");
        assert!(drawn.contains(r#"cx="48.0""#), "{drawn}");
        assert!(!ranks_bar(1, 1, Some(1), 1).contains("NaN"));
    }

    #[test]
    fn a_series_has_gaps_and_dots() {
        let point = |value: Option<f64>, dotted: bool| Drawn {
            value,
            interval: value.map(|it| (it - 0.5, it)),
            dotted,
        };
        let points = [
            point(Some(0.5), true),
            point(None, true),
            point(Some(1.0), false),
        ];
        let drawn = series(&points);
        assert_eq!(drawn.matches("<circle").count(), 1, "{drawn}");
        assert!(drawn.contains(r#"d="M6.0 22.0M214.0 5.0""#), "{drawn}");
        assert!(!series(&points[..1]).contains("NaN"));
        assert!(!series(&[]).contains("inf"));
    }
}
