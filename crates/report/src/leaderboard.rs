//! `leaderboard.csv`: one row for each corpus, system and metric.

use std::path::Path;

use serde::{Deserialize, Serialize};

use epitome_engine::run::{ORACLE, RunManifest, SystemKind};
use epitome_engine::timing::Timing;
use epitome_metrics::Unit;

use super::table_file::{self, TableError};

/// A row of `leaderboard.csv`: the scores of a system on a corpus by a metric. Unknown values are
/// `None` and empty cells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Name of the corpus.
    pub corpus: String,
    /// System, with those parameters that are not default.
    pub system: String,
    /// Metric, with those parameters that are not default.
    pub metric: String,
    /// Signature of the metric: everything that changes its value.
    pub signature: String,
    /// Mean over documents, in the unit of the metric. A failure counts as the worst value of the
    /// metric; if there is no worst value, it is not in the mean.
    pub mean: Option<f64>,
    /// Lower bound of the 95 % interval of the mean.
    pub ci_low: Option<f64>,
    /// Upper bound of the 95 % interval of the mean.
    pub ci_high: Option<f64>,
    /// Number of documents in the mean.
    pub n: u64,
    /// Number of documents that the metric scores and on which the system failed.
    pub failed: u64,
    /// Mean number of words of a summary, or of all phrases of a list.
    pub words: Option<f64>,
    /// Best rank of the 95 % interval of ranks, from resamples.
    pub rank_low: Option<u32>,
    /// Worst rank of the 95 % interval of ranks, from resamples.
    pub rank_high: Option<u32>,
    /// `(mean − lead) / (oracle − lead)`, from the means of `lead` and the oracle.
    pub share_of_oracle: Option<f64>,
    /// Documents per second of the system alone, on one core; `None` if it was not timed.
    pub docs_per_s: Option<f64>,
    /// Whether it is a system, or a reference (oracle, human references).
    #[serde(default)]
    pub kind: SystemKind,
    /// The [name](epitome_engine::run::RunManifest::run) of the run.
    #[serde(default)]
    pub run: String,
    /// Length of outputs, as `3 sentences`.
    #[serde(default)]
    pub budget: String,
    /// Unit of the mean and its bounds.
    #[serde(default = "share")]
    pub unit: Unit,
    /// Documents per second with the analysis of their texts, on one core; `None` if it was not
    /// timed.
    #[serde(default)]
    pub total_docs_per_s: Option<f64>,
    /// Number of documents of the corpus that the parameters of the system were learnt on, as far
    /// as it is known; `None` if there is none.
    #[serde(default)]
    pub learnt_on: Option<u64>,
}

/// Returns the unit of rows of runs that did not store it.
fn share() -> Unit {
    Unit::Share
}

/// All rows of a run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Leaderboard {
    /// Rows by corpus, metric and system, each in the order of the plan.
    pub rows: Vec<Row>,
    /// Scores of human references and systems with one reference left out in turn, over the
    /// documents with several references. Empty if the run does not score human references.
    pub beside_people: Vec<Row>,
}

/// The baseline for shares of the oracle.
const LEAD: &str = "lead";

/// File of all rows.
const FILE: &str = "leaderboard.csv";

/// File of the rows with one reference left out in turn.
const BESIDE_PEOPLE: &str = "human.csv";

impl Leaderboard {
    /// Sets the speeds of systems, from those timings that are [of the run].
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

    /// Sets the name of the run, which the sums of a tally do not contain.
    pub fn name_run(&mut self, run: &str) {
        for row in self.rows.iter_mut().chain(&mut self.beside_people) {
            run.clone_into(&mut row.run);
        }
    }

    /// Sets the number of documents that each system was learnt on, from the corpora and metrics
    /// of the manifest of the run.
    pub fn add_learnt(&mut self, manifest: &RunManifest) {
        for row in self.rows.iter_mut().chain(&mut self.beside_people) {
            let mut corpora = manifest.corpora.iter();
            let corpus = corpora.find(|corpus| corpus.name == row.corpus);
            let mut metrics = manifest.metrics.iter();
            let metric = metrics.find(|metric| metric.name == row.metric);
            let learnt = corpus.zip(metric).map(|(corpus, metric)| {
                corpus.learnt.of_system(&row.system, metric.task)
            });
            row.learnt_on = learnt.filter(|documents| *documents > 0);
        }
    }

    /// Sets the share of the oracle of each system, `(mean − lead) / (oracle − lead)`, for corpora
    /// and metrics with both and a better oracle.
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

    /// Reads the leaderboard in `folder`; it is empty if there is no file.
    ///
    /// # Errors
    /// Returns an error if a file cannot be read or parsed.
    pub fn read(folder: &Path) -> Result<Self, TableError> {
        Ok(Self {
            rows: table_file::read(&folder.join(FILE))?,
            beside_people: table_file::read(&folder.join(BESIDE_PEOPLE))?,
        })
    }

    /// Writes `leaderboard.csv` into `folder`, and `human.csv` if the run scores human references.
    ///
    /// # Errors
    /// Returns an error if a file cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), TableError> {
        let beside = folder.join(BESIDE_PEOPLE);
        if !self.beside_people.is_empty() || beside.exists() {
            table_file::write::<Row, _>(&beside, &self.beside_people)?;
        }
        table_file::write::<Row, _>(&folder.join(FILE), &self.rows)
    }
}
