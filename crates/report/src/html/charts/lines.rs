//! A line chart: a value of every system against another quantity.

use super::{
    estimate::Estimate,
    hue::Hue,
    labels::spread,
    scale::{AxisScale, Spacing, short},
    svg::{Anchor, Svg},
};

/// The horizontal axis of a line chart.
#[derive(Debug, Clone)]
pub(in crate::html) enum Across<'a> {
    /// Named classes at equal distances.
    Bins(&'a [String]),
    /// Numbers.
    Numbers(Spacing),
}

/// The line of a system.
#[derive(Debug, Clone)]
pub(in crate::html) struct Series<'a> {
    /// Name of the system.
    pub(in crate::html) name: &'a str,
    /// Colour of the system.
    pub(in crate::html) hue: Hue,
    /// Position on the horizontal axis (the index of a bin, or a number) and value of each point.
    pub(in crate::html) points: Vec<(f64, Estimate)>,
}

/// The titles and axes of a line chart.
#[derive(Debug, Clone)]
pub(in crate::html) struct Lines<'a> {
    /// Description for screen readers.
    pub(in crate::html) label: &'a str,
    /// Title of the horizontal axis.
    pub(in crate::html) along: &'a str,
    /// Title of the vertical axis.
    pub(in crate::html) upwards: &'a str,
    /// Horizontal axis.
    pub(in crate::html) across: Across<'a>,
    /// Spacing of the vertical axis.
    pub(in crate::html) spacing: Spacing,
}

const WIDTH: f64 = 620.0;
const LEFT: f64 = 52.0;
const RIGHT: f64 = 454.0;
const TOP: f64 = 20.0;
/// Height of a name at the end of a line, in pixels.
const STEP: f64 = 14.5;

/// Draws a line for each of `series`, with the name of the system at its right end.
pub(in crate::html) fn lines(about: &Lines<'_>, series: &[Series<'_>]) -> Svg {
    let bottom = TOP + (STEP * series.len() as f64 + 10.0).clamp(240.0, 640.0);
    let mut svg = Svg::new(WIDTH, bottom + 50.0, about.label);
    let points = || series.iter().flat_map(|series| &series.points);
    let x = match about.across {
        Across::Bins(bins) => {
            let last = bins.len().max(2) as f64 - 1.0;
            AxisScale::exactly((0.0, last), (LEFT + 24.0, RIGHT - 24.0))
        }
        Across::Numbers(spacing) => {
            AxisScale::around(points().map(|(at, _)| *at), spacing, (LEFT, RIGHT))
        }
    };
    let values = points().flat_map(|(_, estimate)| estimate.extent());
    let y = AxisScale::around(values, about.spacing, (bottom, TOP));
    axes(&mut svg, about, &x, &y, bottom);

    let place = |(at, estimate): &(f64, Estimate)| (x.at(*at), y.at(estimate.value));
    let ends: Vec<Option<(f64, f64)>> = series
        .iter()
        .map(|series| series.points.last().map(place))
        .collect();
    let wanted: Vec<f64> = ends
        .iter()
        .map(|end| end.map_or(bottom, |end| end.1))
        .collect();
    let names = spread(&wanted, STEP, (TOP, bottom));

    // coloured lines are drawn last, so that they are above grey ones
    let mut order: Vec<usize> = (0..series.len()).collect();
    order.sort_by_key(|&at| series[at].hue.0.is_some());
    for at in order {
        let Series { name, hue, points } = &series[at];
        let Some(end) = ends[at] else { continue };

        svg.group(&hue.class(), name, |svg| {
            let path: Vec<(f64, f64)> = points.iter().map(place).collect();
            svg.path("curve", &path);

            for point in points {
                let (right, up) = place(point);
                if let Some((low, high)) = point.1.bounds.filter(|_| hue.0.is_some()) {
                    svg.line("bar", (right, y.at(low)), (right, y.at(high)));
                }
                svg.dot("dot", (right, up), 3.0, &tip(about, name, point));
            }

            svg.path(
                "lead",
                &[end, (RIGHT + 6.0, names[at]), (RIGHT + 12.0, names[at])],
            );
            svg.text("name", (RIGHT + 16.0, names[at] + 4.0), Anchor::Start, name);
        });
    }
    svg
}

/// Draws both axes with grid lines, ticks and titles.
fn axes(svg: &mut Svg, about: &Lines<'_>, x: &AxisScale, y: &AxisScale, bottom: f64) {
    for tick in y.ticks(6) {
        svg.line("grid", (LEFT, y.at(tick)), (RIGHT, y.at(tick)));
        svg.text(
            "tick",
            (LEFT - 8.0, y.at(tick) + 4.0),
            Anchor::End,
            short(tick),
        );
    }

    match about.across {
        Across::Bins(bins) => {
            for (at, bin) in bins.iter().enumerate() {
                let place = (x.at(at as f64), bottom + 18.0);
                svg.text("tick", place, Anchor::Middle, bin);
            }
        }
        Across::Numbers(_) => {
            for tick in x.ticks(6) {
                svg.line("grid", (x.at(tick), TOP), (x.at(tick), bottom));
                svg.text(
                    "tick",
                    (x.at(tick), bottom + 18.0),
                    Anchor::Middle,
                    short(tick),
                );
            }
        }
    }

    svg.line("axis", (LEFT, bottom), (RIGHT, bottom));
    svg.text(
        "title",
        (RIGHT, bottom + 38.0),
        Anchor::End,
        format!("{} →", about.along),
    );
    svg.text(
        "title",
        (LEFT, TOP - 8.0),
        Anchor::Start,
        format!("↑ {}", about.upwards),
    );
}

/// Returns the text that is shown for a point under the pointer.
fn tip(about: &Lines<'_>, name: &str, (at, estimate): &(f64, Estimate)) -> String {
    let place = match about.across {
        Across::Bins(bins) => bins.get(*at as usize).cloned().unwrap_or_default(),
        Across::Numbers(_) => short(*at),
    };
    let interval = estimate.bounds.map_or(String::new(), |(low, high)| {
        format!(" ({} to {})", short(round(low)), short(round(high)))
    });
    format!(
        "{name}, {place}: {}{interval}",
        short(round(estimate.value))
    )
}

/// Rounds to two decimals, or to four if the size is below 0.1.
fn round(value: f64) -> f64 {
    match value.abs() {
        size if size >= 0.1 => (value * 100.0).round() / 100.0,
        _ => (value * 10_000.0).round() / 10_000.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(across: Across<'_>, spacing: Spacing) -> Lines<'_> {
        Lines {
            label: "l",
            along: "words",
            upwards: "rouge-1, %",
            across,
            spacing,
        }
    }

    fn series(name: &str, values: &[f64]) -> Series<'static> {
        let points = values.iter().enumerate().map(|(at, &value)| {
            let bounds = Some((value - 1.0, value + 1.0));
            (at as f64, Estimate { value, bounds })
        });
        let name: &'static str = if name == "lead" { "lead" } else { "other" };
        let hue = Hue((name == "lead").then_some(0));
        Series {
            name,
            hue,
            points: points.collect(),
        }
    }

    #[test]
    fn every_point_is_drawn_and_only_marked_systems_have_intervals() {
        let bins = ["short".to_owned(), "long".to_owned()];
        let about = about(Across::Bins(&bins), Spacing::Linear);
        let drawn = lines(
            &about,
            &[series("lead", &[30.0, 20.0]), series("x", &[10.0])],
        );
        let drawn = drawn.finish();
        assert_eq!(drawn.matches("<circle").count(), 3);
        assert_eq!(drawn.matches(r#"class="bar""#).count(), 2);
        assert!(drawn.contains("lead, long: 20 (19 to 21)"), "{drawn}");
    }

    #[test]
    fn no_series_and_empty_ones_are_drawn_as_a_frame() {
        let about = about(Across::Numbers(Spacing::Logarithmic), Spacing::Logarithmic);
        assert!(!lines(&about, &[]).finish().contains("NaN"));
        assert!(
            !lines(&about, &[series("lead", &[])])
                .finish()
                .contains("NaN")
        );
    }
}
