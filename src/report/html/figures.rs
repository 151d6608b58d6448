//! The figures of a section: what each shows, from what, or why it cannot.

use serde::Serialize;

use crate::{
    metric::{Better, Task},
    report::{Board, Standing},
    timing::Timing,
};

use super::{
    charts::{
        Across, Estimate, Heat, Hue, Lines, Measured, Ranked, Series, Spacing, heat,
        lines, ranks, speed,
    },
    gathered::{Gathered, PARTS},
    scaling::ScalingPoint,
    table::{estimate, hues},
};

/// A figure of the page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Figure {
    /// What it shows.
    title: String,
    /// How to read it.
    caption: String,
    /// The drawing, or what is missing for it.
    drawing: Result<String, String>,
    /// The numbers behind it.
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Figure {
    fn new(title: &str, caption: impl Into<String>) -> Self {
        Self {
            title: title.to_owned(),
            caption: caption.into(),
            drawing: Err(String::new()),
            header: Vec::new(),
            rows: Vec::new(),
        }
    }

    fn missing(self, why: impl Into<String>) -> Self {
        Self { drawing: Err(why.into()), ..self }
    }

    fn table(&mut self, header: &[&str], rows: Vec<Vec<String>>) {
        self.header = header.iter().map(|title| (*title).to_owned()).collect();
        self.rows = rows;
    }
}

/// What figures of a board are drawn from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sources<'a> {
    /// The board; figures are of its first metric.
    pub(super) board: &'a Board,
    /// The documents of its corpus.
    pub(super) gathered: &'a Gathered,
    /// The indices of the lines' systems, and of the first metric, in the run.
    pub(super) systems: &'a [usize],
    /// Index of the first metric in the run.
    pub(super) metric: usize,
    /// The budget of the systems.
    pub(super) budget: &'a str,
    /// Criterion's measurements.
    pub(super) timings: &'a [Timing],
    /// Rankings over documents and corpora.
    pub(super) standings: &'a [Standing],
    /// Times by length.
    pub(super) scaling: &'a [ScalingPoint],
}

fn number(value: f64) -> String {
    format!("{value:.2}").replace('-', "−")
}

fn interval(bounds: Option<(f64, f64)>) -> String {
    bounds.map_or(String::new(), |(low, high)| {
        format!("{} to {}", number(low), number(high))
    })
}

/// Fewer documents than this are no mean to look at.
const FEWEST: usize = 3;

impl Sources<'_> {
    /// All of them.
    pub(super) fn figures(self) -> Vec<Figure> {
        let mut all = vec![self.speed()];
        all.extend(self.ranks());
        all.push(self.by_length());
        if self.board.task == Task::Summaries {
            all.extend([self.by_place(), self.places()]);
        }
        all.push(self.scaling());
        all.sort_by_key(|figure| figure.drawing.is_err()); // what is missing comes last
        all
    }

    fn name(&self) -> &str {
        &self.board.metrics[0].name
    }

    fn speed(self) -> Figure {
        let metric = self.name();
        let mut figure = Figure::new(
            "Quality against speed",
            "Dots are systems, bars 95 % intervals on both axes. Up is better, right is faster \
             (documents a second on one core, analysis excluded). The line is the Pareto front: \
             systems of which none other is both as fast and as good.",
        );
        let timing = |system: &str| {
            self.timings.iter().find(|timing| {
                timing.corpus == self.board.corpus
                    && timing.system == system
                    && timing.budget == self.budget
            })
        };
        let sign = if self.board.metrics[0].better == Better::Lower { -1.0 } else { 1.0 };
        let lines = self.board.lines.iter().zip(hues(self.board));
        let measured: Vec<Measured<'_>> = lines
            .filter_map(|(line, hue)| {
                let quality = estimate(&line.scores[0])?;
                let timing = timing(&line.system)?;
                let bounds = Some((timing.docs_per_s_low, timing.docs_per_s_high));
                let speed = Estimate { value: timing.docs_per_s, bounds };
                Some(Measured { name: &line.system, hue, speed, quality })
            })
            .collect();
        if sign < 0.0 {
            return figure.missing(format!("{metric} is better where it is lower."));
        }
        if measured.is_empty() {
            return figure.missing(
                "No system of this table has been timed: “epitome bench” with the same corpus, \
                 budget and “--name” writes timings.csv beside the scores.",
            );
        }
        let row = |one: &Measured<'_>| {
            let bounds = one
                .speed
                .bounds
                .map_or(String::new(), |(low, high)| format!("{low:.0} to {high:.0}"));
            vec![
                one.name.to_owned(),
                number(one.quality.value),
                interval(one.quality.bounds),
                format!("{:.0}", one.speed.value),
                bounds,
            ]
        };
        let header =
            ["system", metric, "95 % interval", "documents a second", "95 % interval"];
        figure.table(&header, measured.iter().map(row).collect());
        figure.drawing = Ok(speed(metric, &measured).finish());
        figure
    }

    /// Over the documents of the corpus, and over all corpora where there are several.
    fn ranks(self) -> Vec<Figure> {
        let of_metric = self.standings.iter().filter(|row| row.metric == self.name());
        let (own, all): (Vec<&Standing>, Vec<&Standing>) = of_metric
            .filter(|row| {
                row.corpus.as_ref().is_none_or(|name| *name == self.board.corpus)
            })
            .partition(|row| row.corpus.is_some());
        let mut figures = vec![self.ranked("Critical difference over documents", &own)];
        if !all.is_empty() {
            figures.push(self.ranked("Critical difference over corpora", &all));
        }
        figures
    }

    fn ranked(self, title: &str, standings: &[&Standing]) -> Figure {
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
                 shown to differ (Nemenyi, 5 %).{test}",
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
        let row = |it: &&Standing| {
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
        let header = ["system", "mean rank", "place, 95 % interval", "Borda", "beats"];
        figure.table(&header, standings.iter().map(row).collect());
        figure.drawing = Ok(ranks(&ranked, first.critical_difference).finish());
        figure
    }

    fn by_length(self) -> Figure {
        let words = &self.gathered.words;
        let mut sorted = words.clone();
        sorted.sort_unstable();
        let mut cuts: Vec<u64> = (1..5)
            .filter_map(|fifth| sorted.get(sorted.len() * fifth / 5).copied())
            .collect();
        cuts.dedup();
        let bins: Vec<String> = (0..=cuts.len())
            .map(|at| match (at.checked_sub(1).map(|at| cuts[at]), cuts.get(at)) {
                (None, Some(high)) => format!("below {high}"),
                (Some(low), Some(high)) => format!("{low} to {}", high - 1),
                (Some(low), None) => format!("from {low}"),
                (None, None) => "all".to_owned(),
            })
            .collect();
        let bin =
            |document: usize| Some(cuts.partition_point(|cut| *cut <= words[document]));
        let figure = Figure::new(
            "Score by length of the document",
            "Documents in fifths by their number of words. Bars, of the systems in colour, are \
             means ± 1.96 standard errors.",
        );
        self.binned(figure, "words of the document", &bins, |_, document| bin(document))
    }

    fn by_place(self) -> Figure {
        let bins = ["opening", "second", "third", "fourth", "last"].map(str::to_owned);
        let figure = Figure::new(
            "Score by position of the picks",
            "Documents by where a system's picks stand on average: in the opening fifth of the \
             text, the second, and so on. A system has a point where it picked there in at least \
             three documents.",
        );
        self.binned(figure, "fifth of the document", &bins, |system, document| {
            let place = self.gathered.places[system].get(document).copied().flatten()?;
            Some(((place * 5.0) as usize).min(4))
        })
    }

    /// Means of the documents in each bin.
    fn binned(
        self,
        mut figure: Figure,
        along: &str,
        bins: &[String],
        bin: impl Fn(usize, usize) -> Option<usize>,
    ) -> Figure {
        let mut series = Vec::new();
        let mut rows = Vec::new();
        let lines_of_board = self.board.lines.iter().zip(hues(self.board));
        for ((line, hue), &system) in lines_of_board.zip(self.systems) {
            let mut values: Vec<Vec<f64>> = vec![Vec::new(); bins.len()];
            let scores = self.gathered.scores[self.metric][system].iter().enumerate();
            for (document, score) in scores.filter(|(_, score)| !score.is_nan()) {
                if let Some(bin) = bin(system, document) {
                    values[bin].push(100.0 * score);
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
            let points: Vec<(f64, Estimate)> =
                points.filter_map(|(at, mean)| Some((at as f64, (*mean)?))).collect();
            if !points.is_empty() {
                series.push(Series { name: &line.system, hue, points });
            }
        }
        if series.is_empty() {
            return figure.missing("No fifth holds three documents that were scored.");
        }
        let mut header = vec!["system (documents)"];
        header.extend(bins.iter().map(String::as_str));
        figure.table(&header, rows);
        let about = Lines {
            label: &format!("{}: {} systems", figure.title, series.len()),
            along,
            upwards: &format!("{}, %", self.name()),
            across: Across::Bins(bins),
            spacing: Spacing::Linear,
        };
        figure.drawing = Ok(lines(&about, &series).finish());
        figure
    }

    fn places(self) -> Figure {
        let columns: Vec<String> =
            (1..=PARTS).map(|part| format!("{}0 %", part)).collect();
        let mut figure = Figure::new(
            "Where systems pick",
            "Of all sentences that a system picked, the percentage in each tenth of the document.",
        );
        let shares = self.board.lines.iter().zip(hues(self.board)).zip(self.systems);
        let shares: Vec<(&str, Hue, Vec<f64>)> = shares
            .filter_map(|((line, hue), &system)| {
                let parts = &self.gathered.parts[system];
                let all: u64 = parts.iter().sum();
                let share = |part: &u64| *part as f64 / all as f64;
                (all > 0).then(|| {
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
        let label =
            format!("where {} systems pick, by tenths of the document", shares.len());
        let about = Heat {
            label: &label,
            along: "up to this part of the document",
            columns: &columns,
            rows: shares,
        };
        figure.drawing = Ok(heat(&about).finish());
        figure
    }

    fn scaling(self) -> Figure {
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
                    Some((point.sentences as f64, Estimate { value, bounds: None }))
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
        let points =
            series.iter().flat_map(|one| one.points.iter().map(move |it| (one, it)));
        figure.table(&["system", "sentences", "ms"], points.map(row).collect());
        let about = Lines {
            label: &format!("time by length of {} systems", series.len()),
            along: "sentences of the text",
            upwards: "milliseconds",
            across: Across::Numbers(Spacing::Logarithmic),
            spacing: Spacing::Logarithmic,
        };
        figure.drawing = Ok(lines(&about, &series).finish());
        figure
    }
}

/// The mean with 1.96 standard errors; `None` of too few values.
fn mean(values: &[f64]) -> Option<Estimate> {
    let count = values.len() as f64;
    if values.len() < FEWEST {
        return None;
    }
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let half = 1.96 * (squares / (count - 1.0) / count).sqrt();
    Some(Estimate { value: mean, bounds: Some((mean - half, mean + half)) })
}
