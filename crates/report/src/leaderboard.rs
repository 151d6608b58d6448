//! `leaderboard.csv`: one row for each corpus, system and metric.

use std::path::Path;

use serde::{Deserialize, Serialize};

use epitome_engine::run::{ORACLE, RunManifest, SystemKind};
use epitome_engine::timing::Timing;
use epitome_metrics::Unit;

use super::table_file::{self, TableError};

/// A row; empty cells are unknown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Corpus.
    pub corpus: String,
    /// System, with the parameters that are not default.
    pub system: String,
    /// Metric, likewise.
    pub metric: String,
    /// Everything that changes the number.
    pub signature: String,
    /// Mean over documents, in the metric's unit; a failure counts as the worst value, and
    /// not at all where there is none.
    pub mean: Option<f64>,
    /// Lower bound of its 95 % interval.
    pub ci_low: Option<f64>,
    /// Upper bound.
    pub ci_high: Option<f64>,
    /// Documents in the mean.
    pub n: u64,
    /// Documents that the system failed on among those that the metric scores.
    pub failed: u64,
    /// Mean words of a summary, or of all phrases of a list.
    pub words: Option<f64>,
    /// Best rank in 95 % of the resamples.
    pub rank_low: Option<u32>,
    /// Worst rank.
    pub rank_high: Option<u32>,
    /// (mean − lead) / (oracle − lead).
    pub share_of_oracle: Option<f64>,
    /// Documents a second of the system alone, on one core, where it was timed.
    pub docs_per_s: Option<f64>,
    /// Whether it is a system or what systems are measured against.
    #[serde(default)]
    pub kind: SystemKind,
    /// The [name](epitome_engine::run::RunManifest::run) of the run.
    #[serde(default)]
    pub run: String,
    /// How long outputs may be, in words: `3 sentences`.
    #[serde(default)]
    pub budget: String,
    /// What the means are in.
    #[serde(default = "share")]
    pub unit: Unit,
    /// Documents a second with the analysis of their texts, on one core.
    #[serde(default)]
    pub total_docs_per_s: Option<f64>,
}

/// The unit of rows that do not say it.
fn share() -> Unit {
    Unit::Share
}

/// All rows of a run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Leaderboard {
    /// Rows, by corpus, metric and system in the order of the plan.
    pub rows: Vec<Row>,
    /// People, and every system on their terms: over the documents with several
    /// references, with each left out in turn. None in a run that does not show people.
    pub beside_people: Vec<Row>,
}

/// The systems that a share of the oracle is measured between.
const LEAD: &str = "lead";

const FILE: &str = "leaderboard.csv";

/// The rows of people and of systems on their terms.
const BESIDE_PEOPLE: &str = "human.csv";

impl Leaderboard {
    /// Fills in the speeds of the systems, from the timings that are [of the run].
    ///
    /// [of the run]: Timing::is_of
    pub fn add_speeds(&mut self, manifest: &RunManifest, timings: &[Timing]) {
        let own = timings.iter().filter(|timing| timing.is_of(manifest));
        let own: Vec<&Timing> = own.collect();
        for row in &mut self.rows {
            let timing = own.iter().find(|timing| {
                timing.corpus == row.corpus
                    && timing.system == row.system
                    && timing.budget == row.budget
            });
            row.docs_per_s = timing.map(|timing| timing.docs_per_s);
            row.total_docs_per_s = timing.and_then(|timing| timing.total_docs_per_s);
        }
    }

    /// Fills in the name of the run, which is no matter of the sums.
    pub fn name_run(&mut self, run: &str) {
        for row in self.rows.iter_mut().chain(&mut self.beside_people) {
            run.clone_into(&mut row.run);
        }
    }

    /// Fills in how far each system is on the way from lead to the oracle, on the corpora
    /// where both are: `(mean − lead) / (oracle − lead)`.
    pub fn add_shares(&mut self) {
        let same = |a: &Row, b: &Row| (&a.corpus, &a.metric) == (&b.corpus, &b.metric);
        for rows in self.rows.chunk_by_mut(same) {
            let mean = |kind: SystemKind, name: &str, rows: &[Row]| {
                let mut of_kind = rows.iter().filter(|row| row.kind == kind);
                of_kind
                    .find(|row| row.system == name)
                    .and_then(|row| row.mean)
            };
            let ends = mean(SystemKind::System, LEAD, rows).zip(mean(
                SystemKind::Reference,
                ORACLE.name,
                rows,
            ));
            let Some((lead, oracle)) = ends.filter(|(lead, oracle)| oracle > lead) else {
                continue;
            };
            for row in rows {
                row.share_of_oracle =
                    row.mean.map(|mean| (mean - lead) / (oracle - lead));
            }
        }
    }

    /// Reads `leaderboard.csv` in `folder`; no rows where there is none.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read.
    pub fn read(folder: &Path) -> Result<Self, TableError> {
        Ok(Self {
            rows: table_file::read(&folder.join(FILE))?,
            beside_people: table_file::read(&folder.join(BESIDE_PEOPLE))?,
        })
    }

    /// Writes `leaderboard.csv` into `folder`, and `human.csv` where people are shown.
    ///
    /// # Errors
    /// Returns an error if the file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), TableError> {
        let beside = folder.join(BESIDE_PEOPLE);
        if !self.beside_people.is_empty() || beside.exists() {
            table_file::write::<Row, _>(&beside, &self.beside_people)?;
        }
        table_file::write::<Row, _>(&folder.join(FILE), &self.rows)
    }
}
