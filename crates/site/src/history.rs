//! The history of recorded runs, drawn: a table for each corpus, budget and metric, with a drawing
//! of the records of each system.

use serde::Serialize;

use epitome_metrics::Unit;
use epitome_report::{difference_in, symbol_of_unit, value_in};

use super::bar;

/// What was recorded of runs: qualities and speeds.
#[derive(Debug, Clone, Default)]
pub struct SiteHistory {
    /// A series for each corpus, budget, metric and system; those of a table stand together.
    pub quality: Vec<SiteSeries>,
    /// A series for each machine, corpus, budget and system, in documents per second. Values are
    /// for reading only: nothing is tested, and no two machines are compared.
    pub speed: Vec<SiteSeries>,
}

/// The records of a system.
#[derive(Debug, Clone)]
pub struct SiteSeries {
    /// Name of the corpus.
    pub corpus: String,
    /// Length of outputs, such as `3 sentences`.
    pub budget: String,
    /// Name of the metric, or of the machine whose speed it is.
    pub of: String,
    /// Unit of the values; `None` for documents per second.
    pub unit: Option<Unit>,
    /// Name of the system.
    pub system: String,
    /// Records in the order in which the runs began.
    pub points: Vec<SitePoint>,
}

/// A record of a series.
#[derive(Debug, Clone)]
pub struct SitePoint {
    /// Time at which the run began, in ISO 8601.
    pub start: String,
    /// Revision that was measured.
    pub revision: Option<String>,
    /// Mean or speed; `None` if it is unknown.
    pub value: Option<f64>,
    /// The 95 % interval of the mean.
    pub interval: Option<(f64, f64)>,
    /// Difference from the record before, if scores have changed; NaN if a mean is unknown.
    /// `None` if every score is the same, or it is not known whether.
    pub changed: Option<f64>,
    /// What the record says beside the one before it, in words.
    pub words: String,
}

/// A table of the page, for the template.
#[derive(Debug, Clone, Serialize)]
pub(super) struct HistoryTable {
    corpus: String,
    budget: String,
    of: String,
    unit: &'static str,
    rows: Vec<HistoryRow>,
}

/// A system of a table, for the template.
#[derive(Debug, Clone, Serialize)]
struct HistoryRow {
    system: String,
    drawing: String,
    last: String,
    since: String,
    revision: String,
    changes: usize,
    records: usize,
    points: Vec<PointView>,
}

/// A record of a row, for the template.
#[derive(Debug, Clone, Serialize)]
struct PointView {
    start: String,
    revision: String,
    value: String,
    interval: String,
    change: String,
}

/// Returns a table for each corpus, budget and metric or machine.
pub(super) fn tables(all: &[SiteSeries]) -> Vec<HistoryTable> {
    let same = |a: &SiteSeries, b: &SiteSeries| {
        (&a.corpus, &a.budget, &a.of) == (&b.corpus, &b.budget, &b.of)
    };
    all.chunk_by(same)
        .map(|family| HistoryTable {
            corpus: family[0].corpus.clone(),
            budget: family[0].budget.clone(),
            of: family[0].of.clone(),
            unit: family[0]
                .unit
                .map_or("documents per second", symbol_of_unit),
            rows: family.iter().map(row).collect(),
        })
        .collect()
}

fn row(series: &SiteSeries) -> HistoryRow {
    let drawn = series
        .points
        .iter()
        .enumerate()
        .map(|(at, point)| bar::Drawn {
            value: point.value,
            interval: point.interval,
            dotted: at == 0 || point.changed.is_some(),
        });
    let drawn: Vec<bar::Drawn> = drawn.collect();
    let last = series.points.last();
    let since = since(series);

    HistoryRow {
        system: series.system.clone(),
        drawing: bar::series(&drawn),
        last: last.map_or(String::new(), |it| text(series.unit, it.value)),
        since: since.map_or(String::new(), |it| minute(&it.start)),
        revision: since.map_or(String::new(), revision),
        changes: series
            .points
            .iter()
            .filter(|it| it.changed.is_some())
            .count(),
        records: series.points.len(),
        points: series
            .points
            .iter()
            .map(|it| point(series.unit, it))
            .collect(),
    }
}

fn point(unit: Option<Unit>, point: &SitePoint) -> PointView {
    let interval = point.interval.map(|(low, high)| {
        format!("{} to {}", text(unit, Some(low)), text(unit, Some(high)))
    });
    let change = match (point.changed, unit) {
        (Some(by), Some(unit)) if !by.is_nan() => difference_in(unit, by),
        _ => point.words.clone(),
    };
    PointView {
        start: minute(&point.start),
        revision: revision(point),
        value: text(unit, point.value),
        interval: interval.unwrap_or_default(),
        change,
    }
}

/// Returns the record in which scores became those of the last one.
fn since(series: &SiteSeries) -> Option<&SitePoint> {
    let changed = series.points.iter().rposition(|it| it.changed.is_some());
    series.points.get(changed.unwrap_or(0))
}

fn revision(point: &SitePoint) -> String {
    let revision = point.revision.as_deref().unwrap_or("unknown");
    revision.chars().take(12).collect()
}

/// Returns the date and the minute of a time in ISO 8601.
fn minute(time: &str) -> String {
    let minute: String = time.chars().take("2026-05-01T12:30".len()).collect();
    minute.replace('T', " ")
}

/// Returns a value as tables have it; empty if it is unknown.
fn text(unit: Option<Unit>, value: Option<f64>) -> String {
    match (unit, value) {
        (_, None) => String::new(),
        (Some(unit), Some(value)) => value_in(unit, value),
        (None, Some(speed)) => format!("{speed:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_since_when_scores_are_what_they_are() {
        let record = |start: &str, value: f64, changed: Option<f64>| SitePoint {
            start: format!("{start}T12:30:00Z"),
            revision: Some(format!("of {start}")),
            value: Some(value),
            interval: None,
            changed,
            words: "=".to_owned(),
        };
        let series = SiteSeries {
            corpus: "news".to_owned(),
            budget: "3 sentences".to_owned(),
            of: "rouge-1".to_owned(),
            unit: Some(Unit::Share),
            system: "lead".to_owned(),
            points: vec![
                record("2026-01-01", 0.3, None),
                record("2026-01-02", 0.31, Some(0.01)),
                record("2026-01-03", 0.31, None),
            ],
        };

        let row = row(&series);
        assert_eq!(
            (row.last.as_str(), row.since.as_str()),
            ("31.00", "2026-01-02 12:30")
        );
        let changes: Vec<&str> = row.points.iter().map(|it| it.change.as_str()).collect();
        assert_eq!((changes, row.changes), (vec!["=", "+1.00", "="], 1));
        assert_eq!(tables(&[series.clone(), series]).len(), 1);
    }
}
