//! The chart of a score with its interval in a cell of a table.

use super::{estimate::Estimate, scale::AxisScale, svg::Svg};

const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 14.0;

/// Draws `score` on an axis from `axis.0` to `axis.1`, which is the same for all cells of a column.
pub(in crate::html) fn interval(score: Estimate, axis: (f64, f64)) -> Svg {
    let (low, high) = score.bounds.unwrap_or((score.value, score.value));
    // an axis of length 0 has no scale
    let end = if axis.1 > axis.0 {
        axis.1
    } else {
        axis.0 + 1.0
    };
    let x = AxisScale::exactly((axis.0, end), (5.0, WIDTH - 5.0));

    let mut svg = Svg::sized(WIDTH, HEIGHT, "");
    let middle = HEIGHT / 2.0;
    svg.line("grid", (0.0, middle), (WIDTH, middle));
    svg.line("bar", (x.at(low), middle), (x.at(high), middle));
    let tip = format!("{:.2} ({low:.2} to {high:.2})", score.value);
    svg.dot("dot", (x.at(score.value), middle), 3.5, &tip);
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_goes_from_bound_to_bound() {
        let score = Estimate {
            value: 50.0,
            bounds: Some((0.0, 100.0)),
        };
        let drawn = interval(score, (0.0, 100.0)).finish();
        assert!(
            drawn.contains("M5 7L115 7") && drawn.contains(r#"cx="60""#),
            "{drawn}"
        );
        assert!(!interval(score, (50.0, 50.0)).finish().contains("NaN"));
    }
}
