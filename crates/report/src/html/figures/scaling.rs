//! The figure of times by the length of the text.

use super::{
    super::charts::{Across, Estimate, Lines, Series, Spacing, lines},
    figure::Figure,
    sources::Sources,
};
use crate::html::table::hues;

impl Sources<'_> {
    /// Returns the number of sentences and the time in milliseconds of each measurement of a
    /// system.
    fn times_of(self, system: &str) -> Vec<(f64, Estimate)> {
        let points = self.scaling.iter().filter(|point| point.system == system);
        points
            .filter_map(|point| {
                let value = point.cpu_ms.filter(|time| *time > 0.0)?;
                let bounds = None;
                Some((point.sentences? as f64, Estimate { value, bounds }))
            })
            .collect()
    }

    /// Returns the figure of the processor time of each system by the length of the text.
    pub(super) fn scaling(self) -> Figure {
        let mut figure = Figure::new(
            "Time by length of the text",
            "Processor time of one system on one text, on logarithmic axes: a slope of 1 means \
             linear time, 2 quadratic time. Measured separately from this run.",
        );

        let lines_of_board = self.board.lines.iter().zip(hues(self.board));
        let series: Vec<Series<'_>> = lines_of_board
            .map(|(line, hue)| Series {
                name: &line.system,
                hue,
                points: self.times_of(&line.system),
            })
            .filter(|series| !series.points.is_empty())
            .collect();
        if series.is_empty() {
            return figure.missing(
                "No times by length: put a scaling.csv (system, sentences, cpu_ms, peak_mb) into \
                 the run's folder, or name one with “--scaling”.",
            );
        }

        let rows = series.iter().flat_map(|series| {
            series.points.iter().map(|(sentences, time)| {
                vec![
                    series.name.to_owned(),
                    format!("{sentences:.0}"),
                    format!("{:.3}", time.value),
                ]
            })
        });
        figure.table(&["system", "sentences", "ms"], rows.collect());

        let about = Lines {
            label: &format!("time by length of {} systems", series.len()),
            along: "sentences of the text",
            upwards: "milliseconds",
            across: Across::Numbers(Spacing::Logarithmic),
            spacing: Spacing::Logarithmic,
        };
        figure.draw(lines(&about, &series));
        figure.key(&series);
        figure
    }
}
