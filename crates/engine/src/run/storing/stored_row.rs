//! The rows of the files of a run, as they are read.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use epitome_metrics::{Score, Statistics, Task};
use epitome_plugin::Fault;
use epitome_systems::keywords::Keyphrase;
use epitome_text::Span;

use crate::run::outcomes::outcome::{Extract, ScoreCell, Status};

#[derive(Deserialize)]
pub(super) struct DocumentRow {
    pub(super) corpus: String,
    pub(super) document: String,
    pub(super) digest: String,
    pub(super) language: String,
    pub(super) sentences: u64,
    pub(super) words: u64,
}

#[derive(Deserialize)]
pub(super) struct ScoreRow<'a> {
    pub(super) document: &'a str,
    pub(super) metric: &'a str,
    pub(super) precision: Option<f64>,
    pub(super) recall: Option<f64>,
    pub(super) value: Option<f64>,
    pub(super) status: &'a str,
}

#[derive(Deserialize)]
pub(in crate::run) struct ExtractRow<'a> {
    /// The name of the corpus. This and the other names are only in `extracts.jsonl`, and
    /// empty in lines of parts.
    #[serde(borrow, default)]
    pub(super) corpus: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) document: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) system: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) budget: Cow<'a, str>,
    words: usize,
    documents: Option<Vec<usize>>,
    picks: Option<Vec<u32>>,
    /// The picks, the best first.
    ranked: Option<Vec<u32>>,
    /// The scores of all sentences. A score that is not finite is `null`.
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
    /// The name of the corpus.
    pub corpus: String,
    /// The id of the document.
    pub document: String,
    /// The canonical name of the system.
    pub system: String,
    /// The kind of failure, such as `crash`, `error` or `timeout`.
    pub status: Fault,
    /// The message of the failure.
    pub message: String,
    /// The metric that failed; empty if the system failed.
    pub metric: String,
}

/// A row of `failures.csv`, as a [`FailureRow`] is, while it is read.
#[derive(Deserialize)]
pub(super) struct FailedRow<'a> {
    pub(super) corpus: &'a str,
    pub(super) document: &'a str,
    pub(super) system: &'a str,
    pub(super) status: Fault,
    pub(super) message: &'a str,
}

/// A row of `leaving_one_out.csv`.
#[derive(Deserialize)]
pub(super) struct LeftOutRow<'a> {
    pub(super) corpus: &'a str,
    pub(super) document: &'a str,
    pub(super) system: &'a str,
    pub(super) metric: &'a str,
    pub(super) precision: Option<f64>,
    pub(super) recall: Option<f64>,
    pub(super) value: f64,
}

/// A row of `notes.csv`.
#[derive(Deserialize)]
pub(super) struct NoteRow<'a> {
    pub(super) corpus: &'a str,
    pub(super) document: &'a str,
    pub(super) system: &'a str,
    pub(super) metric: &'a str,
    pub(super) note: &'a str,
}

/// A row that belongs to a cell, of a file that has rows of some cells only.
pub(super) trait CellRow<'a>: Deserialize<'a> {
    /// Returns the corpus, document, system and metric of the cell.
    fn cell(&self) -> [&str; 4];
}

impl<'a> CellRow<'a> for LeftOutRow<'a> {
    fn cell(&self) -> [&str; 4] {
        [self.corpus, self.document, self.system, self.metric]
    }
}

impl<'a> CellRow<'a> for NoteRow<'a> {
    fn cell(&self) -> [&str; 4] {
        [self.corpus, self.document, self.system, self.metric]
    }
}

/// A row of `counts.csv`.
#[derive(Deserialize)]
pub(super) struct CountRow<'a> {
    pub(super) document: &'a str,
    pub(super) metric: &'a str,
    pub(super) statistic: &'a str,
    pub(super) value: f64,
}

impl ExtractRow<'_> {
    pub(in crate::run) fn extract(self, task: Task) -> Result<Extract, String> {
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
                let phrases = phrases.into_iter().map(|row| Keyphrase {
                    text: row.text,
                    score: known(row.score),
                    occurrences: row
                        .offsets
                        .into_iter()
                        .map(|[start, end]| Span { start, end })
                        .collect(),
                });
                Ok(Extract::Keyphrases {
                    phrases: phrases.collect(),
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

impl ScoreRow<'_> {
    pub(super) fn cell(
        self,
        metric: usize,
        statistics: Statistics,
    ) -> Result<ScoreCell, String> {
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
        let status = Status::named(status)
            .ok_or_else(|| format!("no status is called `{status}`"))?;
        Ok(ScoreCell {
            metric,
            statistics,
            score,
            status,
            leaving_one_out: None,
            note: None,
        })
    }
}
