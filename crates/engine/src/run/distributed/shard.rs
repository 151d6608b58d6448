//! The rows of a part of a corpus as JSON Lines, which a worker writes.
//!
//! ```text
//! {"begin":{"epitome":"0.1.0","work":"…","counted":"…"}}
//! {"document":"d1","digest":"…","language":"en","sentences":9,"words":120,"systems":[…]}
//! …
//! {"end":true,"documents":1,"rows":3,"blake3":"…"}
//! ```
//!
//! A document is one line with all systems. `rows` is the number of scores, which are the
//! rows of `scores.csv`; `blake3` is the digest of every line before the marker. Files of
//! several parts may be concatenated.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use epitome_metrics::{Score, Statistics};

use crate::run::{
    outcomes::{
        failure::RowFailure,
        outcome::{About, DocumentOutcome, ScoreCell, Status, SystemOutcome},
    },
    setup::{
        layout::{Layout, MetricLayout},
        work::Work,
    },
    storing::{rows::ExtractLine, stored_row::ExtractRow},
};

/// The first line of a part: how its rows were made. Parts are assembled only if these
/// are equal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShardOrigin {
    /// The version of the program.
    pub epitome: String,
    /// The digest of everything that decides the rows, except for the corpus.
    pub work: String,
    /// The digest of the file of corpus statistics, if there was one.
    pub counted: Option<String>,
    /// The number of documents that this file counts.
    pub counted_documents: Option<u64>,
}

impl ShardOrigin {
    /// Returns the origin of the rows of `work`.
    pub fn of(work: &Work) -> Self {
        let counted = work.counted.as_ref();
        Self {
            epitome: env!("CARGO_PKG_VERSION").to_owned(),
            work: blake3::hash(work.recipe().join("\n").as_bytes())
                .to_hex()
                .to_string(),
            counted: counted.map(|counted| counted.digest.to_hex().to_string()),
            counted_documents: counted.map(|counted| counted.corpus.documents),
        }
    }
}

/// The last line of a part: the numbers of its documents and scores, and the BLAKE3
/// digest of every line before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_field_names,
    reason = "`end` is what marks the line in the format"
)]
pub(super) struct End {
    end: bool,
    documents: u64,
    rows: u64,
    blake3: String,
}

/// The counts and the digest of a part that is being written or read.
#[derive(Debug, Default)]
pub struct Part {
    documents: u64,
    rows: u64,
    lines: blake3::Hasher,
}

impl Part {
    /// Begins a part. Returns it with its first line.
    pub fn begin(origin: &ShardOrigin) -> (Self, String) {
        let line = json(&Begin {
            begin: origin.clone(),
        });
        let mut part = Self::default();
        part.read(line.as_bytes());
        (part, line)
    }

    /// Adds a document. Returns its line.
    pub fn document(&mut self, layout: &Layout, outcome: &DocumentOutcome) -> String {
        let line = document_line(layout, outcome);
        self.read(line.as_bytes());
        self.count(
            outcome
                .systems
                .iter()
                .map(|system| system.cells.len())
                .sum(),
        );
        line
    }

    /// Ends the part. Returns its last line.
    pub fn end(&self) -> String {
        json(&self.marker())
    }

    /// Adds a line to the digest, whether it ends with a line feed, with a carriage
    /// return as well, or with neither.
    pub(super) fn read(&mut self, line: &[u8]) {
        self.lines.update(line.trim_ascii_end()).update(b"\n");
    }

    /// Counts a document with the number of its rows.
    pub(super) fn count(&mut self, rows: usize) {
        self.documents += 1;
        self.rows += rows as u64;
    }

    /// Returns the last line that the part should have.
    pub(super) fn marker(&self) -> End {
        let blake3 = self.lines.finalize().to_hex().to_string();
        End {
            end: true,
            documents: self.documents,
            rows: self.rows,
            blake3,
        }
    }
}

impl End {
    /// Returns how this marker differs from that of the lines before it, or `None` if it
    /// does not.
    pub(super) fn difference(&self, found: &Self) -> Option<String> {
        if (self.documents, self.rows) != (found.documents, found.rows) {
            return Some("the part has not as many rows as its end says".to_owned());
        }
        (self.blake3 != found.blake3).then(|| {
            let (found, wanted) = (&found.blake3, &self.blake3);
            format!(
                "the part is damaged: its BLAKE3 is {found}, and its end says {wanted}"
            )
        })
    }
}

#[derive(Serialize, Deserialize)]
struct Begin {
    begin: ShardOrigin,
}

pub(super) fn parse_begin(line: &[u8]) -> Option<ShardOrigin> {
    let is_one = line.starts_with(b"{\"begin\":");
    let begin = is_one.then(|| serde_json::from_slice::<Begin>(line).ok())?;
    begin.map(|begin| begin.begin)
}

pub(super) fn parse_end(line: &[u8]) -> Option<End> {
    let is_one = line.starts_with(b"{\"end\":");
    let end = is_one.then(|| serde_json::from_slice::<End>(line).ok())?;
    end.filter(|end| end.end)
}

#[derive(Serialize, Deserialize)]
struct DocumentLine {
    document: String,
    digest: String,
    language: String,
    sentences: u64,
    words: u64,
    systems: Vec<SystemPart>,
}

#[derive(Serialize, Deserialize)]
struct SystemPart {
    system: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failure: Option<RowFailure>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    extract: Option<Value>,
    scores: Vec<ScorePart>,
}

#[derive(Serialize, Deserialize)]
struct ScorePart {
    metric: String,
    precision: Option<f64>,
    recall: Option<f64>,
    value: Option<f64>,
    status: String,
    /// The message of the metric's failure, if the system itself did not fail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    /// The number of measured outputs and the metric's statistics in the order of their
    /// names, if its average is a micro average.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    statistics: Option<Vec<f64>>,
    /// What the metric adds to the score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// The precision, recall and value with each reference left out in turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    leaving_one_out: Option<(Option<f64>, Option<f64>, f64)>,
}

/// Returns the line of a document.
pub(in crate::run) fn document_line(
    layout: &Layout,
    outcome: &DocumentOutcome,
) -> String {
    let score = |cell: &ScoreCell, of_system: bool| {
        let metric = &layout.metrics[cell.metric];
        ScorePart {
            metric: metric.name.clone(),
            precision: cell.score.and_then(|score| score.precision),
            recall: cell.score.and_then(|score| score.recall),
            value: cell.score.map(|score| score.value),
            status: cell.status.name().to_owned(),
            message: match &cell.status {
                Status::Failed(failure) if !of_system => Some(failure.message.clone()),
                _ => None,
            },
            statistics: metric
                .is_micro()
                .then(|| cell.statistics.summands().collect()),
            note: cell.note.clone(),
            leaving_one_out: cell
                .leaving_one_out
                .map(|score| (score.precision, score.recall, score.value)),
        }
    };

    let systems = layout.systems.iter().zip(&outcome.systems);
    let systems = systems.map(|(system, found)| SystemPart {
        system: system.name.clone(),
        failure: found.failure.clone(),
        extract: found
            .extract
            .as_ref()
            .map(|extract| serde_json::json!(ExtractLine::of(extract))),
        scores: found
            .cells
            .iter()
            .map(|cell| score(cell, found.failure.is_some()))
            .collect(),
    });

    let About {
        digest,
        language,
        sentences,
        words,
    } = outcome.about.clone();
    json(&DocumentLine {
        document: outcome.id.clone(),
        digest,
        language,
        sentences,
        words,
        systems: systems.collect(),
    })
}

/// Returns a document of the only corpus of a run, read from its line.
///
/// # Errors
/// Returns an error if it is not one of this layout; the error says why.
pub(in crate::run) fn parse_document(
    layout: &Layout,
    line: &[u8],
) -> Result<DocumentOutcome, String> {
    let line: DocumentLine =
        serde_json::from_slice(line).map_err(|error| error.to_string())?;
    // the language becomes a part of pages
    About::check_language(&line.language)?;

    let due = layout.systems.iter().map(|system| system.name.as_str());
    if !due.eq(line.systems.iter().map(|system| system.system.as_str())) {
        return Err(format!("the systems of `{}` are others", line.document));
    }

    let mut systems = Vec::with_capacity(line.systems.len());
    for (system, part) in layout.systems.iter().zip(line.systems) {
        let metrics: Vec<_> = layout.metrics_of(system).collect();
        let due = metrics.iter().map(|(_, metric)| metric.name.as_str());
        if !due.eq(part.scores.iter().map(|score| score.metric.as_str())) {
            return Err(format!("the metrics of `{}` are others", line.document));
        }

        let cells = metrics
            .iter()
            .zip(part.scores)
            .map(|((at, metric), score)| score.cell(*at, metric, part.failure.as_ref()))
            .collect::<Result<_, _>>()?;

        let extract = part.extract.map(|extract| {
            let row: ExtractRow =
                ExtractRow::deserialize(&extract).map_err(|error| error.to_string())?;
            row.extract(system.task)
        });

        systems.push(SystemOutcome {
            cells,
            extract: extract.transpose()?,
            failure: part.failure,
            clocks: None,
        });
    }

    let DocumentLine {
        document: id,
        digest,
        language,
        sentences,
        words,
        ..
    } = line;
    let about = About {
        digest,
        language,
        sentences,
        words,
    };
    Ok(DocumentOutcome {
        corpus: 0,
        place: id.clone(),
        id,
        about,
        systems,
    })
}

impl ScorePart {
    /// Returns the cell of a metric. `failure` is why the system failed, if it did.
    fn cell(
        self,
        metric: usize,
        layout: &MetricLayout,
        failure: Option<&RowFailure>,
    ) -> Result<ScoreCell, String> {
        let Self {
            precision,
            recall,
            value,
            status,
            leaving_one_out,
            note,
            ..
        } = self;

        let status = match Status::named(&status) {
            None => return Err(format!("no status is called `{status}`")),
            Some(Status::Failed(RowFailure { fault, .. })) => {
                Status::Failed(match failure {
                    Some(failure) => failure.clone(),
                    None => RowFailure {
                        fault,
                        message: self.message.unwrap_or_default(),
                    },
                })
            }
            Some(status) => status,
        };

        if status == Status::Ok && value.is_none() {
            return Err(format!("a score of `{}` is not a number", self.metric));
        }
        let score = value.map(|value| Score {
            precision,
            recall,
            value,
        });

        let statistics = match self.statistics {
            None if !layout.is_micro() => Statistics::default(),
            // a document that is left out has no more than the number of outputs, which is 0
            Some(sums) if [1, 1 + layout.statistics.len()].contains(&sums.len()) => {
                Statistics::of_sums(&sums)
            }
            _ => return Err(format!("the statistics of `{}` are others", self.metric)),
        };

        let leaving_one_out = leaving_one_out.map(|(precision, recall, value)| Score {
            precision,
            recall,
            value,
        });

        Ok(ScoreCell {
            metric,
            statistics,
            score,
            status,
            leaving_one_out,
            note,
        })
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("numbers and texts are JSON") + "\n"
}
