//! Scores by properties of the documents: their length, and the position of the selected sentences.

use super::{
    super::charts::{Across, Estimate, Lines, Series, Spacing, lines},
    figure::Figure,
    numbers::number,
    sources::Sources,
};
use crate::{html::table::hues, unit};

/// The minimum number of documents of a mean that is shown.
const FEWEST: usize = 3;

impl Sources<'_> {
    /// Returns the figure of scores by the length of the document, in fifths of the documents.
    pub(super) fn by_length(self) -> Figure {
        let words = &self.gathered.words;
        let mut sorted = words.clone();
        sorted.sort_unstable();
        let mut cuts: Vec<u64> = (1..5)
            .filter_map(|fifth| sorted.get(sorted.len() * fifth / 5).copied())
            .collect();
        cuts.dedup();

        let bins: Vec<String> = (0..=cuts.len())
            .map(
                |at| match (at.checked_sub(1).map(|at| cuts[at]), cuts.get(at)) {
                    (None, Some(high)) => format!("below {high}"),
                    (Some(low), Some(high)) => format!("{low} to {}", high - 1),
                    (Some(low), None) => format!("from {low}"),
                    (None, None) => "all".to_owned(),
                },
            )
            .collect();

        let figure = Figure::new(
            "Score by length of the document",
            "Documents in fifths by their number of words. Bars, of the systems in colour, are \
             means ± 1.96 standard errors.",
        );
        self.binned(figure, "words of the document", &bins, |_, document| {
            Some(cuts.partition_point(|cut| *cut <= words[document]))
        })
    }

    /// Returns the figure of scores by the mean position of the sentences that a system selected.
    pub(super) fn by_place(self) -> Figure {
        let bins = ["opening", "second", "third", "fourth", "last"].map(str::to_owned);

        let figure = Figure::new(
            "Score by position of the picks",
            "Documents by where a system's picks stand on average: in the opening fifth of the \
             text, the second, and so on. A system has a point where it picked there in at least \
             three documents.",
        );
        self.binned(
            figure,
            "fifth of the document",
            &bins,
            |system, document| {
                let place = self.gathered.places[system]
                    .get(document)
                    .copied()
                    .flatten()?;
                Some(((place * 5.0) as usize).min(4))
            },
        )
    }

    /// Draws the mean score of each system over the documents in each bin. `bin` returns the index
    /// of the bin of a system and a document, or `None` if the document is in no bin.
    fn binned(
        self,
        mut figure: Figure,
        along: &str,
        bins: &[String],
        bin: impl Fn(usize, usize) -> Option<usize>,
    ) -> Figure {
        let mut series = Vec::new();
        let mut rows = Vec::new();
        let unit = self.board.metrics[0].unit;
        let lines_of_board = self.board.lines.iter().zip(hues(self.board));

        for ((line, hue), &system) in lines_of_board.zip(self.systems) {
            let mut values: Vec<Vec<f64>> = vec![Vec::new(); bins.len()];
            let scores = self.gathered.scores[self.metric][system].iter().enumerate();
            for (document, score) in scores.filter(|(_, score)| !score.is_nan()) {
                if let Some(bin) = bin(system, document) {
                    values[bin].push(unit::scaled(unit, *score));
                }
            }

            let means: Vec<Option<Estimate>> = values.iter().map(|of| mean(of)).collect();
            let cells = means.iter().zip(&values).map(|(mean, values)| {
                mean.map_or("–".to_owned(), |mean| {
                    format!("{} ({})", number(mean.value), values.len())
                })
            });
            rows.push([line.system.clone()].into_iter().chain(cells).collect());

            let points = means.iter().enumerate();
            let points: Vec<(f64, Estimate)> = points
                .filter_map(|(at, mean)| Some((at as f64, (*mean)?)))
                .collect();
            if !points.is_empty() {
                series.push(Series {
                    name: &line.system,
                    hue,
                    points,
                });
            }
        }

        if series.is_empty() {
            return figure.missing("No fifth has three documents with a score.");
        }

        let mut header = vec!["system (documents)"];
        header.extend(bins.iter().map(String::as_str));
        figure.table(&header, rows);
        let about = Lines {
            label: &format!("{}: {} systems", figure.title, series.len()),
            along,
            upwards: &format!("{}, {}", self.name(), unit::symbol(unit)),
            across: Across::Bins(bins),
            spacing: Spacing::Linear,
        };
        figure.draw(lines(&about, &series));
        figure.key(&series);
        figure
    }
}

/// Returns the mean ± 1.96 standard errors; `None` if there are fewer than [`FEWEST`] values.
fn mean(values: &[f64]) -> Option<Estimate> {
    let count = values.len() as f64;
    if values.len() < FEWEST {
        return None;
    }

    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let half = 1.96 * (squares / (count - 1.0) / count).sqrt();
    Some(Estimate {
        value: mean,
        bounds: Some((mean - half, mean + half)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_of_few_is_none_and_of_equal_ones_is_exact() {
        assert_eq!(mean(&[1.0, 2.0]), None);
        let exact = Estimate {
            value: 2.0,
            bounds: Some((2.0, 2.0)),
        };
        assert_eq!(mean(&[2.0, 2.0, 2.0, 2.0]), Some(exact));
        // standard deviation 1, standard error 1/√3
        let (low, high) = mean(&[1.0, 2.0, 3.0]).and_then(|mean| mean.bounds).unwrap();
        assert!((high - low - 2.0 * 1.96 / 3_f64.sqrt()).abs() < 1e-12);
    }
}
