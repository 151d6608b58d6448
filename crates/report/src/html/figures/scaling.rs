//! Times by length of the text.

use super::{
    super::charts::{Across, Estimate, Lines, Series, Spacing, lines},
    figure::Figure,
    sources::Sources,
};
use crate::html::table::hues;

impl Sources<'_> {
    pub(super) fn scaling(self) -> Figure {
        let mut figure = Figure::new(
            "Time by length of the text",
            "Processor time of one system on one text, on logarithmic axes: twice as steep is a \
             square. Measured apart from this run.",
        );
        let lines_of_board = self.board.lines.iter().zip(hues(self.board));
        let curve = |name: &str| -> Vec<(f64, Estimate)> {
            let points = self.scaling.iter().filter(|point| point.system == name);
            points
                .filter_map(|point| {
                    let value = point.cpu_ms.filter(|time| *time > 0.0)?;
                    Some((
                        point.sentences? as f64,
                        Estimate {
                            value,
                            bounds: None,
                        },
                    ))
                })
                .collect()
        };
        let series: Vec<Series<'_>> = lines_of_board
            .map(|(line, hue)| Series {
                name: &line.system,
                hue,
                points: curve(&line.system),
            })
            .filter(|series| !series.points.is_empty())
            .collect();
        if series.is_empty() {
            return figure.missing(
                "No times by length: put a scaling.csv (system, sentences, cpu_ms, peak_mb) into \
                 the run's folder, or name one with “--scaling”.",
            );
        }
        let row = |(series, point): (&Series<'_>, &(f64, Estimate))| {
            vec![
                series.name.to_owned(),
                format!("{:.0}", point.0),
                format!("{:.3}", point.1.value),
            ]
        };
        let points = series
            .iter()
            .flat_map(|one| one.points.iter().map(move |it| (one, it)));
        figure.table(&["system", "sentences", "ms"], points.map(row).collect());
        let about = Lines {
            label: &format!("time by length of {} systems", series.len()),
            along: "sentences of the text",
            upwards: "milliseconds",
            across: Across::Numbers(Spacing::Logarithmic),
            spacing: Spacing::Logarithmic,
        };
        figure.drawing = Ok(lines(&about, &series));
        figure
    }
}
