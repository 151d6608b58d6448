//! The chart of quality against speed, with intervals on both axes and the Pareto front.

use super::{
    estimate::Estimate,
    hue::Hue,
    labels::Taken,
    names::{Names, plot_width},
    scale::{AxisScale, Spacing, short},
    svg::{Anchor, Svg, length_of},
};

/// A system that was scored and timed.
#[derive(Debug, Clone)]
pub(in crate::html) struct Measured<'a> {
    /// Name of the system.
    pub(in crate::html) name: &'a str,
    /// Colour of the system.
    pub(in crate::html) hue: Hue,
    /// Documents per second.
    pub(in crate::html) speed: Estimate,
    /// Score, of which more is better.
    pub(in crate::html) quality: Estimate,
}

/// Height of the chart, in pixels.
const HEIGHT: f64 = 376.0;
/// Room for the numbers of the vertical axis, in pixels.
const NUMBERS: f64 = 46.0;

/// Draws speed on a logarithmic horizontal axis and the scores by `metric` on the vertical axis. A
/// line joins the systems of the Pareto front.
pub(in crate::html) fn speed(metric: &str, systems: &[Measured<'_>]) -> Svg {
    let label = format!(
        "{metric} against documents per second, {} systems",
        systems.len()
    );
    let mut svg = Svg::new(&label);
    let end = plot_width(NUMBERS, 0.0);
    let speeds = systems.iter().flat_map(|system| system.speed.extent());
    let x = AxisScale::around(speeds, Spacing::Logarithmic, (0.0, end));
    let qualities = systems.iter().flat_map(|system| system.quality.extent());
    let y = AxisScale::around(qualities, Spacing::Linear, (HEIGHT, 0.0));
    axes(&mut svg, metric, &x, &y, end);

    let place =
        |system: &Measured<'_>| (x.at(system.speed.value), y.at(system.quality.value));
    let front = pareto(systems);
    let steps: Vec<(f64, f64)> = front.iter().map(|&at| place(&systems[at])).collect();
    svg.path("front", &steps);

    let mut taken = Taken::default();
    for system in systems {
        let (right, up) = place(system);
        taken.add([right - 5.0, up - 5.0, right + 5.0, up + 5.0]);

        svg.group(&system.hue.class(), system.name, |svg| {
            if let Some((low, high)) = system.speed.bounds {
                svg.line("bar", (x.at(low), up), (x.at(high), up));
            }
            if let Some((low, high)) = system.quality.bounds {
                svg.line("bar", (right, y.at(low)), (right, y.at(high)));
            }
            svg.dot("dot", (right, up), 4.5, &tip(metric, system));
        });
    }

    // systems on the front are named first, while there is most room
    let names = Names::of(systems.iter().map(|system| system.name));
    let others = (0..systems.len()).filter(|at| !front.contains(at));
    for at in front.iter().copied().chain(others) {
        let system = &systems[at];
        let (right, up) = place(system);
        let class = if front.contains(&at) {
            "name strong"
        } else {
            "name"
        };
        let placed = (system, names.at(at));
        name(&mut svg, &mut taken, class, placed, (right, up), end);
    }
    svg
}

/// Draws both axes with grid lines, ticks and titles.
fn axes(svg: &mut Svg, metric: &str, x: &AxisScale, y: &AxisScale, end: f64) {
    for tick in y.ticks(6) {
        svg.line("grid", (0.0, y.at(tick)), (end, y.at(tick)));
        svg.text("tick", (-8.0, y.at(tick) + 4.0), Anchor::End, short(tick));
    }

    for tick in x.ticks(6) {
        svg.line("grid", (x.at(tick), 0.0), (x.at(tick), HEIGHT));
        svg.text(
            "tick",
            (x.at(tick), HEIGHT + 18.0),
            Anchor::Middle,
            short(tick),
        );
    }

    svg.line("axis", (0.0, HEIGHT), (end, HEIGHT));
    svg.text(
        "title",
        (end, HEIGHT + 38.0),
        Anchor::End,
        "documents per second →",
    );
    svg.text("title", (0.0, -8.0), Anchor::Start, format!("↑ {metric}"));
}

/// Writes the name of a system next to its dot, at the first of six positions where it overlaps
/// nothing and is between 0 and `end`. Without such a position the name is left out.
fn name(
    svg: &mut Svg,
    taken: &mut Taken,
    class: &str,
    (system, name): (&Measured<'_>, &str),
    (right, up): (f64, f64),
    end: f64,
) {
    let width = length_of(class, name);
    let places = [
        (right + 8.0, up - 4.0, Anchor::Start),
        (right - 8.0, up - 4.0, Anchor::End),
        (right + 8.0, up + 12.0, Anchor::Start),
        (right - 8.0, up + 12.0, Anchor::End),
        (right, up - 12.0, Anchor::Middle),
        (right, up + 20.0, Anchor::Middle),
    ];

    let boxes = places.map(|(x, y, anchor)| {
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        [left, y - 10.0, left + width, y + 3.0]
    });
    let candidates: Vec<usize> = (0..places.len())
        .filter(|&at| boxes[at][0] > 0.0 && boxes[at][2] < end)
        .collect();
    let free = taken.first_free(candidates.iter().map(|&at| boxes[at]));
    if let Some(at) = free {
        let (x, y, anchor) = places[candidates[at]];
        svg.group(&system.hue.class(), system.name, |svg| {
            svg.label(class, (x, y), anchor, name, system.name);
        });
    }
}

/// Returns the text that is shown for a system under the pointer.
fn tip(metric: &str, system: &Measured<'_>) -> String {
    let Measured {
        name,
        speed,
        quality,
        ..
    } = system;
    let interval = |bounds: Option<(f64, f64)>, digits: usize| {
        bounds.map_or(String::new(), |(low, high)| {
            format!(" ({low:.digits$} to {high:.digits$})")
        })
    };
    format!(
        "{name}: {metric} {:.2}{}, {:.0} documents per second{}",
        quality.value,
        interval(quality.bounds, 2),
        speed.value,
        interval(speed.bounds, 0)
    )
}

/// Returns the Pareto front, the slowest system first: the systems for which no other is at least
/// as fast and as good, and better in one of the two.
fn pareto(systems: &[Measured<'_>]) -> Vec<usize> {
    let both = |system: &Measured<'_>| (system.speed.value, system.quality.value);
    let mut front: Vec<usize> = (0..systems.len())
        .filter(|&at| {
            let own = both(&systems[at]);
            !systems
                .iter()
                .map(both)
                .any(|other| other.0 >= own.0 && other.1 >= own.1 && other != own)
        })
        .collect();
    front.sort_by(|&a, &b| systems[a].speed.value.total_cmp(&systems[b].speed.value));
    front
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(name: &str, speed: f64, quality: f64) -> Measured<'_> {
        let exact = |value| Estimate {
            value,
            bounds: Some((value * 0.9, value * 1.1)),
        };
        Measured {
            name,
            hue: Hue(None),
            speed: exact(speed),
            quality: exact(quality),
        }
    }

    #[test]
    fn the_front_is_what_nothing_beats_in_both() {
        let systems = [
            measured("slow and good", 10.0, 30.0),
            measured("beaten", 9.0, 29.0),
            measured("fast and bad", 1e6, 10.0),
            measured("between", 1e3, 20.0),
            measured("beaten by between", 1e3, 15.0),
        ];
        assert_eq!(pareto(&systems), [0, 3, 2]);
        assert_eq!(pareto(&[]), [0; 0]);
    }

    #[test]
    fn every_system_has_a_dot_with_both_intervals() {
        let systems = [measured("lead", 1e6, 27.0), measured("a<b", 1e3, 30.0)];
        let drawn = speed("rouge-1", &systems).finish();
        assert_eq!(drawn.matches("<circle").count(), 2);
        assert_eq!(drawn.matches(r#"class="bar""#).count(), 4);
        assert!(drawn.contains("lead: rouge-1 27.00 (24.30 to 29.70), 1000000 documents per second (900000 to 1100000)"));
        assert!(drawn.contains("a&lt;b") && !drawn.contains("a<b"));
        speed("rouge-1", &[]).finish(); // an empty frame
    }
}
