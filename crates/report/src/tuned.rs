//! `tune.csv`: what sweeps chose on a development part, and what that is worth on another.

use std::path::Path;

use serde::{Deserialize, Serialize};

use epitome_metrics::Unit;

use super::{
    comparison::Comparison,
    draw::{TableFormat, draw},
    grid::{Explained, Grid, GridCell, Part, p_value},
    leaderboard::{Leaderboard, Row},
    table_file::{self, TableError},
    unit,
};

/// A row: a sweep on a corpus of the held-out part; empty cells are unknown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TunedRow {
    /// The corpus.
    pub corpus: String,
    /// How long outputs may be, in words.
    pub budget: String,
    /// The metric that the sweep was chosen by.
    pub metric: String,
    /// What means are in.
    pub unit: Unit,
    /// The sweep as it was written.
    pub sweep: String,
    /// The system that was chosen.
    pub chosen: String,
    /// The system without the parameters of the sweep.
    pub default: String,
    /// The number of documents that it was chosen on.
    pub development_documents: u64,
    /// The mean of what was chosen on them, over corpora.
    pub development_mean: f64,
    /// The number of held-out documents.
    pub documents: u64,
    /// The mean of what was chosen on them.
    pub chosen_mean: Option<f64>,
    /// Lower bound of its 95 % interval.
    pub chosen_low: Option<f64>,
    /// Upper bound.
    pub chosen_high: Option<f64>,
    /// The mean of the default on them.
    pub default_mean: Option<f64>,
    /// Lower bound of its 95 % interval.
    pub default_low: Option<f64>,
    /// Upper bound.
    pub default_high: Option<f64>,
    /// Mean of what was chosen minus that of the default; unknown where both are one system.
    pub difference: Option<f64>,
    /// Lower bound of its 95 % interval.
    pub difference_low: Option<f64>,
    /// Upper bound.
    pub difference_high: Option<f64>,
    /// Two-sided p-value of the difference, not corrected.
    pub p: Option<f64>,
}

const FILE: &str = "tune.csv";

/// Writes `tune.csv` into a folder.
///
/// # Errors
/// Returns an error if the file cannot be written.
pub fn write_tuned(folder: &Path, rows: &[TunedRow]) -> Result<(), TableError> {
    table_file::write::<TunedRow, _>(&folder.join(FILE), rows)
}

/// Returns a row for each corpus that has both systems under the metric, without what is
/// known of the development part.
pub fn tuned_rows(
    leaderboard: &Leaderboard,
    comparisons: &[Comparison],
    metric: &str,
    [chosen, default]: [&str; 2],
) -> Vec<TunedRow> {
    let find = |corpus: &str, system: &str| {
        leaderboard.rows.iter().find(|row| {
            (row.corpus.as_str(), row.metric.as_str()) == (corpus, metric)
                && row.system == system
        })
    };

    let rows = leaderboard.rows.iter();
    let of_chosen = rows.filter(|row| row.metric == metric && row.system == chosen);
    let row = |row: &Row| {
        let other = find(&row.corpus, default)?;
        let pair = comparisons.iter().find_map(|it| {
            let is_own = it.corpus == row.corpus && it.metric == metric;
            is_own.then(|| difference(it, chosen, default)).flatten()
        });
        let interval = pair.as_ref().and_then(|it| it.interval);
        Some(TunedRow {
            corpus: row.corpus.clone(),
            budget: row.budget.clone(),
            metric: metric.to_owned(),
            unit: row.unit,
            sweep: String::new(),
            chosen: chosen.to_owned(),
            default: default.to_owned(),
            development_documents: 0,
            development_mean: f64::NAN,
            documents: row.n,
            chosen_mean: row.mean,
            chosen_low: row.ci_low,
            chosen_high: row.ci_high,
            default_mean: other.mean,
            default_low: other.ci_low,
            default_high: other.ci_high,
            difference: pair.as_ref().map(|it| it.mean),
            difference_low: interval.map(|(low, _)| low),
            difference_high: interval.map(|(_, high)| high),
            p: pair.map(|it| it.p),
        })
    };

    of_chosen.filter_map(row).collect()
}

/// A difference of two systems.
struct Difference {
    mean: f64,
    interval: Option<(f64, f64)>,
    p: f64,
}

/// Returns `a` minus `b`, if the row is of these two.
fn difference(row: &Comparison, a: &str, b: &str) -> Option<Difference> {
    let interval = row.ci_low.zip(row.ci_high);
    let (mean, interval) = match (row.a.as_str(), row.b.as_str()) {
        pair if pair == (a, b) => (row.difference, interval),
        pair if pair == (b, a) => {
            (-row.difference, interval.map(|(low, high)| (-high, -low)))
        }
        _ => return None,
    };
    Some(Difference {
        mean,
        interval,
        p: row.p,
    })
}

/// The rows as a table for each corpus and metric; text of `width` columns.
///
/// # Errors
/// Returns an error if the table does not fit CSV or JSON.
pub fn draw_tuned(
    rows: &[TunedRow],
    format: TableFormat,
    width: Option<usize>,
) -> Result<String, TableError> {
    let mut sorted: Vec<&TunedRow> = rows.iter().collect();
    let place = |row: &TunedRow| rows.iter().position(|it| it.corpus == row.corpus);
    sorted.sort_by_key(|row| place(row));
    let same =
        |a: &&TunedRow, b: &&TunedRow| (&a.corpus, &a.metric) == (&b.corpus, &b.metric);
    let grids: Vec<Grid> = sorted.chunk_by(same).map(grid).collect();
    draw::<TunedRow, _>(&grids, rows, rows, format, width)
}

fn grid(rows: &[&TunedRow]) -> Grid {
    let TunedRow {
        corpus,
        budget,
        metric,
        unit,
        documents,
        development_documents,
        ..
    } = rows[0];

    let header = [
        "chosen",
        "of",
        "development",
        "held out",
        "default",
        "difference",
        "95 % interval",
        "p",
    ];

    let row = |row: &&TunedRow| {
        let mean = |mean: Option<f64>, bounds: Option<(f64, f64)>| {
            mean.map_or(String::new(), |mean| unit::with_half(*unit, mean, bounds))
        };
        let interval = row.difference_low.zip(row.difference_high);
        let texts = [
            row.chosen.clone(),
            row.sweep.clone(),
            unit::value(*unit, row.development_mean),
            mean(row.chosen_mean, row.chosen_low.zip(row.chosen_high)),
            mean(row.default_mean, row.default_low.zip(row.default_high)),
            row.difference
                .map_or("same system".to_owned(), |it| unit::difference(*unit, it)),
            interval.map_or(String::new(), |it| unit::differences(*unit, it)),
            row.p.map_or(String::new(), p_value),
        ];
        texts.map(GridCell::text).to_vec()
    };

    let explained = [
        (
            Part::Table,
            format!("chosen on {development_documents} documents, held out are others"),
        ),
        (
            Part::Column(2),
            "development: the mean there of what was chosen, too high by the choice"
                .to_owned(),
        ),
        (
            Part::Column(4),
            "default: without the parameters of the sweep, on the held-out documents"
                .to_owned(),
        ),
        (
            Part::Table,
            "± is half the width of the 95 % interval of the mean".to_owned(),
        ),
        (
            Part::Column(7),
            "p: of the difference, paired, not corrected for the number of sweeps"
                .to_owned(),
        ),
    ];

    let symbol = unit::symbol(*unit);
    Grid {
        label: format!("tune-{corpus}-{metric}"),
        caption: format!(
            "{corpus}, {budget}, {metric}, {symbol}, held out: n = {documents}"
        ),
        header: header.map(str::to_owned).to_vec(),
        words: 2,
        rows: rows.iter().map(row).collect(),
        legend: explained
            .map(|(part, text)| Explained::new(part, text))
            .to_vec(),
        dispensable: [1, 2, 4].map(Part::Column).to_vec(),
        ..Grid::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::tests::comparison;

    #[test]
    fn a_difference_has_the_sign_of_what_was_chosen() {
        let row = comparison("lead", "tail", 0.2);
        let turned = difference(&row, "tail", "lead").unwrap();
        assert_eq!(turned.mean, -row.difference);
        let (low, high) = turned.interval.unwrap();
        assert_eq!((Some(-low), Some(-high)), (row.ci_high, row.ci_low));
        assert!(difference(&row, "tail", "random").is_none());
    }
}
