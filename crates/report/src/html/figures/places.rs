//! The figure of the positions of selected sentences.

use super::{
    super::charts::{Heat, Hue, heat},
    figure::Figure,
    sources::Sources,
};
use crate::html::{gathered::PARTS, table::hues};

impl Sources<'_> {
    /// Returns the figure of the share of selected sentences in each tenth of the document.
    pub(super) fn places(self) -> Figure {
        let columns: Vec<String> = (1..=PARTS).map(|part| format!("{part}0 %")).collect();
        let mut figure = Figure::new(
            "Where systems pick",
            "Of all sentences that a system picked, the percentage in each tenth of the document. A sentence that reaches over two tenths counts in both for its part.",
        );

        let shares = self
            .board
            .lines
            .iter()
            .zip(hues(self.board))
            .zip(self.systems);

        let shares: Vec<(&str, Hue, Vec<f64>)> = shares
            .filter_map(|((line, hue), &system)| {
                let parts = &self.gathered.parts[system];
                let all: f64 = parts.iter().sum();
                let share = |part: &f64| part / all;
                (all > 0.0).then(|| {
                    (line.system.as_str(), hue, parts.iter().map(share).collect())
                })
            })
            .collect();

        if shares.is_empty() {
            return figure.missing("No system picks sentences.");
        }
        let row = |(name, _, shares): &(&str, Hue, Vec<f64>)| {
            let cells = shares.iter().map(|share| format!("{:.1}", 100.0 * share));
            [(*name).to_owned()].into_iter().chain(cells).collect()
        };

        let mut header = vec!["system, %"];
        header.extend(columns.iter().map(String::as_str));
        figure.table(&header, shares.iter().map(row).collect());
        let label = format!(
            "where {} systems pick, by tenths of the document",
            shares.len()
        );

        let about = Heat {
            label: &label,
            along: "up to this part of the document",
            columns: &columns,
            rows: shares,
        };

        figure.draw(heat(&about));
        figure
    }
}
