//! Quality against speed.

use epitome_metrics::Better;

use super::{
    super::charts::{Estimate, Measured, speed},
    figure::Figure,
    numbers::{interval, number},
    sources::Sources,
};
use crate::{
    html::table::{estimate, hues},
    unit,
};

impl Sources<'_> {
    pub(in crate::html) fn speed(self) -> Figure {
        let metric = self.name();
        let unit = self.board.metrics[0].unit;
        let mut figure = Figure::new(
            "Quality against speed",
            "Dots are systems, bars 95 % intervals on both axes. Up is better, right is faster \
             (documents per second on one core, without the analysis of the texts). The line is the Pareto front: \
             systems of which none other is both as fast and as good.",
        );

        let timing = |system: &str| {
            self.timings.iter().find(|timing| {
                timing.corpus == self.board.corpus
                    && timing.system == system
                    && timing.budget == self.budget
            })
        };

        let lines = self.board.lines.iter().zip(hues(self.board));
        let measured: Vec<Measured<'_>> = lines
            .filter_map(|(line, hue)| {
                let quality = estimate(&line.scores[0], unit)?;
                let timing = timing(&line.system)?;
                let bounds = Some((timing.docs_per_s_low, timing.docs_per_s_high));
                let speed = Estimate {
                    value: timing.docs_per_s,
                    bounds,
                };
                Some(Measured {
                    name: &line.system,
                    hue,
                    speed,
                    quality,
                })
            })
            .collect();

        if self.board.metrics[0].better == Better::Lower {
            return figure.missing(format!("{metric} is better where it is lower."));
        }
        if measured.is_empty() {
            return figure.missing(
                "No system of this table has been timed: “epitome bench” with the same corpus, \
                 budget and “--name” writes timings.csv beside the scores.",
            );
        }

        let row = |one: &Measured<'_>| {
            let bounds = one.speed.bounds.map_or(String::new(), |(low, high)| {
                format!("{low:.0} to {high:.0}")
            });
            let cpu = timing(one.name).and_then(|timing| {
                timing
                    .cpu_ns
                    .map(|cpu| format!("{:.0}", timing.documents as f64 / cpu * 1e9))
            });
            let total = timing(one.name).and_then(|timing| timing.total_docs_per_s);
            vec![
                one.name.to_owned(),
                number(one.quality.value),
                interval(one.quality.bounds),
                format!("{:.0}", one.speed.value),
                bounds,
                cpu.unwrap_or_default(),
                total.map_or(String::new(), |total| format!("{total:.0}")),
            ]
        };

        let header = [
            "system",
            metric,
            "95 % interval",
            "documents per second, system alone",
            "95 % interval",
            "a second of the processor",
            "with analysis",
        ];

        figure.table(&header, measured.iter().map(row).collect());
        figure.draw(speed(
            &format!("{metric}, {}", unit::symbol(unit)),
            &measured,
        ));

        figure
    }
}
