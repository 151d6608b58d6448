//! Reads the stored rows of a run, document by document.

use std::path::{Path, PathBuf};

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
    marks::{Mark, Marks, holds},
    row_files::{COUNTS, DOCUMENTS, EXTRACTS, FAILURES, FILES, NAMES, SCORES},
    row_reader::{CsvRows, Lines, Problem},
    rows::OUTPUTS,
    store_error::StoreError,
    stored_row::{
        CellRow, CountRow, DocumentRow, ExtractRow, FailedRow, LeftOutRow, NoteRow,
        ScoreRow,
    },
};

/// An iterator over the documents that a [`Store`](crate::run::Store) has written, in their
/// order. Ends before the rows of a document that was cut off. Does not check that the
/// rows are unchanged, which [`checked`](crate::run::checked()) does.
pub struct StoredRows {
    folder: PathBuf,
    layout: Layout,
    files: Files,
    scores_only: bool,
    kept: Option<(Kept, Layout)>,
}

/// The open files of the same documents.
struct Files {
    documents: CsvRows,
    scores: CsvRows,
    extracts: Lines,
    failures: CsvRows,
    counts: CsvRows,
    leaving_one_out: CsvRows,
    notes: CsvRows,
}

impl StoredRows {
    /// Opens the rows in `folder` up to their last mark. `layout` must be that of the run
    /// that wrote them.
    ///
    /// # Errors
    /// Returns an error if there are none, or they cannot be read.
    pub fn open(folder: &Path, layout: Layout) -> Result<Self, StoreError> {
        let end = last_mark(folder)?;
        Self::between(folder, layout, &[0; FILES], &end.lengths)
    }

    /// Opens the rows in `folder` from the lengths of one mark to those of another.
    ///
    /// # Errors
    /// Returns an error if a file cannot be read.
    pub(super) fn between(
        folder: &Path,
        layout: Layout,
        start: &[u64; FILES],
        end: &[u64; FILES],
    ) -> Result<Self, StoreError> {
        let table = |at: usize| {
            CsvRows::open(folder, NAMES[at], &(start[at]..end[at]))
                .map_err(|error| StoreError::new(&folder.join(NAMES[at]), error))
        };
        let extracts = Lines::open(folder, EXTRACTS, &(start[2]..end[2]))
            .map_err(|error| StoreError::new(&folder.join(EXTRACTS), error))?;

        // in the order of `row_files::NAMES`
        Ok(Self {
            folder: folder.to_owned(),
            layout,
            files: Files {
                documents: table(0)?,
                scores: table(1)?,
                extracts,
                failures: table(3)?,
                counts: table(4)?,
                leaving_one_out: table(5)?,
                notes: table(6)?,
            },
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
}

impl Iterator for StoredRows {
    type Item = Result<DocumentOutcome, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let outcome = match self.files.next(&self.layout, self.scores_only) {
                Ok(None) => return None,
                Ok(Some(outcome)) => outcome,
                Err(Problem { file, problem }) => {
                    let path = self.folder.join(file);
                    return Some(Err(StoreError::broken(&path, problem)));
                }
            };
            let outcome = match &self.kept {
                Some((kept, _)) => kept.outcome(outcome),
                None => Some(outcome),
            };
            if outcome.is_some() {
                return outcome.map(Ok);
            }
        }
    }
}

impl Files {
    /// Returns the outcome of the next document; `None` after the last.
    fn next(
        &mut self,
        layout: &Layout,
        scores_only: bool,
    ) -> Result<Option<DocumentOutcome>, Problem> {
        let Some(row) = self.documents.next::<DocumentRow>()? else {
            return Ok(None);
        };
        About::check_language(&row.language)
            .map_err(|problem| Problem::new(DOCUMENTS, problem))?;

        let corpus = layout.corpora.iter().position(|name| *name == row.corpus);
        let corpus = corpus.ok_or_else(|| {
            let problem = format!("no corpus of the run is called `{}`", row.corpus);
            Problem::new(DOCUMENTS, problem)
        })?;

        let mut systems = Vec::with_capacity(layout.systems.len());
        for system in &layout.systems {
            let mut cells = self.cells(layout, system, &row)?;
            if scores_only {
                systems.push(SystemOutcome {
                    extract: None,
                    failure: None,
                    cells,
                    clocks: None,
                });
                continue;
            }

            let budget = layout.budget(corpus, system.task);
            let extract = self.extract(&row, system, &budget)?;
            let failure = match extract {
                Some(_) => None,
                None => Some(self.failure(&system.name, &row)?),
            };

            // a cell has its status only; the message is in a row of its own, or that of
            // the system
            for cell in &mut cells {
                let Status::Failed(known) = &mut cell.status else {
                    continue;
                };
                *known = match &failure {
                    Some(failure) => failure.clone(),
                    None => self.failure(&system.name, &row)?,
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
        Ok(Some(DocumentOutcome {
            corpus,
            place: id.clone(),
            id,
            about,
            systems,
        }))
    }

    /// Reads the cells of a system on a document.
    fn cells(
        &mut self,
        layout: &Layout,
        system: &SystemLayout,
        of: &DocumentRow,
    ) -> Result<Vec<ScoreCell>, Problem> {
        let mut cells = Vec::new();
        for (at, metric) in layout.metrics_of(system) {
            let name = metric.name.as_str();
            let statistics = match metric.statistics.as_slice() {
                [] => Statistics::default(),
                names => self.statistics(&of.document, name, names)?,
            };

            let cell = [&of.corpus, &of.document, &system.name, name];
            let leaving_one_out: Option<LeftOutRow> =
                next_of(&mut self.leaving_one_out, cell)?;
            let note: Option<NoteRow> = next_of(&mut self.notes, cell)?;
            let row: ScoreRow = self.scores.due()?;
            if row.document != of.document || row.metric != name {
                let problem = format!(
                    "a row of `{}` under `{}`, where `{}` under `{name}` is due",
                    row.document, row.metric, of.document
                );
                return Err(Problem::new(SCORES, problem));
            }

            let cell = row.cell(at, statistics);
            let cell = cell.map_err(|problem| Problem::new(SCORES, problem))?;
            cells.push(ScoreCell {
                leaving_one_out: leaving_one_out.map(|row| Score {
                    precision: row.precision,
                    recall: row.recall,
                    value: row.value,
                }),
                note: note.map(|row| row.note.to_owned()),
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
    ) -> Result<Statistics, Problem> {
        let mut sums = Vec::with_capacity(1 + names.len());
        for due in [OUTPUTS]
            .into_iter()
            .chain(names.iter().map(String::as_str))
        {
            let row: CountRow = self.counts.due()?;
            let found = [row.document, row.metric, row.statistic];
            if found != [document, metric, due] {
                let problem = format!(
                    "a row of {found:?}, where `{due}` of `{document}` under `{metric}` is due"
                );
                return Err(Problem::new(COUNTS, problem));
            }
            sums.push(row.value);
        }
        Ok(Statistics::of_sums(&sums))
    }

    /// Reads the next extract if it is that of `system` under `budget` on the document that
    /// is due.
    fn extract(
        &mut self,
        due: &DocumentRow,
        system: &SystemLayout,
        budget: &str,
    ) -> Result<Option<Extract>, Problem> {
        let refuse = |problem: String| Problem::new(EXTRACTS, problem);
        let line = self.extracts.peek();
        let Some(line) = line.map_err(|error| refuse(error.to_string()))? else {
            return Ok(None);
        };
        let row: ExtractRow =
            serde_json::from_str(line).map_err(|error| refuse(error.to_string()))?;

        let found = [&row.corpus, &row.document, &row.system, &row.budget];
        if found != [&due.corpus, &due.document, &system.name, budget] {
            return Ok(None);
        }
        let extract = row.extract(system.task).map_err(refuse)?;
        self.extracts.pass();
        Ok(Some(extract))
    }

    /// Reads the failure of the system called `system`, or of a metric on its output, which
    /// must be the next one.
    fn failure(
        &mut self,
        system: &str,
        row: &DocumentRow,
    ) -> Result<RowFailure, Problem> {
        let due = [row.corpus.as_str(), &row.document, system];
        let found: Option<FailedRow> = self.failures.next_if(|found: &FailedRow| {
            [found.corpus, found.document, found.system] == due
        })?;
        let found = found.ok_or_else(|| {
            let problem = format!(
                "`{system}` has neither an extract nor a failure on `{}`",
                row.document
            );
            Problem::new(FAILURES, problem)
        })?;
        Ok(RowFailure {
            fault: found.status,
            message: found.message.to_owned(),
        })
    }
}

/// Returns the last mark of the rows in `folder`, or no documents if there is none.
///
/// # Errors
/// Returns an error if the rows that it counts are not there.
pub(super) fn last_mark(folder: &Path) -> Result<Mark, StoreError> {
    let mark = Marks::last(folder).map_err(|error| StoreError::new(folder, error))?;
    let Some(mark) = mark else {
        return Ok(Mark::default());
    };
    if !holds(folder, &mark) {
        let problem = format!("no rows of {} documents are there", mark.documents);
        return Err(StoreError::broken(folder, problem));
    }
    Ok(mark)
}

/// Returns the next row if it is that of a cell: corpus, document, system and metric. Rows
/// exist only for some cells, so that the next one may be of a later cell.
fn next_of<'a, T: CellRow<'a>>(
    rows: &'a mut CsvRows,
    cell: [&str; 4],
) -> Result<Option<T>, Problem> {
    rows.next_if(|row: &T| row.cell() == cell)
}
