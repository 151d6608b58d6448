//! Reads the stored rows of a run, document by document.

use std::{
    fs::File,
    io::{BufRead, BufReader, Lines, Read, Take},
    iter::Peekable,
    path::{Path, PathBuf},
};

use serde::de::DeserializeOwned;

use epitome_metrics::{Score, Statistics};

use crate::run::{
    outcomes::{
        failure::RowFailure,
        outcome::{About, DocumentOutcome, Extract, ScoreCell, Status, SystemOutcome},
    },
    setup::layout::{Layout, SystemLayout},
};

use super::{
    kept::Kept,
    marks::{Marks, holds},
    row_files::{
        COUNTS, DOCUMENTS, EXTRACTS, FAILURES, FILES, LEAVING_ONE_OUT, NOTES, SCORES,
    },
    rows::OUTPUTS,
    store_error::StoreError,
    stored_row::{
        CellRow, CountRow, DocumentRow, ExtractRow, FailureRow, LeftOutRow, NoteRow,
        ScoreRow,
    },
};

/// An iterator over the documents that a [`Store`](crate::run::Store) has written, in their
/// order. Ends before the rows of a document that was cut off. Does not check that the
/// rows are unchanged, which [`checked`](crate::run::checked()) does.
pub struct StoredRows {
    folder: PathBuf,
    layout: Layout,
    documents: csv::DeserializeRecordsIntoIter<Part, DocumentRow>,
    scores: csv::DeserializeRecordsIntoIter<Part, ScoreRow>,
    extracts: Peekable<Lines<BufReader<Part>>>,
    failures: Peekable<csv::DeserializeRecordsIntoIter<Part, FailureRow>>,
    counts: csv::DeserializeRecordsIntoIter<Part, CountRow>,
    leaving_one_out: Peekable<csv::DeserializeRecordsIntoIter<Part, LeftOutRow>>,
    notes: Peekable<csv::DeserializeRecordsIntoIter<Part, NoteRow>>,
    scores_only: bool,
    kept: Option<(Kept, Layout)>,
}

/// The part of a file that contains complete rows.
type Part = Take<File>;

impl StoredRows {
    /// Opens the rows in `folder` up to their last mark. `layout` must be that of the run
    /// that wrote them.
    ///
    /// # Errors
    /// Returns an error if there are none, or they cannot be read.
    pub fn open(folder: &Path, layout: Layout) -> Result<Self, StoreError> {
        let mark = Marks::last(folder).map_err(|error| StoreError::new(folder, error))?;
        let lengths = mark.map_or([0; FILES], |mark| mark.lengths);
        if let Some(mark) = mark.filter(|mark| !holds(folder, mark)) {
            let problem = format!("no rows of {} documents are there", mark.documents);
            return Err(StoreError::broken(folder, problem));
        }

        // in the order of the files in `row_files::NAMES`
        let [
            documents,
            scores,
            extracts,
            failures,
            counts,
            leaving_one_out,
            notes,
        ] = lengths;
        let part = |name: &str, length: u64| {
            let path = folder.join(name);
            let file =
                File::open(&path).map_err(|error| StoreError::new(&path, error))?;
            Ok::<_, StoreError>(file.take(length))
        };
        Ok(Self {
            folder: folder.to_owned(),
            layout,
            documents: records(part(DOCUMENTS, documents)?),
            scores: records(part(SCORES, scores)?),
            extracts: BufReader::new(part(EXTRACTS, extracts)?).lines().peekable(),
            failures: records(part(FAILURES, failures)?).peekable(),
            counts: records(part(COUNTS, counts)?),
            leaving_one_out: records(part(LEAVING_ONE_OUT, leaving_one_out)?).peekable(),
            notes: records(part(NOTES, notes)?).peekable(),
            scores_only: false,
            kept: None,
        })
    }

    /// Leaves out extracts and failures, which are by far the most data.
    #[must_use]
    pub fn scores_only(self) -> Self {
        Self {
            scores_only: true,
            ..self
        }
    }

    /// Leaves out all other corpora, systems and metrics.
    #[must_use]
    pub fn only(self, kept: Kept) -> Self {
        let layout = kept.layout(&self.layout);
        Self {
            kept: Some((kept, layout)),
            ..self
        }
    }

    /// Returns the folder of the rows.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the names that the indices of outcomes refer to.
    pub fn layout(&self) -> &Layout {
        self.kept
            .as_ref()
            .map_or(&self.layout, |(_, layout)| layout)
    }

    fn read(&mut self, row: DocumentRow) -> Result<DocumentOutcome, StoreError> {
        About::check_language(&row.language)
            .map_err(|problem| self.broken(DOCUMENTS, problem))?;

        let corpus = self
            .layout
            .corpora
            .iter()
            .position(|name| *name == row.corpus);
        let corpus = corpus.ok_or_else(|| {
            self.broken(
                DOCUMENTS,
                format!("no corpus of the run is called `{}`", row.corpus),
            )
        })?;

        let mut systems = Vec::with_capacity(self.layout.systems.len());
        for at in 0..self.layout.systems.len() {
            let mut cells = self.cells(at, &row)?;
            if self.scores_only {
                systems.push(SystemOutcome {
                    extract: None,
                    failure: None,
                    cells,
                    clocks: None,
                });
                continue;
            }

            let system = &self.layout.systems[at];
            let budget = self.layout.budget(corpus, system.task);
            let extract = extract(&mut self.extracts, &row, system, &budget)
                .map_err(|problem| self.broken(EXTRACTS, problem))?;
            let failure = match extract {
                Some(_) => None,
                None => Some(self.failure(at, &row)?),
            };

            // a cell has its status only; the message is in a row of its own, or that of
            // the system
            for cell in &mut cells {
                let Status::Failed(known) = &mut cell.status else {
                    continue;
                };
                *known = match &failure {
                    Some(failure) => failure.clone(),
                    None => self.failure(at, &row)?,
                };
            }

            systems.push(SystemOutcome {
                extract,
                failure,
                cells,
                clocks: None,
            });
        }

        let DocumentRow {
            document: id,
            digest,
            language,
            sentences,
            words,
            ..
        } = row;
        let about = About {
            digest,
            language,
            sentences,
            words,
        };
        Ok(DocumentOutcome {
            corpus,
            place: id.clone(),
            id,
            about,
            systems,
        })
    }

    fn cells(
        &mut self,
        system: usize,
        of: &DocumentRow,
    ) -> Result<Vec<ScoreCell>, StoreError> {
        let document = &of.document;
        let metrics: Vec<(usize, String, Vec<String>)> = self
            .layout
            .metrics_of(&self.layout.systems[system])
            .map(|(at, metric)| (at, metric.name.clone(), metric.statistics.clone()))
            .collect();

        let mut cells = Vec::with_capacity(metrics.len());
        for (metric, name, names) in metrics {
            let row =
                next(&mut self.scores).map_err(|problem| self.broken(SCORES, problem))?;
            if row.document != *document || row.metric != name {
                let problem = format!(
                    "a row of `{}` under `{}`, where `{document}` under `{name}` is due",
                    row.document, row.metric
                );
                return Err(self.broken(SCORES, problem));
            }

            let statistics = match names.is_empty() {
                true => Statistics::default(),
                false => self
                    .statistics(document, &name, &names)
                    .map_err(|problem| self.broken(COUNTS, problem))?,
            };

            let leaving_one_out = self.left_out(system, &name, of)?;
            let note = self.note(system, &name, of)?;
            let cell = row.cell(metric, statistics);
            let cell = cell.map_err(|problem| self.broken(SCORES, problem))?;
            cells.push(ScoreCell {
                leaving_one_out,
                note,
                ..cell
            });
        }
        Ok(cells)
    }

    /// Reads the statistics called `names` of a metric for a document.
    fn statistics(
        &mut self,
        document: &str,
        metric: &str,
        names: &[String],
    ) -> Result<Statistics, String> {
        let mut number = |due: &str| {
            let row = next(&mut self.counts)?;
            let found = [&row.document, &row.metric, &row.statistic];
            match found == [document, metric, due] {
                true => Ok(row.value),
                false => Err(format!(
                    "a row of {found:?}, where `{due}` of `{document}` under `{metric}` is due"
                )),
            }
        };

        let mut sums = vec![number(OUTPUTS)?];
        for name in names {
            sums.push(number(name)?);
        }
        Ok(Statistics::of_sums(&sums))
    }

    /// Reads the score of a system on a document with each reference left out, if it has
    /// one.
    fn left_out(
        &mut self,
        system: usize,
        metric: &str,
        of: &DocumentRow,
    ) -> Result<Option<Score>, StoreError> {
        let system = &self.layout.systems[system].name;
        let cell = [&of.corpus, &of.document, system, metric];
        let row = next_of(&mut self.leaving_one_out, cell);
        let row = row.map_err(|error| self.broken(LEAVING_ONE_OUT, error.to_string()))?;
        Ok(row.map(|row| Score {
            precision: row.precision,
            recall: row.recall,
            value: row.value,
        }))
    }

    /// Reads the note of a metric on a system's output for a document, if there is one.
    fn note(
        &mut self,
        system: usize,
        metric: &str,
        of: &DocumentRow,
    ) -> Result<Option<String>, StoreError> {
        let system = &self.layout.systems[system].name;
        let cell = [&of.corpus, &of.document, system, metric];
        let row = next_of(&mut self.notes, cell);
        let row = row.map_err(|error| self.broken(NOTES, error.to_string()))?;
        Ok(row.map(|row| row.note))
    }

    fn failure(
        &mut self,
        system: usize,
        row: &DocumentRow,
    ) -> Result<RowFailure, StoreError> {
        let name = self.layout.systems[system].name.clone();

        let next = self.failures.next_if(|found| match found {
            Ok(found) => {
                found.corpus == row.corpus
                    && found.document == row.document
                    && found.system == name
            }
            Err(_) => true,
        });
        match next {
            Some(Ok(FailureRow {
                status: fault,
                message,
                ..
            })) => Ok(RowFailure { fault, message }),
            Some(Err(error)) => Err(self.broken(FAILURES, error.to_string())),
            None => {
                let problem = format!(
                    "`{name}` has neither an extract nor a failure on `{}`",
                    row.document
                );
                Err(self.broken(FAILURES, problem))
            }
        }
    }

    /// Returns the error that the rows in the file called `name` are not valid.
    fn broken(&self, name: &str, problem: impl Into<String>) -> StoreError {
        StoreError::broken(&self.folder.join(name), problem)
    }
}

impl Iterator for StoredRows {
    type Item = Result<DocumentOutcome, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let outcome = match self.documents.next()? {
                Ok(row) => self.read(row),
                Err(error) => Err(self.broken(DOCUMENTS, error.to_string())),
            };
            let outcome = match (&self.kept, outcome) {
                (Some((kept, _)), Ok(outcome)) => kept.outcome(outcome).map(Ok),
                (_, outcome) => Some(outcome),
            };
            if outcome.is_some() {
                return outcome;
            }
        }
    }
}

fn records<T: DeserializeOwned>(part: Part) -> csv::DeserializeRecordsIntoIter<Part, T> {
    csv::Reader::from_reader(part).into_deserialize()
}

fn next<T>(rows: &mut impl Iterator<Item = csv::Result<T>>) -> Result<T, String> {
    let row = rows.next().ok_or_else(|| "rows are missing".to_owned())?;
    row.map_err(|error| error.to_string())
}

/// Returns the next extract if it is that of `system` under `budget` on the document that
/// is due.
fn extract(
    lines: &mut Peekable<impl Iterator<Item = std::io::Result<String>>>,
    due: &DocumentRow,
    system: &SystemLayout,
    budget: &str,
) -> Result<Option<Extract>, String> {
    let row: ExtractRow = match lines.peek() {
        None => return Ok(None),
        Some(Err(error)) => return Err(error.to_string()),
        Some(Ok(line)) => {
            serde_json::from_str(line).map_err(|error| error.to_string())?
        }
    };
    if (&row.corpus, &row.document) != (&due.corpus, &due.document)
        || (row.system.as_str(), row.budget.as_str()) != (&system.name, budget)
    {
        return Ok(None);
    }
    lines.next();
    row.extract(system.task).map(Some)
}

/// Returns the next row if it is that of a cell: corpus, document, system and metric. Rows
/// exist only for some cells, so that the next one may be of a later cell.
fn next_of<T: CellRow>(
    rows: &mut Peekable<impl Iterator<Item = csv::Result<T>>>,
    cell: [&str; 4],
) -> csv::Result<Option<T>> {
    let next = rows.next_if(|row| row.as_ref().map_or(true, |row| row.cell() == cell));
    next.transpose()
}
