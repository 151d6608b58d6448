//! The errors of the harness.

use crate::{
    corpus::{CorpusError, import::ImportError},
    embedder::EmbedderError,
    metric::SignatureError,
    name::FileNameError,
    plugin::PluginError,
    report::{PairingError, ReportError, ResultsError, TableError},
    run::{
        ContentsError, CountsError, FolderError, JudgementError, LockError, NotInRun,
        NotStarted, PlanError, RunError, StoreError, TextsError,
    },
    spec::SpecError,
    timing::{BenchError, TimingError},
};

use super::experiment::ExperimentError;

/// Error of the harness.
#[derive(Debug, thiserror::Error)]
#[expect(
    missing_docs,
    reason = "each variant holds an error of its own documentation"
)]
pub enum Error {
    #[error(transparent)]
    Spec(#[from] SpecError),
    #[error(transparent)]
    Signature(#[from] SignatureError),
    #[error(transparent)]
    Name(#[from] FileNameError),
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error(transparent)]
    Embedder(#[from] EmbedderError),
    #[error(transparent)]
    Plugin(#[from] PluginError),
    #[error(transparent)]
    Plan(#[from] PlanError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error(transparent)]
    Lock(#[from] LockError),
    #[error(transparent)]
    Contents(#[from] ContentsError),
    #[error(transparent)]
    Counts(#[from] CountsError),
    #[error(transparent)]
    NotInRun(#[from] NotInRun),
    #[error(transparent)]
    Texts(#[from] TextsError),
    #[error(transparent)]
    Judgement(#[from] JudgementError),
    #[error(transparent)]
    Table(#[from] TableError),
    #[error(transparent)]
    Results(#[from] ResultsError),
    #[error(transparent)]
    Pairing(#[from] PairingError),
    #[error(transparent)]
    Report(#[from] ReportError),
    #[error(transparent)]
    Timing(#[from] TimingError),
    #[error(transparent)]
    Bench(#[from] BenchError),
    #[error(transparent)]
    Experiment(#[from] ExperimentError),
    #[error(transparent)]
    NotStarted(#[from] NotStarted),
    /// A request is invalid; the text is the reason.
    #[error("{0}")]
    Input(String),
    /// Two runs or systems cannot be compared; the text is the reason.
    #[error("{0}")]
    NotComparable(String),
    /// There is nothing to do or to measure; the text is the reason.
    #[error("{0}")]
    NothingToDo(String),
    /// The listener or a signal stopped the work.
    #[error("interrupted: {kept}")]
    Interrupted {
        /// What has been kept, and how the work goes on.
        kept: String,
    },
}

/// The kind of an [`Error`], which callers may treat differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The request, a file or a program is wrong.
    Input,
    /// Two runs or systems cannot be compared.
    NotComparable,
    /// There is nothing to do or to measure.
    NothingToDo,
    /// The listener or a signal stopped the work.
    Interrupted,
}

impl Error {
    /// Returns that a run was stopped when it had the complete rows of so many documents.
    pub(super) fn stopped_after(documents: u64) -> Self {
        Self::Interrupted {
            kept: format!(
                "the rows of {documents} documents are complete\nhint: the same command again continues from there"
            ),
        }
    }

    /// Returns that a run is what it was before.
    pub(super) fn stopped_unchanged() -> Self {
        Self::Interrupted {
            kept: "the run is as it was".into(),
        }
    }

    /// Returns that tables were not made, which [`open_run`](super::open_run) makes up for.
    pub(super) fn stopped_before_tables() -> Self {
        let kept = "the rows are complete and the tables are not\nhint: `epitome compare` and all that read the run make them first";
        Self::Interrupted { kept: kept.into() }
    }

    /// Returns the kind of the error.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Pairing(_) | Self::NotComparable(_) => ErrorKind::NotComparable,
            Self::Plan(PlanError::Mismatch { .. })
            | Self::Judgement(JudgementError::Empty { .. })
            | Self::NothingToDo(_) => ErrorKind::NothingToDo,
            Self::Interrupted { .. } => ErrorKind::Interrupted,
            _ => ErrorKind::Input,
        }
    }
}

impl<E: Into<Self>> From<RunError<E>> for Error {
    fn from(error: RunError<E>) -> Self {
        match error {
            RunError::Corpus(error) => error.into(),
            RunError::Rows(error) => error.into(),
            RunError::NotStarted(error) => error.into(),
            RunError::Sink(error) => error.into(),
        }
    }
}
