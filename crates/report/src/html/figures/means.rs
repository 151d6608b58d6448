//! The means of all systems.

use super::{
    super::charts::{Mean, means},
    figure::Figure,
    numbers::{interval, number},
    sources::Sources,
};
use crate::{
    grid::short,
    html::table::{estimate, hues},
    unit,
};

impl Sources<'_> {
    pub(in crate::html) fn means(self) -> Figure {
        let metric = &self.board.metrics[0];
        let mut figure = Figure::new(
            "Means",
            format!(
                "{}. Dots are means of {}, bars their 95 % intervals; systems that share no \
                 letter differ (paired randomisation, Holm, 5 %).",
                self.board.caption(),
                metric.name
            ),
        );

        let lines = self.board.lines.iter().zip(hues(self.board));
        let shown: Vec<Mean<'_>> = lines
            .filter_map(|(line, hue)| {
                let scored = &line.scores[0];
                let mean = estimate(scored, metric.unit)?;
                let letters = scored.letters.as_deref().unwrap_or_default();
                let value = number(mean.value);
                Some(Mean {
                    name: &line.system,
                    hue,
                    value: mean,
                    text: format!("{value}  {}", short(letters, "–"))
                        .trim_end()
                        .to_owned(),
                })
            })
            .collect();

        if shown.is_empty() {
            return figure.missing("No system has a mean.");
        }
        let row = |one: &Mean<'_>| {
            vec![
                one.name.to_owned(),
                number(one.value.value),
                interval(one.value.bounds),
            ]
        };

        figure.table(
            &["system", &metric.name, "95 % interval"],
            shown.iter().map(row).collect(),
        );

        let axis = unit::symbol(metric.unit);
        figure.draw(means(&format!("{}, {axis}", metric.name), &shown));
        figure
    }
}
