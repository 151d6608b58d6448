//! The figures of critical differences.

use crate::across::AcrossStanding;

use super::{
    super::charts::{Hue, Ranked, ranks},
    figure::Figure,
    numbers::number,
    sources::Sources,
};
use crate::html::table::hues;

/// Why letters and bars can disagree.
const OTHER_TEST: &str = "This compares ranks within blocks, for all systems at once, which shows fewer \
    differences; the letters of the table compare means, pair by pair. The two can differ, in the \
    order of systems too.";

impl Sources<'_> {
    /// Returns the figure over the documents of the corpus.
    pub(in crate::html) fn ranked_documents(self) -> Figure {
        let corpus = Some(&self.board.corpus);
        self.ranked(
            "Critical difference over documents",
            &self.of_metric(corpus),
        )
    }

    /// Returns the figure over all corpora; `None` if there is one corpus.
    pub(in crate::html) fn ranked_corpora(self) -> Option<Figure> {
        let all = self.of_metric(None);
        let is_drawn = !all.is_empty();
        is_drawn.then(|| self.ranked("Critical difference over corpora", &all))
    }

    /// Returns the rows of the ranking by the metric of the board over the documents of `corpus`,
    /// or over the corpora.
    fn of_metric(&self, corpus: Option<&String>) -> Vec<&AcrossStanding> {
        let is_own = |row: &&AcrossStanding| {
            row.metric == self.name() && row.corpus.as_ref() == corpus
        };
        self.standings.iter().filter(is_own).collect()
    }

    /// Draws mean ranks and the critical difference.
    fn ranked(self, title: &str, standings: &[&AcrossStanding]) -> Figure {
        let Some(first) = standings.first() else {
            let figure =
                Figure::new(title, "Mean ranks of all systems, and which differ.");
            return figure.missing(
                "There is no ranking of these systems: across.csv needs two systems and a metric \
                 of which more is better or worse.",
            );
        };

        let test = first.p.map_or(String::new(), |p| {
            let p = if p < 0.0001 { "< 0.0001".to_owned() } else { format!("= {p:.4}") };
            format!(" All systems being equal, ranks this far apart have p {p} (Friedman, Iman–Davenport).")
        });
        let mut figure = Figure::new(
            title,
            format!(
                "Mean ranks under {} in {} blocks, the best left. Systems under one bar are not \
                 shown to differ (Nemenyi, 5 %).{test} {OTHER_TEST}",
                self.name(),
                first.blocks
            ),
        );

        let hues = hues(self.board);
        let hue = |name: &str| {
            let found = self.board.lines.iter().position(|line| line.system == name);
            found.map_or(Hue(None), |at| hues[at])
        };
        let ranked: Vec<Ranked<'_>> = standings
            .iter()
            .map(|it| Ranked {
                name: &it.system,
                hue: hue(&it.system),
                rank: it.mean_rank,
            })
            .collect();

        let row = |it: &&AcrossStanding| {
            let places = it.place_low.zip(it.place_high);
            vec![
                it.system.clone(),
                number(it.mean_rank),
                places.map_or(String::new(), |(low, high)| format!("{low} to {high}")),
                number(it.borda),
                it.win_rate
                    .map_or(String::new(), |rate| format!("{:.1} %", 100.0 * rate)),
            ]
        };

        let header = [
            "system",
            "mean rank",
            "place, 95 % interval",
            "Borda",
            "beats",
        ];
        figure.table(&header, standings.iter().map(row).collect());
        figure.draw(ranks(&ranked, first.critical_difference));
        figure
    }
}
