//! Why a system or a metric has no result for a document.

use std::any::Any;

use epitome_base::embedding::EmbedderFailure;
use epitome_metrics::ExternalFailure;
pub use epitome_plugin::Fault;
use serde::{Deserialize, Serialize};

use crate::run::threads::guard::panic_text;

/// A fault with its message, as rows store both. Made when a system or a metric fails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFailure {
    /// The kind of fault, which is the status of the row.
    #[serde(rename = "status")]
    pub fault: Fault,
    /// One line about the fault; below it, the end of what a plugin wrote to standard
    /// error.
    pub message: String,
}

impl RowFailure {
    /// Returns an error of the program itself, without a plugin.
    pub(in crate::run) fn error(message: impl Into<String>) -> Self {
        Self {
            fault: Fault::Error,
            message: message.into(),
        }
    }

    /// Returns the failure of a system or metric that panicked, or whose embedder failed.
    pub(in crate::run) fn of_panic(panic: &(dyn Any + Send)) -> Self {
        let message = panic_text(panic).to_owned();
        match panic.is::<EmbedderFailure>() {
            true => Self::error(message),
            false => Self {
                fault: Fault::Crash,
                message,
            },
        }
    }

    /// Returns the failure with the first line of its message alone.
    pub(in crate::run) fn first_line(&self) -> Self {
        let line = self.message.lines().next();
        Self {
            fault: self.fault,
            message: line.unwrap_or("a panic without a message").to_owned(),
        }
    }
}

impl From<epitome_plugin::PluginFailure> for RowFailure {
    fn from(failure: epitome_plugin::PluginFailure) -> Self {
        Self {
            fault: failure.fault,
            message: failure.text(),
        }
    }
}

impl From<ExternalFailure> for RowFailure {
    fn from(failure: ExternalFailure) -> Self {
        Self {
            fault: Fault::named(failure.status).unwrap_or(Fault::Error),
            message: failure.message,
        }
    }
}

/// Writes the failure for a reader: `fault: message`.
impl std::fmt::Display for RowFailure {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {}", self.fault.name(), self.message)
    }
}

#[cfg(test)]
mod tests {
    use epitome_metrics::{Statistics, Task};

    use super::*;
    use crate::run::{
        About, DocumentOutcome, Extract, Layout, MetricLayout, ScoreCell, Status, Store,
        StoredRows, SystemKind, SystemLayout, SystemOutcome, Work,
        distributed::shard::{document_line, parse_document},
    };

    /// A message that contains the separators of the file that it is written to.
    const TRICKY: &str = "a: b: \"crash: c\", ok\nstderr: d: e";

    fn layout() -> Layout {
        let system = |name: &str| SystemLayout {
            name: name.to_owned(),
            task: Task::Summaries,
            kind: SystemKind::System,
        };
        let metric = |name: &str| MetricLayout {
            name: name.to_owned(),
            task: Task::Summaries,
            statistics: Vec::new(),
        };
        Layout {
            corpora: vec!["c".to_owned()],
            lengths: vec![Work::LENGTH],
            systems: vec![system("fails"), system("stands")],
            metrics: vec![metric("first"), metric("second")],
        }
    }

    /// A system that failed, and one on whose output each metric failed.
    fn failed(fault: Fault) -> DocumentOutcome {
        let failure = |message: &str| RowFailure {
            fault,
            message: message.to_owned(),
        };
        let cell = |metric, failure| ScoreCell {
            metric,
            statistics: Statistics::default(),
            score: None,
            status: Status::Failed(failure),
            leaving_one_out: None,
            note: None,
        };
        let fails = SystemOutcome {
            extract: None,
            failure: Some(failure(TRICKY)),
            clocks: None,
            cells: vec![cell(0, failure(TRICKY)), cell(1, failure(TRICKY))],
        };
        let text = Extract::first_of(&["It rose.".to_owned()]);
        let stands = SystemOutcome {
            extract: Some(text),
            failure: None,
            clocks: None,
            cells: vec![
                cell(0, failure("the metric `second`: x")),
                cell(1, failure("")),
            ],
        };
        let about = About {
            digest: String::new(),
            language: "en".to_owned(),
            sentences: 1,
            words: 2,
        };
        let (id, place) = ("d".to_owned(), "d".to_owned());
        DocumentOutcome {
            corpus: 0,
            id,
            place,
            about,
            systems: vec![fails, stands],
        }
    }

    #[test]
    fn a_failure_is_read_back_as_it_was_whatever_its_message_says() {
        for fault in [Fault::OutOfMemory, Fault::Timeout, Fault::Skipped] {
            let outcome = failed(fault);
            let wanted = format!("{outcome:?}");

            let folder = tempfile::tempdir().unwrap();
            let mut store = Store::create(folder.path(), layout()).unwrap();
            store.write(&outcome).unwrap();
            drop(store);
            let mut rows = StoredRows::open(folder.path(), layout()).unwrap();
            assert_eq!(format!("{:?}", rows.next().unwrap().unwrap()), wanted);

            let line = document_line(&layout(), &outcome);
            let read = parse_document(&layout(), line.as_bytes()).unwrap();
            assert_eq!(format!("{read:?}"), wanted);
        }
    }

    #[test]
    fn a_status_that_nothing_is_called_is_refused() {
        let line = document_line(&layout(), &failed(Fault::Error));
        let line = line.replace("\"status\":\"error\"", "\"status\":\"error: x\"");
        let refused = parse_document(&layout(), line.as_bytes()).unwrap_err();
        assert!(
            refused.contains("no failure is called `error: x`"),
            "{refused}"
        );
        assert_eq!(Status::named("crash: SIGSEGV"), None);
    }
}
