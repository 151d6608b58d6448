//! A heat map: the distribution of each system over some classes.

use super::{
    hue::Hue,
    names::{Names, plot_width},
    svg::{Anchor, Svg},
};

/// The contents of a heat map.
#[derive(Debug, Clone)]
pub(in crate::html) struct Heat<'a> {
    /// Description for screen readers.
    pub(in crate::html) label: &'a str,
    /// Title of all columns.
    pub(in crate::html) along: &'a str,
    /// Title of each column.
    pub(in crate::html) columns: &'a [String],
    /// Name and colour of each system, and a share from 0 to 1 for each column.
    pub(in crate::html) rows: Vec<(&'a str, Hue, Vec<f64>)>,
}

/// Height of a row, in pixels.
const STEP: f64 = 22.0;
/// Minimum width of a column, in pixels.
const LEAST: f64 = 34.0;
/// Distance of a name from its row, in pixels.
const GAP: f64 = 10.0;

/// Draws shares in percent. The opacity of a cell is its share, divided by the largest one.
pub(in crate::html) fn heat(about: &Heat<'_>) -> Svg {
    let names = Names::of(about.rows.iter().map(|(name, ..)| *name));
    let columns = about.columns.len().max(1) as f64;
    let width = plot_width(names.room() + GAP, LEAST * columns) / columns;

    let mut svg = Svg::new(about.label);
    let along = format!("{} →", about.along);
    svg.text("title", (0.0, -32.0), Anchor::Start, along);
    for (at, column) in about.columns.iter().enumerate() {
        let middle = width * (at as f64 + 0.5);
        svg.text("tick", (middle, -10.0), Anchor::Middle, column);
    }

    let shares = about
        .rows
        .iter()
        .flat_map(|(_, _, shares)| shares.iter().copied());
    let largest = shares.fold(0.0, f64::max).max(f64::MIN_POSITIVE);

    for (row, (name, hue, shares)) in about.rows.iter().enumerate() {
        let y = STEP * row as f64;
        svg.group(&hue.class(), name, |svg| {
            svg.label("name", (-GAP, y + 15.0), Anchor::End, names.at(row), name);
            for (at, share) in shares.iter().enumerate() {
                let x = width * at as f64;
                let size = (width - 2.0, STEP - 2.0);
                svg.rect("heat", (x + 1.0, y + 1.0), size, share / largest);
                let text = format!("{:.0}", 100.0 * share);
                let middle = (x + width / 2.0, y + 15.0);
                svg.text("cell", middle, Anchor::Middle, text);
            }
        });
    }
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_share_has_the_deepest_tint() {
        let columns = ["first".to_owned(), "second".to_owned()];
        let rows = vec![("lead", Hue(Some(0)), vec![0.8, 0.2])];
        let about = Heat {
            label: "l",
            along: "place",
            columns: &columns,
            rows,
        };
        let drawn = heat(&about).finish();
        assert!(drawn.contains("opacity=\"1.00\"") && drawn.contains("opacity=\"0.25\""));
        assert!(drawn.contains(">80<") && drawn.contains(">20<"));
        heat(&Heat {
            rows: Vec::new(),
            ..about
        })
        .finish();
    }
}
