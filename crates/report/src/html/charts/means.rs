//! The chart of means with their intervals, a row for each system.

use super::{
    estimate::Estimate,
    hue::Hue,
    names::{Names, plot_width, widest},
    scale::{AxisScale, Spacing, short},
    svg::{Anchor, Svg},
};

/// A system with its mean.
#[derive(Debug, Clone)]
pub(in crate::html) struct Mean<'a> {
    /// Name of the system.
    pub(in crate::html) name: &'a str,
    /// Colour of the system.
    pub(in crate::html) hue: Hue,
    /// Mean and its interval.
    pub(in crate::html) value: Estimate,
    /// Text at the end of the row: the mean as in tables, and letters.
    pub(in crate::html) text: String,
}

/// Height of a row, in pixels.
const STEP: f64 = 20.0;
/// Distance of texts from the axis, in pixels.
const GAP: f64 = 14.0;
/// Minimum width of the axis, in pixels.
const LEAST: f64 = 240.0;

/// Draws the systems from top to bottom; `metric` is the title of the axis.
pub(in crate::html) fn means(metric: &str, systems: &[Mean<'_>]) -> Svg {
    let names = Names::of(systems.iter().map(|system| system.name));
    let texts = widest(systems.iter().map(|system| system.text.as_str()), 12.0);
    let right = plot_width(names.room() + texts + 2.0 * GAP, LEAST);
    let bottom = STEP * systems.len() as f64;

    let label = format!("{metric}: means of {} systems", systems.len());
    let mut svg = Svg::new(&label);
    let shown = systems.iter().flat_map(|system| system.value.extent());
    let x = AxisScale::around(shown, Spacing::Linear, (0.0, right));
    for tick in x.ticks(5) {
        svg.line("grid", (x.at(tick), -6.0), (x.at(tick), bottom));
        let place = (x.at(tick), bottom + 18.0);
        svg.text("tick", place, Anchor::Middle, short(tick));
    }
    svg.line("axis", (0.0, bottom), (right, bottom));
    let place = (right, bottom + 38.0);
    svg.text("title", place, Anchor::End, format!("{metric} →"));

    for (row, system) in systems.iter().enumerate() {
        let y = STEP * (row as f64 + 0.5);
        svg.group(&system.hue.class(), system.name, |svg| {
            let place = (-GAP, y + 4.0);
            svg.label("name", place, Anchor::End, names.at(row), system.name);
            if let Some((low, high)) = system.value.bounds {
                svg.line("bar", (x.at(low), y), (x.at(high), y));
            }
            let tip = format!("{}: {}", system.name, system.text);
            svg.dot("dot", (x.at(system.value.value), y), 4.0, &tip);
            svg.text("tick", (right + GAP, y + 4.0), Anchor::Start, &system.text);
        });
    }
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_system_has_a_dot_and_its_interval() {
        let mean = |value: f64| Estimate {
            value,
            bounds: Some((value - 1.0, value + 1.0)),
        };
        let systems = [30.0, 20.0].map(|value| Mean {
            name: "lead",
            hue: Hue(Some(0)),
            value: mean(value),
            text: format!("{value} a"),
        });
        let drawn = means("rouge-1, %", &systems).finish();
        assert_eq!(drawn.matches("<circle").count(), 2);
        assert_eq!(drawn.matches(r#"class="bar""#).count(), 2);
        assert!(drawn.contains(">30 a<") && drawn.contains("rouge-1, % →"));
        assert!(!means("m", &[]).finish().contains("NaN"));
    }
}
