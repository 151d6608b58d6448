//! `epitome history`: what became of systems over the recorded runs.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::{
    harness::{
        HistoryChange, HistoryFilter, HistoryPoint, HistoryRecord, HistorySeries, history,
    },
    report::{
        Grid, GridCell, Part, TableFormat, difference_in, draw_grid, scaled,
        symbol_of_unit, value_in,
    },
};

use super::{
    arguments::FormatArgs,
    failure::{Code, Failure},
    output::Output,
    width::columns,
};

/// Show what became of systems over the recorded runs.
#[derive(Debug, Args)]
pub(super) struct HistoryArgs {
    /// Folder of history, or a file of it
    #[arg(default_value = "history")]
    path: PathBuf,
    /// Only systems of this name, with any parameters; `*` matches any text; repeatable
    #[arg(long, value_name = "NAME")]
    system: Vec<String>,
    /// Only this metric; repeatable
    #[arg(long, value_name = "NAME")]
    metric: Vec<String>,
    /// Only this corpus; repeatable
    #[arg(long, value_name = "NAME")]
    corpus: Vec<String>,
    /// Only systems whose scores the last record has changed
    #[arg(long)]
    changed: bool,
    #[command(flatten)]
    format: FormatArgs,
}

impl HistoryArgs {
    pub(super) fn run(self) -> Result<Code, Failure> {
        let records = HistoryRecord::read_all(&self.path)?;
        let wanted = HistoryFilter {
            systems: self.system,
            metrics: self.metric,
            corpora: self.corpus,
        };
        let mut all = history(&records, &wanted);
        if self.changed {
            all.retain(|series| {
                let last = series.points.last();
                !last.is_some_and(|it| it.change == HistoryChange::Unchanged)
            });
        }
        if all.is_empty() {
            let text = match self.changed {
                true => "nothing to do: every score is that of the record before",
                false => {
                    "nothing to do: no record is of these systems, metrics and corpora"
                }
            };
            return Err(Failure::Message {
                text: text.to_owned(),
                code: Code::NothingToDo,
            });
        }

        let mut output = Output::new();
        let format = self.format.format().unwrap_or_default();
        match (format, all.as_slice()) {
            (TableFormat::Json, _) => {
                output.answer("history", &json!({ "series": all }))?;
            }
            (TableFormat::Csv, _) => output.text(&csv(&all)?)?,
            (format, [alone]) => {
                output.text(&draw_grid(&points(alone), format, width(format)))?;
            }
            (format, all) => {
                let same = |a: &HistorySeries, b: &HistorySeries| {
                    (&a.corpus, &a.budget, &a.metric) == (&b.corpus, &b.budget, &b.metric)
                };
                let tables = all
                    .chunk_by(same)
                    .map(|family| draw_grid(&summary(family), format, width(format)));
                output.text(&tables.collect::<Vec<String>>().join("\n"))?;
            }
        }
        output.finish()?;
        Ok(Code::Fine)
    }
}

fn width(format: TableFormat) -> Option<usize> {
    (format == TableFormat::Text).then(columns)
}

/// Returns the table of the systems by one metric on one corpus.
fn summary(family: &[HistorySeries]) -> Grid {
    let first = &family[0];
    let header = [
        "system", "mean", "change", "since", "revision", "changes", "records",
    ];
    let row = |series: &HistorySeries| {
        let (last, since) = (series.points.last(), series.since());
        let mean = last.and_then(|it| it.mean.mean);
        let changes = series
            .points
            .iter()
            .filter(|it| matches!(it.change, HistoryChange::Changed(_)));
        let texts = [
            series.system.clone(),
            mean.map_or(String::new(), |mean| value_in(series.unit, mean)),
            last.map_or(String::new(), |it| change(series, it)),
            since.map_or(String::new(), |it| day(&it.start)),
            since.map_or(String::new(), revision),
            changes.count().to_string(),
            plot(series),
        ];
        texts.map(GridCell::text).to_vec()
    };

    Grid {
        label: "history".to_owned(),
        caption: format!(
            "{}, {}, {}, {}",
            first.corpus,
            first.budget,
            first.metric,
            symbol_of_unit(first.unit)
        ),
        header: header.map(str::to_owned).to_vec(),
        words: 1,
        rows: family.iter().map(row).collect(),
        dispensable: [5, 4, 6].map(Part::Column).to_vec(),
        notes: vec![
            "change: of the mean from the record before, =: every score is the same; since: when the scores became what they are; \
             records: means from the first to the last, each between the lowest and the highest of its row"
                .to_owned(),
        ],
        ..Grid::default()
    }
}

/// Returns the table of the records of one series.
fn points(series: &HistorySeries) -> Grid {
    let header = [
        "run",
        "revision",
        "mean",
        "95 % interval",
        "n",
        "failed",
        "change",
    ];
    let row = |point: &HistoryPoint| {
        let interval = point.mean.interval.map(|(low, high)| {
            format!(
                "{} to {}",
                value_in(series.unit, low),
                value_in(series.unit, high)
            )
        });
        let mean = point.mean.mean;
        let texts = [
            day(&point.start),
            revision(point),
            mean.map_or(String::new(), |mean| value_in(series.unit, mean)),
            interval.unwrap_or_default(),
            point.mean.n.to_string(),
            point.mean.failed.to_string(),
            change(series, point),
        ];
        texts.map(GridCell::text).to_vec()
    };

    Grid {
        label: "history".to_owned(),
        caption: format!(
            "{}, {}, {}, {}, {}",
            series.system,
            series.corpus,
            series.budget,
            series.metric,
            symbol_of_unit(series.unit)
        ),
        header: header.map(str::to_owned).to_vec(),
        words: 2,
        rows: series.points.iter().map(row).collect(),
        notes: vec![
            "change: of the mean from the record before; =: every score is the same"
                .to_owned(),
        ],
        ..Grid::default()
    }
}

/// Returns the change of a point in words: `=` if every score is the same.
fn change(series: &HistorySeries, point: &HistoryPoint) -> String {
    match point.change {
        HistoryChange::First => "first".to_owned(),
        HistoryChange::Unchanged => "=".to_owned(),
        HistoryChange::Changed(by) if by.is_nan() => "unknown".to_owned(),
        HistoryChange::Changed(by) => difference_in(series.unit, by),
        HistoryChange::NotComparable => "other corpus or metric".to_owned(),
    }
}

fn revision(point: &HistoryPoint) -> String {
    point.revision.as_deref().unwrap_or("unknown").to_owned()
}

/// Returns the date and the minute of a time in ISO 8601.
fn day(time: &str) -> String {
    let minute: String = time.chars().take("2026-05-01T12:30".len()).collect();
    minute.replace('T', " ")
}

/// Returns a block for each mean, as high as the mean is between the lowest and the highest.
fn plot(series: &HistorySeries) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    const MOST: usize = 24;

    let means = series.points.iter().filter_map(|it| it.mean.mean);
    let means: Vec<f64> = means.collect();
    let low = means.iter().copied().fold(f64::INFINITY, f64::min);
    let high = means.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let block = |mean: &f64| {
        let share = (mean - low) / (high - low);
        match share.is_nan() {
            true => BLOCKS[3],
            false => BLOCKS[(share * 7.0).round() as usize % 8],
        }
    };
    means
        .iter()
        .skip(means.len().saturating_sub(MOST))
        .map(block)
        .collect()
}

/// Returns a row for each point, in the unit of tables.
fn csv(all: &[HistorySeries]) -> Result<String, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = [
        "corpus", "budget", "metric", "unit", "system", "start", "revision", "mean",
        "ci_low", "ci_high", "n", "failed", "change", "digest",
    ];
    writer.write_record(header).map_err(Failure::of)?;
    for series in all {
        for point in &series.points {
            let number = |value: Option<f64>| {
                value.map_or(String::new(), |it| scaled(series.unit, it).to_string())
            };
            let unit = symbol_of_unit(series.unit);
            let mean = &point.mean;
            let row = [
                series.corpus.clone(),
                series.budget.clone(),
                series.metric.clone(),
                unit.to_owned(),
                series.system.clone(),
                point.start.clone(),
                revision(point),
                number(mean.mean),
                number(mean.interval.map(|it| it.0)),
                number(mean.interval.map(|it| it.1)),
                mean.n.to_string(),
                mean.failed.to_string(),
                change(series, point),
                mean.digest.clone(),
            ];
            writer.write_record(row).map_err(Failure::of)?;
        }
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| Failure::input(error.error().to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
