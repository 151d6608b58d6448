//! A critical-difference diagram (Demšar 2006): mean ranks on an axis, with bars that join systems
//! which are not shown to differ.

use super::{
    hue::Hue,
    names::{NAME_SIZE, Names, plot_width, widest},
    scale::{AxisScale, short},
    svg::{Anchor, Svg},
};

/// A system with its mean rank, 1 being the best.
#[derive(Debug, Clone)]
pub(in crate::html) struct Ranked<'a> {
    /// Name of the system.
    pub(in crate::html) name: &'a str,
    /// Colour of the system.
    pub(in crate::html) hue: Hue,
    /// Mean rank of the system.
    pub(in crate::html) rank: f64,
}

/// Height of a name, in pixels.
const STEP: f64 = 19.0;
/// Distance of names from the ends of the axis, in pixels.
const GAP: f64 = 18.0;
/// Maximum number of names on one side. Of more, the worse half is on the right.
const ONE_SIDE: usize = 12;
/// Minimum length of the axis, in pixels.
const LEAST: f64 = 240.0;

/// Draws `systems`, which are sorted by mean rank, the best first. Those whose ranks differ by less
/// than `critical` are joined.
pub(in crate::html) fn ranks(systems: &[Ranked<'_>], critical: f64) -> Svg {
    let groups = joined(systems, critical);
    let half = on_the_left(systems.len());
    let texts = texts(systems, half);
    let room = |texts: &[String]| widest(texts.iter().map(String::as_str), NAME_SIZE);
    let gaps = if half < texts.len() { 2.0 * GAP } else { GAP };
    let beside = room(&texts[..half]) + room(&texts[half..]) + gaps;
    let right = plot_width(beside, LEAST);
    let line = 62.0;
    let below = line + 14.0 + 9.0 * groups.len() as f64;
    let label = format!(
        "mean ranks of {} systems, the best left; critical difference {critical:.2}",
        systems.len()
    );
    let mut svg = Svg::new(&label);
    let worst = systems.len().max(2) as f64;
    let x = AxisScale::exactly((1.0, worst), (0.0, right));

    svg.line("axis", (0.0, line), (right, line));
    for tick in x.ticks(8) {
        svg.line("axis", (x.at(tick), line - 5.0), (x.at(tick), line));
        svg.text(
            "tick",
            (x.at(tick), line - 10.0),
            Anchor::Middle,
            short(tick),
        );
    }

    let end = x.at(1.0 + critical);
    for (from, to) in [
        ((0.0, 22.0), (end, 22.0)),
        ((0.0, 17.0), (0.0, 27.0)),
        ((end, 17.0), (end, 27.0)),
    ] {
        svg.line("axis", from, to);
    }
    let words = format!("critical difference {critical:.2}");
    svg.text("title", (0.0, 12.0), Anchor::Start, words);

    for (row, &(first, last)) in groups.iter().enumerate() {
        let y = line + 12.0 + 9.0 * row as f64;
        let (from, to) = (systems[first].rank, systems[last].rank);
        svg.line("join", (x.at(from) - 3.0, y), (x.at(to) + 3.0, y));
    }

    for (at, system) in systems.iter().enumerate() {
        let (row, beside, anchor) = if at < half {
            (at, -GAP, Anchor::End)
        } else {
            (systems.len() - 1 - at, right + GAP, Anchor::Start)
        };
        let edge = beside.clamp(4.0 - GAP, right + GAP - 4.0);
        let y = below + STEP * row as f64 + 8.0;
        let place = x.at(system.rank);

        svg.group(&system.hue.class(), system.name, |svg| {
            svg.path("stem", &[(place, line), (place, y - 4.0), (edge, y - 4.0)]);
            let tip = format!("{}: mean rank {:.2}", system.name, system.rank);
            svg.dot("dot", (place, line), 3.5, &tip);
            svg.label("name", (beside, y), anchor, &texts[at], system.name);
        });
    }
    svg
}

/// Returns how many of the systems are named on the left.
fn on_the_left(count: usize) -> usize {
    match count {
        ..=ONE_SIDE => count,
        _ => count.div_ceil(2),
    }
}

/// Returns the name of each system with its rank: before the rank for the first `left` systems,
/// which are named on the left, after it for the others.
fn texts(systems: &[Ranked<'_>], left: usize) -> Vec<String> {
    let names = Names::of(systems.iter().map(|system| system.name));
    let text = |(at, system): (usize, &Ranked<'_>)| match at < left {
        true => format!("{}  {:.2}", names.at(at), system.rank),
        false => format!("{:.2}  {}", system.rank, names.at(at)),
    };
    systems.iter().enumerate().map(text).collect()
}

/// Returns the first and the last system of each maximal run of two or more systems whose ranks
/// differ by less than `critical`.
fn joined(systems: &[Ranked<'_>], critical: f64) -> Vec<(usize, usize)> {
    let mut groups: Vec<(usize, usize)> = Vec::new();
    for first in 0..systems.len() {
        let run = systems[first..]
            .iter()
            .take_while(|other| other.rank - systems[first].rank < critical);
        let last = (first + run.count()).saturating_sub(1);
        let is_longer = groups.last().is_none_or(|&(_, before)| last > before);
        if last > first && is_longer {
            groups.push((first, last));
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranked(names: &[(&'static str, f64)]) -> Vec<Ranked<'static>> {
        names
            .iter()
            .map(|&(name, rank)| Ranked {
                name,
                hue: Hue(Some(1)),
                rank,
            })
            .collect()
    }

    #[test]
    fn bars_join_the_longest_runs_within_the_critical_difference() {
        let systems = ranked(&[("a", 1.0), ("b", 1.5), ("c", 2.2), ("d", 4.0)]);
        assert_eq!(joined(&systems, 1.0), [(0, 1), (1, 2)]);
        assert_eq!(joined(&systems, 1.5), [(0, 2)]);
        assert_eq!(joined(&systems, 0.1), []);
        assert_eq!(joined(&[], 1.0), []);
    }

    #[test]
    fn every_system_is_named_with_its_rank() {
        let systems = ranked(&[("lead", 1.25), ("tail", 1.75), ("x&y", 3.0)]);
        let drawn = ranks(&systems, 0.6).finish();
        let texts = [
            "lead  1.25",
            "tail  1.75",
            "x&amp;y  3.00",
            "critical difference 0.60",
        ];
        for text in texts {
            assert!(drawn.contains(text), "{text}: {drawn}");
        }
        assert_eq!(drawn.matches(r#"class="join""#).count(), 1);
        ranks(&[], 0.0).finish();
    }

    #[test]
    fn the_worse_half_of_many_is_named_on_the_right() {
        let systems: Vec<Ranked<'_>> = (1..=13)
            .map(|rank| Ranked {
                name: "x",
                hue: Hue(None),
                rank: f64::from(rank),
            })
            .collect();
        let drawn = ranks(&systems, 1.0).finish();
        assert!(
            drawn.contains("x  7.00") && drawn.contains("8.00  x"),
            "{drawn}"
        );
        assert!(ranks(&systems[..12], 1.0).finish().contains("x  12.00"));
    }
}
