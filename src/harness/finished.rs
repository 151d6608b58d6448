//! The result of a run, however its rows were made.

use std::path::PathBuf;

use crate::{
    report::{
        Comparison, Leaderboard, TableFormat, Tally, add_unread, averages_grids, boards,
        draw_boards, read_across, terminal,
    },
    run::{RunManifest, Work, clock::Stages},
};

use super::error::Error;

/// A run that has ended, as [`Session::conclude`](super::Session::conclude) returns it.
pub struct Finished {
    /// The folder of the run.
    pub folder: PathBuf,
    /// The manifest of the run: its recipe and results.
    pub manifest: RunManifest,
    /// The mean score of every system under every metric.
    pub leaderboard: Leaderboard,
    /// The comparisons of all pairs of systems; empty if there are too many documents to
    /// hold their scores in memory.
    pub comparisons: Vec<Comparison>,
    /// The number of documents of the run.
    pub documents: u64,
    /// The number of documents whose rows an earlier, interrupted run had written.
    pub before: u64,
    /// The time that each stage of the run took; zero if no document was processed.
    pub stages: Stages,
    /// Notes that a reader of the tables should know, as sentences.
    pub notes: Vec<String>,
    /// The number of failures of systems on documents.
    pub failures: u64,
    /// The largest share of a corpus on which a system failed, from 0 to 1.
    pub worst_failures: f64,
    /// The reason why no cell has a score, if there is no score at all.
    pub nothing_measured: Option<String>,
}

impl Finished {
    /// Returns the tables for a terminal, with averages over the corpora if there are
    /// several.
    ///
    /// # Errors
    /// Returns an error if `across.csv` cannot be read.
    pub fn tables(&self) -> Result<String, Error> {
        let mut boards =
            boards(&self.leaderboard, &self.comparisons, &self.manifest.metrics);
        add_unread(&mut boards, &self.manifest.unread);
        let mut text = draw_boards(&boards, TableFormat::Text)?;
        for grid in averages_grids(&read_across(&self.folder)?) {
            text.push('\n');
            text.push_str(&terminal(&grid));
        }
        Ok(text)
    }
}

/// Returns notes for a reader of the tables, about what the tables do not show.
pub(super) fn notes(work: &Work, tally: &Tally) -> Vec<String> {
    let mut notes = tally.notes(&work.metrics, work.reading.language.is_some());
    let unmeasured = work.unmeasured();
    if !unmeasured.is_empty() {
        let names = unmeasured.join("`, `");
        notes.push(format!("no metric measures `{names}`: see `--metric`"));
    }
    notes
}
