//! A heat map: the distribution of each system over some classes.

use super::{
    hue::Hue,
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

const WIDTH: f64 = 620.0;
const LEFT: f64 = 150.0;
const TOP: f64 = 44.0;
const STEP: f64 = 22.0;

/// Draws shares in percent. The opacity of a cell is its share, divided by the largest one.
pub(in crate::html) fn heat(about: &Heat<'_>) -> Svg {
    let height = TOP + STEP * about.rows.len() as f64 + 8.0;
    let mut svg = Svg::new(WIDTH, height, about.label);
    let width = (WIDTH - 6.0 - LEFT) / about.columns.len().max(1) as f64;

    svg.text(
        "title",
        (LEFT, 12.0),
        Anchor::Start,
        format!("{} →", about.along),
    );
    for (at, column) in about.columns.iter().enumerate() {
        let middle = LEFT + width * (at as f64 + 0.5);
        svg.text("tick", (middle, TOP - 10.0), Anchor::Middle, column);
    }

    let shares = about
        .rows
        .iter()
        .flat_map(|(_, _, shares)| shares.iter().copied());
    let largest = shares.fold(0.0, f64::max).max(f64::MIN_POSITIVE);

    for (row, (name, hue, shares)) in about.rows.iter().enumerate() {
        let y = TOP + STEP * row as f64;
        svg.group(&hue.class(), name, |svg| {
            svg.text("name", (LEFT - 10.0, y + 15.0), Anchor::End, name);
            for (at, share) in shares.iter().enumerate() {
                let x = LEFT + width * at as f64;
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
