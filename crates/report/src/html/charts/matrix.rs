//! The matrix of wins: the share of documents on which each system beats each other one.

use super::{
    hue::Hue,
    names::Names,
    svg::{Anchor, Svg},
};

/// The result of a system against another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::html) struct Beaten {
    /// Share of the documents on which it is better, from 0 to 1.
    pub(in crate::html) wins: f64,
    /// Share of the documents on which it is worse.
    pub(in crate::html) losses: f64,
    /// Whether the two are shown to differ.
    pub(in crate::html) is_shown: bool,
}

/// The contents of a matrix of wins.
#[derive(Debug, Clone)]
pub(in crate::html) struct Matrix<'a> {
    /// Description for screen readers.
    pub(in crate::html) label: &'a str,
    /// Names and colours of the systems.
    pub(in crate::html) systems: Vec<(&'a str, Hue)>,
    /// A row for each system with a cell for each system; `None` if the two were not compared.
    pub(in crate::html) cells: Vec<Vec<Option<Beaten>>>,
}

/// Side of a cell, in pixels.
const STEP: f64 = 26.0;

/// Draws the percentages of wins. The opacity of a cell is the difference between wins and losses,
/// its colour the sign. Bold numbers are of systems that are shown to differ.
pub(in crate::html) fn matrix(about: &Matrix<'_>) -> Svg {
    let size = STEP * about.systems.len() as f64;
    let names = Names::of(about.systems.iter().map(|(name, _)| *name));
    let mut svg = Svg::new(about.label);

    for (row, (name, hue)) in about.systems.iter().enumerate() {
        let y = STEP * row as f64;
        svg.group(&hue.class(), name, |svg| {
            svg.label("name", (-10.0, y + 17.0), Anchor::End, names.at(row), name);
        });
        for (column, found) in about.cells[row].iter().enumerate() {
            let Some(found) = found else { continue };
            let x = STEP * column as f64;
            let balance = found.wins - found.losses;
            let class = if balance < 0.0 { "heat-b" } else { "heat" };
            let width = STEP - 2.0;
            svg.rect(class, (x + 1.0, y + 1.0), (width, width), balance.abs());
            let class = if found.is_shown {
                "cell strong"
            } else {
                "cell"
            };
            let text = format!("{:.0}", 100.0 * found.wins);
            svg.text(class, (x + STEP / 2.0, y + 17.0), Anchor::Middle, text);
        }
    }

    for (column, (name, _)) in about.systems.iter().enumerate() {
        let x = STEP * (column as f64 + 0.5);
        svg.slanted("name", (x, size + 14.0), names.at(column), name);
    }

    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_has_the_wins_of_its_row_and_the_tint_of_the_balance() {
        let found = |wins, losses| {
            Some(Beaten {
                wins,
                losses,
                is_shown: wins > 0.5,
            })
        };

        let about = Matrix {
            label: "wins",
            systems: vec![("lead", Hue(Some(0))), ("tail", Hue(None))],
            cells: vec![vec![None, found(0.75, 0.25)], vec![found(0.25, 0.75), None]],
        };

        let drawn = matrix(&about).finish();
        assert!(drawn.contains(r#"class="cell strong""#), "{drawn}");
        assert!(
            drawn.contains(r#"<rect class="heat" "#)
                && drawn.contains(r#"opacity="0.50""#)
        );

        assert!(drawn.contains(r#"<rect class="heat-b" "#));
        assert_eq!(drawn.matches(">75<").count(), 1);
        let none = Matrix {
            systems: Vec::new(),
            cells: Vec::new(),
            ..about
        };

        assert!(!matrix(&none).finish().contains("NaN"));
    }
}
