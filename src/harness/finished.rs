//! What a run ends with, wherever its rows were made.

use std::path::PathBuf;

use crate::{
    report::{
        Comparison, Leaderboard, TableFormat, Tally, add_unread, averages_grids, boards,
        draw_boards, read_across, terminal,
    },
    run::{RunManifest, Work, clock::Stages},
};

use super::error::Error;

/// A run that has come to its end.
pub struct Finished {
    /// Its folder.
    pub folder: PathBuf,
    /// Its recipe.
    pub manifest: RunManifest,
    /// The mean of every system under every metric.
    pub leaderboard: Leaderboard,
    /// Every pair of systems; none if there are too many documents to hold their scores.
    pub comparisons: Vec<Comparison>,
    /// How many documents it has.
    pub documents: u64,
    /// How many of them an earlier run had left.
    pub before: u64,
    /// The time that its stages took; zero if no document was worked on.
    pub stages: Stages,
    /// What a reader of the tables must know, in sentences.
    pub notes: Vec<String>,
    /// How many times systems failed.
    pub failures: u64,
    /// The largest share of a corpus that a system failed on, from 0 to 1.
    pub worst_failures: f64,
    /// Why no cell has a score, if none has.
    pub nothing_measured: Option<String>,
}

impl Finished {
    /// Returns the tables for a terminal; of several corpora the averages over them too.
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

/// Returns what a reader of the tables must know of what they do not show.
pub(super) fn notes(work: &Work, tally: &Tally) -> Vec<String> {
    let mut notes = tally.notes(&work.metrics, work.reading.language.is_some());
    let unmeasured = work.unmeasured();
    if !unmeasured.is_empty() {
        let names = unmeasured.join("`, `");
        notes.push(format!("no metric measures `{names}`: see `--metric`"));
    }
    notes
}
