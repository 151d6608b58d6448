//! Rows on disk: every one is written as it is made.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use serde_json::json;

use super::{DocumentOutcome, Extract, Plan, keyphrase_json};

/// The files of a run that is under way.
pub struct Store {
    folder: PathBuf,
    scores: csv::Writer<File>,
    extracts: BufWriter<File>,
    failures: csv::Writer<File>,
}

/// Why rows could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {error}")]
pub struct StoreError {
    path: PathBuf,
    error: io::Error,
}

impl StoreError {
    /// The error of a file.
    pub fn new(path: &Path, error: impl Into<io::Error>) -> Self {
        Self { path: path.to_owned(), error: error.into() }
    }
}

const SCORES: &str = "scores.csv";
const EXTRACTS: &str = "extracts.jsonl";
const FAILURES: &str = "failures.csv";

impl Store {
    /// Begins the run's files in `folder`, which is made; what an earlier run of the same
    /// plan left is replaced, `timings.csv` aside.
    ///
    /// # Errors
    /// The folder or a file cannot be written.
    pub fn create(folder: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(folder).map_err(|error| StoreError::new(folder, error))?;
        let create = |name: &str| {
            let path = folder.join(name);
            File::create(&path).map_err(|error| StoreError::new(&path, error))
        };
        let mut store = Self {
            folder: folder.to_owned(),
            scores: csv::Writer::from_writer(create(SCORES)?),
            extracts: BufWriter::new(create(EXTRACTS)?),
            failures: csv::Writer::from_writer(create(FAILURES)?),
        };
        let header = store.scores.write_record([
            "corpus",
            "document",
            "system",
            "budget",
            "metric",
            "precision",
            "recall",
            "f1",
            "status",
        ]);
        header.map_err(|error| store.error(SCORES, error))?;
        let header = store
            .failures
            .write_record(["corpus", "document", "system", "status", "message"]);
        header.map_err(|error| store.error(FAILURES, error))?;
        Ok(store)
    }

    /// Writes the rows of one document.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn write(
        &mut self,
        plan: &Plan,
        outcome: &DocumentOutcome,
    ) -> Result<(), StoreError> {
        self.write_scores(plan, outcome).map_err(|error| self.error(SCORES, error))?;
        self.write_extracts(plan, outcome)
            .map_err(|error| self.error(EXTRACTS, error))?;
        self.write_failures(plan, outcome).map_err(|error| self.error(FAILURES, error))
    }

    fn write_scores(
        &mut self,
        plan: &Plan,
        outcome: &DocumentOutcome,
    ) -> csv::Result<()> {
        let corpus = plan.corpora[outcome.corpus].name();
        for (system, found) in plan.systems.iter().zip(&outcome.systems) {
            let budget = plan.budget_of(system);
            for cell in &found.cells {
                let score = cell.score.as_ref();
                self.scores.write_record([
                    corpus,
                    &outcome.id,
                    &system.name,
                    &budget,
                    &plan.metrics[cell.metric].name,
                    &number(score.and_then(|score| score.precision)),
                    &number(score.and_then(|score| score.recall)),
                    &number(score.map(|score| score.value)),
                    &cell.status.to_string(),
                ])?;
            }
        }
        Ok(())
    }

    fn write_extracts(
        &mut self,
        plan: &Plan,
        outcome: &DocumentOutcome,
    ) -> io::Result<()> {
        let corpus = plan.corpora[outcome.corpus].name();
        for (system, found) in plan.systems.iter().zip(&outcome.systems) {
            let Some(extract) = &found.extract else { continue };
            let mut row = json!({
                "corpus": corpus,
                "document": outcome.id,
                "system": system.name,
                "budget": plan.budget_of(system),
                "words": extract.words(),
            });
            match extract {
                Extract::Summary { picks, documents, scores, text, .. } => {
                    row["sentences"] = picks.len().into();
                    row["picks"] = json!(picks);
                    if let Some(documents) = documents {
                        row["documents"] = json!(documents);
                    }
                    row["scores"] = json!(scores);
                    row["text"] = text.as_str().into();
                }
                Extract::Keyphrases { phrases, signature } => {
                    row["signature"] = signature.as_str().into();
                    row["keyphrases"] = phrases.iter().map(keyphrase_json).collect();
                }
            }
            serde_json::to_writer(&mut self.extracts, &row)?;
            self.extracts.write_all(b"\n")?;
        }
        Ok(())
    }

    fn write_failures(
        &mut self,
        plan: &Plan,
        outcome: &DocumentOutcome,
    ) -> csv::Result<()> {
        let corpus = plan.corpora[outcome.corpus].name();
        for (system, found) in plan.systems.iter().zip(&outcome.systems) {
            let Some(failure) = &found.failure else { continue };
            let (status, message) = failure.split_once(": ").unwrap_or((failure, ""));
            self.failures.write_record([
                corpus,
                &outcome.id,
                &system.name,
                status,
                message,
            ])?;
        }
        Ok(())
    }

    /// Ends the files. To be called whether or not the run came to its end.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn finish(mut self) -> Result<(), StoreError> {
        self.scores.flush().map_err(|error| self.error(SCORES, error))?;
        self.extracts.flush().map_err(|error| self.error(EXTRACTS, error))?;
        self.failures.flush().map_err(|error| self.error(FAILURES, error))
    }

    fn error(&self, file: &str, error: impl Into<io::Error>) -> StoreError {
        StoreError::new(&self.folder.join(file), error)
    }
}

/// The shortest decimal that reads back as the same number; empty for none.
fn number(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
