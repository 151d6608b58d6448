//! The rows of a run that was, document by document.

use std::{
    fs::File,
    io::{BufRead, BufReader, Lines, Read, Take},
    iter::Peekable,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use epitome_metrics::{Score, Statistics, Task};
use epitome_plugin::Fault;
use epitome_systems::keywords::Keyphrase;
use epitome_text::Span;

use super::{
    failure::RowFailure,
    layout::{Layout, SystemLayout},
    marks::{Marks, holds},
    outcome::{About, DocumentOutcome, Extract, ScoreCell, Status, SystemOutcome},
    row_files::{FILES, NAMES},
    rows::OUTPUTS,
    store_error::StoreError,
};

/// Reads what a [`Store`](super::Store) wrote, one document at a time and in its order.
/// Rows of a document that was cut off are not there. Whether the rows are those that were
/// written is for [`checked`](super::checked()) to say.
pub struct StoredRows {
    folder: PathBuf,
    layout: Layout,
    documents: csv::DeserializeRecordsIntoIter<Part, DocumentRow>,
    scores: csv::DeserializeRecordsIntoIter<Part, ScoreRow>,
    extracts: Peekable<Lines<BufReader<Part>>>,
    failures: Peekable<csv::DeserializeRecordsIntoIter<Part, FailureRow>>,
    counts: csv::DeserializeRecordsIntoIter<Part, CountRow>,
    leaving_one_out: Peekable<csv::DeserializeRecordsIntoIter<Part, LeftOutRow>>,
    scores_only: bool,
}

/// A file up to where its rows are whole.
type Part = Take<File>;

#[derive(Deserialize)]
struct DocumentRow {
    corpus: String,
    document: String,
    digest: String,
    language: String,
    sentences: u64,
    words: u64,
}

#[derive(Deserialize)]
struct ScoreRow {
    document: String,
    metric: String,
    precision: Option<f64>,
    recall: Option<f64>,
    value: Option<f64>,
    status: String,
}

#[derive(Deserialize)]
pub(super) struct ExtractRow {
    /// This and the other names are only in `extracts.jsonl`.
    #[serde(default)]
    corpus: String,
    #[serde(default)]
    document: String,
    #[serde(default)]
    system: String,
    #[serde(default)]
    budget: String,
    words: usize,
    documents: Option<Vec<usize>>,
    picks: Option<Vec<u32>>,
    /// The picks, the best first.
    ranked: Option<Vec<u32>>,
    /// An infinite score is `null`.
    scores: Option<Vec<Option<f64>>>,
    text: Option<String>,
    keyphrases: Option<Vec<PhraseRow>>,
    #[serde(default)]
    signature: String,
}

#[derive(Deserialize)]
struct PhraseRow {
    text: String,
    score: Option<f64>,
    offsets: Vec<[u32; 2]>,
}

/// A row of `failures.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureRow {
    /// Corpus.
    pub corpus: String,
    /// The document's id.
    pub document: String,
    /// The system.
    pub system: String,
    /// What kind of failure: `crash`, `error`, `timeout` …
    pub status: Fault,
    /// What is known of it.
    pub message: String,
    /// The metric that failed; empty where the system did.
    pub metric: String,
}

/// A row of `leaving_one_out.csv`.
#[derive(Deserialize)]
struct LeftOutRow {
    corpus: String,
    document: String,
    system: String,
    metric: String,
    precision: Option<f64>,
    recall: Option<f64>,
    value: f64,
}

/// A row of `counts.csv`.
#[derive(Deserialize)]
struct CountRow {
    document: String,
    metric: String,
    statistic: String,
    value: f64,
}

impl StoredRows {
    /// Opens the rows in `folder` up to their last mark, which were written under `layout`.
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
        let part = |at: usize| {
            let path = folder.join(NAMES[at]);
            let file =
                File::open(&path).map_err(|error| StoreError::new(&path, error))?;
            Ok::<_, StoreError>(file.take(lengths[at]))
        };
        Ok(Self {
            folder: folder.to_owned(),
            layout,
            documents: records(part(0)?),
            scores: records(part(1)?),
            extracts: BufReader::new(part(2)?).lines().peekable(),
            failures: records(part(3)?).peekable(),
            counts: records(part(4)?),
            leaving_one_out: records(part(5)?).peekable(),
            scores_only: false,
        })
    }

    /// Leaves out what systems gave and why they failed, by far the most there is.
    #[must_use]
    pub fn scores_only(self) -> Self {
        Self {
            scores_only: true,
            ..self
        }
    }

    /// Where the rows are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The names that indices stand for.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    fn read(&mut self, row: DocumentRow) -> Result<DocumentOutcome, StoreError> {
        About::check_language(&row.language)
            .map_err(|problem| self.broken(0, problem))?;
        let corpus = self
            .layout
            .corpora
            .iter()
            .position(|name| *name == row.corpus);
        let corpus = corpus.ok_or_else(|| {
            self.broken(
                0,
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
            let extract = extract(&mut self.extracts, &row, system)
                .map_err(|problem| self.broken(2, problem))?;
            let failure = match extract {
                Some(_) => None,
                None => Some(self.failure(at, &row)?),
            };
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
                next(&mut self.scores).map_err(|problem| self.broken(1, problem))?;
            if row.document != *document || row.metric != name {
                let problem = format!(
                    "a row of `{}` under `{}`, where `{document}` under `{name}` is due",
                    row.document, row.metric
                );
                return Err(self.broken(1, problem));
            }
            let statistics = match names.is_empty() {
                true => Statistics::default(),
                false => self
                    .statistics(document, &name, &names)
                    .map_err(|problem| self.broken(4, problem))?,
            };
            let leaving_one_out = self.left_out(system, &name, of)?;
            let cell = row.cell(metric, statistics);
            let cell = cell.map_err(|problem| self.broken(1, problem))?;
            cells.push(ScoreCell {
                leaving_one_out,
                ..cell
            });
        }
        Ok(cells)
    }

    /// The statistics of a metric called `metric` for a document, which has these `names`.
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

    /// The score of a system on a document with each reference left out, where it has one.
    fn left_out(
        &mut self,
        system: usize,
        metric: &str,
        of: &DocumentRow,
    ) -> Result<Option<Score>, StoreError> {
        let system = &self.layout.systems[system].name;
        let is_due = |found: &csv::Result<LeftOutRow>| match found {
            Ok(found) => {
                (&found.corpus, &found.document) == (&of.corpus, &of.document)
                    && (&found.system, found.metric.as_str()) == (system, metric)
            }
            Err(_) => true,
        };
        match self.leaving_one_out.next_if(is_due) {
            None => Ok(None),
            Some(Ok(LeftOutRow {
                precision,
                recall,
                value,
                ..
            })) => Ok(Some(Score {
                precision,
                recall,
                value,
            })),
            Some(Err(error)) => Err(self.broken(5, error.to_string())),
        }
    }

    fn failure(
        &mut self,
        system: usize,
        row: &DocumentRow,
    ) -> Result<RowFailure, StoreError> {
        let name = self.layout.systems[system].name.clone();
        let due = |found: &csv::Result<FailureRow>| match found {
            Ok(found) => {
                found.corpus == row.corpus
                    && found.document == row.document
                    && found.system == name
            }
            Err(_) => true,
        };
        match self.failures.next_if(due) {
            Some(Ok(FailureRow {
                status: fault,
                message,
                ..
            })) => Ok(RowFailure { fault, message }),
            Some(Err(error)) => Err(self.broken(3, error.to_string())),
            None => {
                let problem = format!(
                    "`{name}` has neither an extract nor a failure on `{}`",
                    row.document
                );
                Err(self.broken(3, problem))
            }
        }
    }

    fn broken(&self, file: usize, problem: impl Into<String>) -> StoreError {
        StoreError::broken(&self.folder.join(NAMES[file]), problem)
    }
}

impl Iterator for StoredRows {
    type Item = Result<DocumentOutcome, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(match self.documents.next()? {
            Ok(row) => self.read(row),
            Err(error) => Err(self.broken(0, error.to_string())),
        })
    }
}

fn records<T: DeserializeOwned>(part: Part) -> csv::DeserializeRecordsIntoIter<Part, T> {
    csv::Reader::from_reader(part).into_deserialize()
}

fn next<T>(rows: &mut impl Iterator<Item = csv::Result<T>>) -> Result<T, String> {
    let row = rows.next().ok_or_else(|| "rows are missing".to_owned())?;
    row.map_err(|error| error.to_string())
}

/// The next extract, if it is that of a system on a document.
fn extract(
    lines: &mut Peekable<impl Iterator<Item = std::io::Result<String>>>,
    due: &DocumentRow,
    system: &SystemLayout,
) -> Result<Option<Extract>, String> {
    let parse = |line: &str| {
        serde_json::from_str::<ExtractRow>(line).map_err(|error| error.to_string())
    };
    let row = match lines.peek() {
        None => return Ok(None),
        Some(Err(error)) => return Err(error.to_string()),
        Some(Ok(line)) => parse(line)?,
    };
    if (&row.corpus, &row.document) != (&due.corpus, &due.document)
        || (&row.system, &row.budget) != (&system.name, &system.budget)
    {
        return Ok(None);
    }
    lines.next();
    row.extract(system.task).map(Some)
}

impl ExtractRow {
    pub(super) fn extract(self, task: Task) -> Result<Extract, String> {
        let known = |score: Option<f64>| score.unwrap_or(f64::NAN);
        match (task, self.picks, self.text, self.keyphrases) {
            (Task::Summaries, Some(picks), Some(text), _) => {
                let scores = self.scores.map(|all| all.into_iter().map(known).collect());
                let ranked = self.ranked.unwrap_or_else(|| picks.clone());
                let (documents, words) = (self.documents, self.words);
                Ok(Extract::Summary {
                    picks,
                    documents,
                    ranked,
                    scores,
                    text,
                    words,
                })
            }
            (Task::Summaries, None, Some(text), _) => Ok(Extract::Text {
                text,
                words: self.words,
            }),
            (Task::Keyphrases, _, _, Some(phrases)) => {
                let span = |[start, end]: [u32; 2]| Span { start, end };
                let phrase = |row: PhraseRow| Keyphrase {
                    text: row.text,
                    score: known(row.score),
                    occurrences: row.offsets.into_iter().map(span).collect(),
                };
                let phrases = phrases.into_iter().map(phrase).collect();
                Ok(Extract::Keyphrases {
                    phrases,
                    signature: self.signature,
                })
            }
            _ => Err(format!(
                "the extract of `{}` on `{}` is empty",
                self.system, self.document
            )),
        }
    }
}

impl ScoreRow {
    fn cell(self, metric: usize, statistics: Statistics) -> Result<ScoreCell, String> {
        let Self {
            precision,
            recall,
            value,
            status,
            ..
        } = self;
        let score = value.map(|value| Score {
            precision,
            recall,
            value,
        });
        let status = Status::named(&status)
            .ok_or_else(|| format!("no status is called `{status}`"))?;
        Ok(ScoreCell {
            metric,
            statistics,
            score,
            status,
            leaving_one_out: None,
        })
    }
}
