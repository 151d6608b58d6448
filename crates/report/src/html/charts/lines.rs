//! A line chart: a value of every system against another quantity.

use super::{
    estimate::Estimate,
    hue::Hue,
    labels::spread,
    names::{Names, plot_width, widest},
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

/// Height of the chart, in pixels.
const HEIGHT: f64 = 250.0;
/// Height of a name at the end of a line, in pixels.
const STEP: f64 = 14.5;
/// Distance of names from the end of the horizontal axis, in pixels.
const GAP: f64 = 16.0;
/// Room for the numbers of the vertical axis, in pixels.
const NUMBERS: f64 = 46.0;
/// Maximum number of lines that are all named. Of more, those in colour are: other names would be
/// far from the ends of their lines.
const NAMED: usize = 12;

/// Draws a line for each of `series`, with the name of the system at its right end. A grey line
/// among many shows its name only while the page highlights the system.
pub(in crate::html) fn lines(about: &Lines<'_>, series: &[Series<'_>]) -> Svg {
    let all = Names::of(series.iter().map(|series| series.name));
    let right = plot_width(NUMBERS + GAP + all.room(), least_width(about));
    let mut svg = Svg::new(about.label);
    let points = || series.iter().flat_map(|series| &series.points);
    let x = match about.across {
        Across::Bins(bins) => {
            let last = bins.len().max(2) as f64 - 1.0;
            AxisScale::exactly((0.0, last), (24.0, right - 24.0))
        }
        Across::Numbers(spacing) => {
            AxisScale::around(points().map(|(at, _)| *at), spacing, (0.0, right))
        }
    };
    let values = points().flat_map(|(_, estimate)| estimate.extent());
    let y = AxisScale::around(values, about.spacing, (HEIGHT, 0.0));
    axes(&mut svg, about, &x, &y, right);

    let place = |(at, estimate): &(f64, Estimate)| (x.at(*at), y.at(estimate.value));
    let heights = name_heights(series, |point| place(point).1);

    // coloured lines are drawn last, so that they are above grey ones
    let mut order: Vec<usize> = (0..series.len()).collect();
    order.sort_by_key(|&at| series[at].hue.0.is_some());
    for at in order {
        let Series { name, hue, points } = &series[at];
        let Some(end) = points.last().map(place) else {
            continue;
        };

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

            let (class, height) = match heights[at] {
                Some(height) => ("name", height),
                None => ("name fleeting", end.1),
            };
            if heights[at].is_some() {
                let lead = [end, (right + 6.0, height), (right + 12.0, height)];
                svg.path("lead", &lead);
            }
            let place = (right + GAP, height + 4.0);
            svg.label(class, place, Anchor::Start, all.at(at), name);
        });
    }

    let unnamed = heights.iter().filter(|height| height.is_none()).count();
    if unnamed > 0 {
        let text = format!("in grey: {unnamed} others");
        svg.text("tick", (right + GAP, HEIGHT + 18.0), Anchor::Start, text);
    }
    svg
}

/// Returns the height of the name of each line, near that of its last point; `None` for a grey line
/// among more than [`NAMED`].
fn name_heights(
    series: &[Series<'_>],
    height: impl Fn(&(f64, Estimate)) -> f64,
) -> Vec<Option<f64>> {
    let is_named = |one: &Series<'_>| series.len() <= NAMED || one.hue.0.is_some();
    let wanted = series.iter().filter(|one| is_named(one));
    let wanted: Vec<f64> = wanted
        .map(|one| one.points.last().map_or(HEIGHT, &height))
        .collect();
    let mut spread = spread(&wanted, STEP, (0.0, HEIGHT)).into_iter();
    let heights = series.iter().map(|one| match is_named(one) {
        true => spread.next(),
        false => None,
    });
    heights.collect()
}

/// Returns the minimum width of the horizontal axis, in pixels: names of bins do not overlap.
fn least_width(about: &Lines<'_>) -> f64 {
    let bins = match about.across {
        Across::Bins(bins) => bins,
        Across::Numbers(_) => &[],
    };
    let room = widest(bins.iter().map(String::as_str), 12.0) + 8.0;
    (room * bins.len() as f64).max(260.0)
}

/// Draws both axes with grid lines, ticks and titles.
fn axes(svg: &mut Svg, about: &Lines<'_>, x: &AxisScale, y: &AxisScale, right: f64) {
    for tick in y.ticks(6) {
        svg.line("grid", (0.0, y.at(tick)), (right, y.at(tick)));
        svg.text("tick", (-8.0, y.at(tick) + 4.0), Anchor::End, short(tick));
    }

    match about.across {
        Across::Bins(bins) => {
            for (at, bin) in bins.iter().enumerate() {
                let place = (x.at(at as f64), HEIGHT + 18.0);
                svg.text("tick", place, Anchor::Middle, bin);
            }
        }
        Across::Numbers(_) => {
            for tick in x.ticks(6) {
                svg.line("grid", (x.at(tick), 0.0), (x.at(tick), HEIGHT));
                svg.text(
                    "tick",
                    (x.at(tick), HEIGHT + 18.0),
                    Anchor::Middle,
                    short(tick),
                );
            }
        }
    }

    svg.line("axis", (0.0, HEIGHT), (right, HEIGHT));
    svg.text(
        "title",
        (right, HEIGHT + 38.0),
        Anchor::End,
        format!("{} →", about.along),
    );
    svg.text(
        "title",
        (0.0, -10.0),
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
