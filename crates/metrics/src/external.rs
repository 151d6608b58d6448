//! Metrics whose numbers are made outside of this program: by another program, or in a
//! file.

use std::sync::Arc;

use epitome_base::isolated::Isolated;

use super::score::Score;

/// A document as an external metric sees it: its references once, and all outputs for it.
#[derive(Debug, Clone, Default)]
pub struct ExternalQuestion<'a> {
    /// The name of the corpus; empty if the document is of none.
    pub corpus: &'a str,
    /// The id of the document.
    pub document: &'a str,
    /// The code of the language of the document.
    pub language: &'a str,
    /// The query that outputs are to answer; empty if there is none.
    pub query: &'a str,
    /// The references, each as segments: a text is one segment, a list of gold keyphrases
    /// has one for each phrase.
    pub references: &'a [Vec<String>],
    /// The sentences of the source document; empty if the metric does not
    /// [need](crate::MetricNeeds::source) them.
    pub source: &'a [String],
    /// The outputs to measure, of which there is at least one.
    pub candidates: Vec<ExternalCandidate<'a>>,
}

/// An output as an external metric sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalCandidate<'a> {
    /// The canonical name of the system that made it.
    pub system: &'a str,
    /// The output as segments, like a reference.
    pub segments: Vec<&'a str>,
}

/// Why an external metric has no score of an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalFailure {
    /// The status of the row: `error`, `timeout`, `crash`, `out of memory`, `protocol` or
    /// `skipped`.
    pub status: &'static str,
    /// A description of the failure.
    pub message: String,
}

/// What an external metric says of an output.
#[derive(Debug, Clone, PartialEq)]
pub struct ExternalMeasure {
    /// The score.
    pub score: Score,
    /// What the metric adds to it, such as the reason of a judge: a text without control
    /// characters, not empty. `None` if it adds nothing.
    pub note: Option<String>,
}

impl From<Score> for ExternalMeasure {
    fn from(score: Score) -> Self {
        Self { score, note: None }
    }
}

/// The measure of an output by an external metric, or why there is none.
pub type ExternalScore = Result<ExternalMeasure, ExternalFailure>;

/// The origin of the numbers of an external metric, which the manifest of a run records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalOrigin {
    /// The version of the program, or the digest of the file.
    pub version: String,
    /// The command that is run, or the path of the file.
    pub command: String,
    /// The digest of the files that run; empty if none are known.
    pub program: String,
    /// What the program is kept from; `None` for what is no process of its own.
    pub isolation: Option<Isolated>,
}

/// What became of a document in an earlier part of the same run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExternalOutcome {
    /// There was a score of at least one of its outputs.
    Scored,
    /// There was a failure for each of them.
    Failed,
    /// The metric was not asked, since it had failed too often.
    Skipped,
}

/// The source of an external metric's numbers. Unlike a [`Metric`](crate::Metric) it may fail, and is
/// asked for documents in the order of the corpus, by one thread.
pub trait ExternalMetric: Send + Sync {
    /// Returns a score or a failure for each candidate of each question, in their order.
    fn measure(&self, questions: &[ExternalQuestion<'_>]) -> Vec<Vec<ExternalScore>>;

    /// Returns the origin of the numbers.
    fn origin(&self) -> ExternalOrigin;

    /// Returns whether the numbers are made of the texts of a question. By default they are;
    /// otherwise documents and systems are enough.
    fn reads_texts(&self) -> bool {
        true
    }

    /// Records the outcome of the next document in an earlier part of the same run. It must
    /// be called before the first question.
    fn remember(&self, _: ExternalOutcome) {}

    /// Returns what a reader of the scores should know beside them, as sentences without a
    /// final stop. By default there is nothing.
    fn remarks(&self) -> Vec<String> {
        Vec::new()
    }
}

impl<M: ExternalMetric + ?Sized> ExternalMetric for Arc<M> {
    fn measure(&self, questions: &[ExternalQuestion<'_>]) -> Vec<Vec<ExternalScore>> {
        (**self).measure(questions)
    }

    fn origin(&self) -> ExternalOrigin {
        (**self).origin()
    }

    fn remember(&self, outcome: ExternalOutcome) {
        (**self).remember(outcome);
    }

    fn reads_texts(&self) -> bool {
        (**self).reads_texts()
    }

    fn remarks(&self) -> Vec<String> {
        (**self).remarks()
    }
}
