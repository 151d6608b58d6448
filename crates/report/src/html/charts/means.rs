//! The chart of means with their intervals, a row for each system.

use super::{
    estimate::Estimate,
    hue::Hue,
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

const WIDTH: f64 = 620.0;
const LEFT: f64 = 190.0;
const RIGHT: f64 = 460.0;
const TOP: f64 = 28.0;
const STEP: f64 = 20.0;

/// Draws the systems from top to bottom; `metric` is the title of the axis.
pub(in crate::html) fn means(metric: &str, systems: &[Mean<'_>]) -> Svg {
    let bottom = TOP + STEP * systems.len() as f64;
    let label = format!("{metric}: means of {} systems", systems.len());
    let mut svg = Svg::new(WIDTH, bottom + 48.0, &label);
    let shown = systems.iter().flat_map(|system| system.value.extent());
    let x = AxisScale::around(shown, Spacing::Linear, (LEFT, RIGHT));
    for tick in x.ticks(5) {
        svg.line("grid", (x.at(tick), TOP - 6.0), (x.at(tick), bottom));
        let place = (x.at(tick), bottom + 18.0);
        svg.text("tick", place, Anchor::Middle, short(tick));
    }
    svg.line("axis", (LEFT, bottom), (RIGHT, bottom));
    let place = (RIGHT, bottom + 38.0);
    svg.text("title", place, Anchor::End, format!("{metric} →"));

    for (row, system) in systems.iter().enumerate() {
        let y = TOP + STEP * (row as f64 + 0.5);
        svg.group(&system.hue.class(), system.name, |svg| {
            svg.text("name", (LEFT - 14.0, y + 4.0), Anchor::End, system.name);
            if let Some((low, high)) = system.value.bounds {
                svg.line("bar", (x.at(low), y), (x.at(high), y));
            }
            let tip = format!("{}: {}", system.name, system.text);
            svg.dot("dot", (x.at(system.value.value), y), 4.0, &tip);
            svg.text("tick", (RIGHT + 14.0, y + 4.0), Anchor::Start, &system.text);
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
