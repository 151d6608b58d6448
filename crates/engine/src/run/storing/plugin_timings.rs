//! Records how long plugins took for each document, in `plugin_timings.csv`.

use std::{
    fs::OpenOptions,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::run::{outcomes::outcome::DocumentOutcome, setup::layout::Layout};

use super::store_error::StoreError;

const FILE: &str = "plugin_timings.csv";

/// The table of plugin timings, to which each document's rows are appended. It belongs to
/// one execution and is no result: another run has other times.
pub struct PluginTimings {
    path: PathBuf,
    rows: csv::Writer<std::fs::File>,
}

impl PluginTimings {
    /// Opens the table in `folder`. If the run goes on after `done` documents, rows are
    /// appended to those that are there; otherwise the table is made anew.
    ///
    /// # Errors
    /// Returns an error if it cannot be written.
    pub fn open(folder: &Path, done: u64) -> Result<Self, StoreError> {
        let path = folder.join(FILE);
        let refuse = |error: std::io::Error| StoreError::new(&path, error);
        if done == 0 && path.exists() {
            std::fs::remove_file(&path).map_err(refuse)?; // of a run that this one replaces
        }

        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(refuse)?;

        let is_new = file.metadata().map_err(refuse)?.len() == 0;
        let mut rows = csv::Writer::from_writer(file);
        if is_new {
            let header = [
                "corpus", "document", "system", "host_ns", "own_ns", "cpu_ns",
            ];
            rows.write_record(header)
                .map_err(|error| StoreError::new(&path, error))?;
        }
        Ok(Self { path, rows })
    }

    /// Adds the rows of one document and writes them to the file.
    ///
    /// # Errors
    /// Returns an error if they cannot be written.
    pub fn write(
        &mut self,
        layout: &Layout,
        outcome: &DocumentOutcome,
    ) -> Result<(), StoreError> {
        let corpus = layout.corpora[outcome.corpus].as_str();
        for (system, found) in layout.systems.iter().zip(&outcome.systems) {
            let Some(clocks) = found.clocks else { continue };
            let ns = |time: Option<Duration>| {
                time.map(|time| time.as_nanos().to_string())
                    .unwrap_or_default()
            };
            self.rows
                .write_record([
                    corpus,
                    &outcome.id,
                    &system.name,
                    &ns(Some(clocks.host)),
                    &ns(clocks.own),
                    &ns(clocks.cpu),
                ])
                .map_err(|error| StoreError::new(&self.path, error))?;
        }

        self.rows
            .flush()
            .map_err(|error| StoreError::new(&self.path, error))
    }
}
