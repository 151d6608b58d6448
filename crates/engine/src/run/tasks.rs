//! What a corpus can be used for.

use epitome_base::spec::Built;
use epitome_corpora::{Corpus, CorpusError};
use epitome_metrics::{Metric, Task};

/// Which kinds of reference a corpus has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tasks {
    /// Reference summaries.
    pub summaries: bool,
    /// Gold keyphrases.
    pub keyphrases: bool,
    /// Several reference summaries of one document.
    pub agreement: bool,
}

/// How many records are looked at to see what a corpus is for.
const LOOKED_AT: usize = 64;

impl Tasks {
    /// What the first records of a corpus have. A broken record is found by the run.
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
            tasks.keyphrases |= !record.keyphrases.is_empty();
            tasks.agreement |= record.summaries.len() > 1;
        }
        Ok(tasks)
    }

    pub(super) fn has(self, task: Task) -> bool {
        match task {
            Task::Summaries => self.summaries,
            Task::Keyphrases => self.keyphrases,
        }
    }

    /// Only those that `metrics` measure; all where there are none.
    #[must_use]
    pub fn measured_by(self, metrics: &[Built<dyn Metric>]) -> Self {
        let measured =
            |task| metrics.is_empty() || metrics.iter().any(|m| m.value.task() == task);
        Self {
            summaries: self.summaries && measured(Task::Summaries),
            keyphrases: self.keyphrases && measured(Task::Keyphrases),
            agreement: self.agreement && measured(Task::Summaries),
        }
    }

    pub(super) fn any(self) -> bool {
        self.summaries || self.keyphrases
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self {
            summaries: self.summaries || other.summaries,
            keyphrases: self.keyphrases || other.keyphrases,
            agreement: self.agreement || other.agreement,
        }
    }
}
