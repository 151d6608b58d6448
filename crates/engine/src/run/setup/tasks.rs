//! The tasks that a corpus has references for.

use epitome_base::spec::Built;
use epitome_corpora::{Corpus, CorpusError};
use epitome_metrics::{Metric, Task};

/// The kinds of reference that a corpus has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is known by itself")]
pub struct Tasks {
    /// Whether there are reference summaries.
    pub summaries: bool,
    /// Whether there are answers to queries, or evidence for them, which summaries are
    /// measured by.
    pub questions: bool,
    /// Whether there are gold keyphrases.
    pub keyphrases: bool,
    /// Whether a document has several reference summaries.
    pub agreement: bool,
}

/// The number of records that are read to find out which references a corpus has.
const LOOKED_AT: usize = 64;

impl Tasks {
    /// Returns the kinds of reference in the first 64 records of a corpus. Stops at a
    /// broken record, which the run reports.
    ///
    /// # Errors
    /// Returns an error if the corpus cannot be opened.
    pub fn of(corpus: &dyn Corpus) -> Result<Self, CorpusError> {
        let mut tasks = Self::default();
        for source in corpus.records()?.take(LOOKED_AT) {
            let Ok(record) = source.and_then(epitome_corpora::Source::parse) else {
                break;
            };
            tasks.summaries |= !record.summaries.is_empty();
            tasks.questions |= !record.answers.is_empty() || !record.evidence.is_empty();
            tasks.keyphrases |= !record.keyphrases.is_empty();
            tasks.agreement |= record.summaries.len() > 1;
        }
        Ok(tasks)
    }

    pub(in crate::run) fn has(self, task: Task) -> bool {
        match task {
            Task::Summaries => self.summaries || self.questions,
            Task::Keyphrases => self.keyphrases,
        }
    }

    /// Returns the tasks that `metrics` measure, or all of them if there are no metrics.
    #[must_use]
    pub fn measured_by(self, metrics: &[Built<dyn Metric>]) -> Self {
        let measured =
            |task| metrics.is_empty() || metrics.iter().any(|m| m.value.task() == task);
        Self {
            summaries: self.summaries && measured(Task::Summaries),
            questions: self.questions && measured(Task::Summaries),
            keyphrases: self.keyphrases && measured(Task::Keyphrases),
            agreement: self.agreement && measured(Task::Summaries),
        }
    }

    pub(in crate::run) fn any(self) -> bool {
        self.summaries || self.questions || self.keyphrases
    }

    pub(in crate::run) fn or(self, other: Self) -> Self {
        Self {
            summaries: self.summaries || other.summaries,
            questions: self.questions || other.questions,
            keyphrases: self.keyphrases || other.keyphrases,
            agreement: self.agreement || other.agreement,
        }
    }
}
