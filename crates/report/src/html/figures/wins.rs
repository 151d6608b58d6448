//! The figure of wins of each system against each other one.

use super::{
    super::charts::{Beaten, Hue, Matrix, matrix},
    figure::Figure,
    sources::Sources,
};
use crate::{
    comparison::{ALPHA, Comparison},
    html::table::hues,
};

impl Sources<'_> {
    /// Returns the matrix of wins.
    pub(in crate::html) fn wins(self) -> Figure {
        let metric = self.name();
        let mut figure = Figure::new(
            "Wins",
            format!(
                "The percentage of documents on which the system of the row has a better {metric} \
                 than that of the column; what is missing to 100 are losses and ties. Blue: more wins than losses, \
                 orange: fewer. Bold: the two are shown to differ (Holm, 5 %)."
            ),
        );
        let own =
            |row: &&Comparison| row.corpus == self.board.corpus && row.metric == metric;
        let pairs: Vec<&Comparison> = self.comparisons.iter().filter(own).collect();
        if pairs.is_empty() {
            return figure
                .missing("No pair of systems was compared: “epitome compare” does.");
        }
        let is_compared =
            |name: &str| pairs.iter().any(|row| row.a == name || row.b == name);
        let lines = self.board.lines.iter().zip(hues(self.board));
        let systems: Vec<(&str, Hue)> = lines
            .map(|(line, hue)| (line.system.as_str(), hue))
            .filter(|(name, _)| is_compared(name))
            .collect();
        let cell = |a: &str, b: &str| pairs.iter().find_map(|row| beaten(row, a, b));
        let cells: Vec<Vec<Option<Beaten>>> = systems
            .iter()
            .map(|(a, _)| systems.iter().map(|(b, _)| cell(a, b)).collect())
            .collect();

        let mut header = vec!["wins of the row, %"];
        header.extend(systems.iter().map(|(name, _)| *name));
        let row = |((name, _), cells): (&(&str, Hue), &Vec<Option<Beaten>>)| {
            let text = |cell: &Option<Beaten>| {
                cell.map_or(String::new(), |it| format!("{:.0}", 100.0 * it.wins))
            };
            let name = std::iter::once((*name).to_owned());
            name.chain(cells.iter().map(text)).collect()
        };
        figure.table(&header, systems.iter().zip(&cells).map(row).collect());
        let label = format!("wins of {} systems against each other", systems.len());
        figure.draw(matrix(&Matrix {
            label: &label,
            systems,
            cells,
        }));
        figure
    }
}

/// Returns the result of `a` against `b`; `None` if the row is of another pair.
fn beaten(row: &Comparison, a: &str, b: &str) -> Option<Beaten> {
    let all = (row.wins + row.ties + row.losses).max(1) as f64;
    let (wins, losses) = match (row.a.as_str(), row.b.as_str()) {
        pair if pair == (a, b) => (row.wins, row.losses),
        pair if pair == (b, a) => (row.losses, row.wins),
        _ => return None,
    };
    Some(Beaten {
        wins: wins as f64 / all,
        losses: losses as f64 / all,
        is_shown: row.p_holm < ALPHA,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::tests::comparison;

    #[test]
    fn what_one_wins_the_other_loses() {
        let row = comparison("lead", "tail", 0.01); // 3 wins, 1 tie, 2 losses
        let found = beaten(&row, "tail", "lead").unwrap();
        assert_eq!((found.wins, found.losses), (2.0 / 6.0, 0.5));
        assert!(found.is_shown);
        assert_eq!(beaten(&row, "lead", "random"), None);
    }
}
