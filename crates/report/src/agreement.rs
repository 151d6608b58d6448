//! `agreement.csv` and `agreement_tests.csv`: agreement of metrics with human judgements.

use std::{fs, path::Path};

use serde::{Deserialize, Serialize};

use epitome_engine::run::{
    Agreement, AgreementComparison, AgreementFindings, JudgePlan, StoreError,
};
use epitome_stats::{Bounds, Coefficient, Level};

use super::{
    grid::{Explained, Grid, GridCell, Part},
    table_file::{self, TableError},
    terminal::terminal,
};

/// A row of `agreement.csv`; unknown values are empty cells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgreementRow<'a> {
    corpus: &'a str,
    metric: &'a str,
    signature: String,
    aspect: &'a str,
    level: &'a str,
    coefficient: &'a str,
    value: Option<f64>,
    docs_low: Option<f64>,
    docs_high: Option<f64>,
    systems_low: Option<f64>,
    systems_high: Option<f64>,
    both_low: Option<f64>,
    both_high: Option<f64>,
    systems: usize,
    documents: usize,
    summaries: usize,
}

/// A row of `agreement_tests.csv`; unknown values are empty cells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestRow<'a> {
    corpus: &'a str,
    aspect: &'a str,
    level: &'a str,
    coefficient: &'a str,
    test: &'a str,
    a: &'a str,
    b: &'a str,
    value_a: Option<f64>,
    value_b: Option<f64>,
    difference: Option<f64>,
    t: Option<f64>,
    p: Option<f64>,
    p_holm: Option<f64>,
    n: usize,
}

/// The agreement of metrics with human judgements, with the names of everything.
#[derive(Clone, Copy)]
pub struct AgreementReport<'a> {
    /// Plan of the measurement.
    pub plan: &'a JudgePlan,
    /// Names of the aspects that were judged, in the order of their indices in `findings`.
    pub aspects: &'a [String],
    /// Coefficients and tests.
    pub findings: &'a AgreementFindings,
}

impl<'a> AgreementReport<'a> {
    /// Returns the rows of `agreement.csv`.
    pub fn agreements(self) -> impl Iterator<Item = AgreementRow<'a>> {
        self.findings
            .agreements
            .iter()
            .map(move |found| self.agreement(found))
    }

    /// Returns the rows of `agreement_tests.csv`.
    pub fn tests(self) -> impl Iterator<Item = TestRow<'a>> {
        self.findings
            .comparisons
            .iter()
            .map(move |found| self.test(found))
    }

    /// Writes both files into `folder`, which is created if it does not exist.
    ///
    /// # Errors
    /// Returns an error if the folder or a file cannot be written.
    pub fn write(self, folder: &Path) -> Result<(), TableError> {
        fs::create_dir_all(folder).map_err(|error| StoreError::new(folder, error))?;
        table_file::write::<AgreementRow<'_>, _>(
            &folder.join("agreement.csv"),
            self.agreements(),
        )?;
        table_file::write::<TestRow<'_>, _>(
            &folder.join("agreement_tests.csv"),
            self.tests(),
        )
    }

    /// Returns a table for each level, at most `width` columns wide: Kendall's τ-b of every metric
    /// and aspect with the interval over documents and systems.
    pub fn tables(self, width: Option<usize>) -> String {
        let mut tables = Vec::new();
        for level in Level::ALL {
            let header = ["metric".to_owned()];
            let header = header.into_iter().chain(self.aspects.iter().cloned());

            let shown: Vec<&Agreement> = self
                .findings
                .agreements
                .iter()
                .filter(|found| {
                    found.level == level && found.coefficient == Coefficient::Kendall
                })
                .collect();
            let mut rows = Vec::new();
            for of_metric in shown.chunk_by(|a, b| a.metric == b.metric) {
                let name = self.plan.metrics[of_metric[0].metric].name.clone();
                let cells = of_metric.iter().map(|found| cell(found));
                let texts = [name].into_iter().chain(cells);
                rows.push(texts.map(GridCell::text).collect());
            }

            let (corpus, level) = (self.plan.judgements.name(), level.name());
            let counts = shown.first().map_or(String::new(), |found| {
                let Agreement { summaries, documents, systems, .. } = found;
                format!(", {summaries} summaries of {documents} documents by {systems} systems")
            });
            let grid = Grid {
                caption: format!("{corpus}, {level} level{counts}"),
                header: header.collect(),
                words: 1,
                rows,
                legend: vec![Explained::new(
                    Part::Table,
                    "Kendall's τ-b with people's scores; in brackets the 95 % interval over documents and systems",
                )],
                dispensable: (2..=self.aspects.len()).rev().map(Part::Column).collect(),
                ..Grid::default()
            };
            tables.push(terminal(&grid, width));
        }
        tables.join("\n")
    }

    /// Returns the row of a coefficient.
    fn agreement(self, found: &Agreement) -> AgreementRow<'a> {
        let metric = &self.plan.metrics[found.metric];
        let low = |bounds: Option<Bounds>| bounds.map(|bounds| bounds.0);
        let high = |bounds: Option<Bounds>| bounds.map(|bounds| bounds.1);
        let intervals = found.intervals;
        AgreementRow {
            corpus: self.plan.judgements.name(),
            metric: &metric.name,
            signature: metric.value.signature().to_string(),
            aspect: &self.aspects[found.aspect],
            level: found.level.name(),
            coefficient: found.coefficient.name(),
            value: found.value,
            docs_low: low(intervals.documents),
            docs_high: high(intervals.documents),
            systems_low: low(intervals.systems),
            systems_high: high(intervals.systems),
            both_low: low(intervals.both),
            both_high: high(intervals.both),
            systems: found.systems,
            documents: found.documents,
            summaries: found.summaries,
        }
    }

    /// Returns the row of a test.
    fn test(self, found: &AgreementComparison) -> TestRow<'a> {
        let [value_a, value_b] = found.values;
        TestRow {
            corpus: self.plan.judgements.name(),
            aspect: &self.aspects[found.aspect],
            level: found.level.name(),
            coefficient: found.coefficient.name(),
            test: found.test.name(),
            a: &self.plan.metrics[found.metrics[0]].name,
            b: &self.plan.metrics[found.metrics[1]].name,
            value_a,
            value_b,
            difference: value_a.zip(value_b).map(|(a, b)| a - b),
            t: found.t,
            p: found.p,
            p_holm: found.p_holm,
            n: found.count,
        }
    }
}

/// Formats a coefficient with its interval.
fn cell(found: &Agreement) -> String {
    match (found.value, found.intervals.both) {
        (Some(value), Some((low, high))) => format!("{value:.3} [{low:.2}, {high:.2}]"),
        (Some(value), None) => format!("{value:.3}"),
        (None, _) => "–".to_owned(),
    }
}
