//! Identifies a system of a run by name and task.

use epitome_metrics::Task;

use crate::run::setup::layout::Layout;

use super::manifest::RunManifest;

/// The name of a system with its task. A summariser and an extractor may have the same
/// name, as `text-rank` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SystemId<'a> {
    /// The canonical name.
    pub name: &'a str,
    /// The kind of the system's outputs.
    pub task: Task,
}

/// The error that a run has no corpus, system or metric of a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the run has no {kind} called `{name}`")]
pub struct NotInRun {
    /// The kind of what was looked for, in words.
    pub kind: &'static str,
    /// The name that was looked for.
    pub name: String,
}

impl NotInRun {
    fn of(kind: &'static str, name: &str) -> Self {
        Self {
            kind,
            name: name.to_owned(),
        }
    }
}

impl SystemId<'_> {
    fn missing(self) -> NotInRun {
        let kind = match self.task {
            Task::Summaries => "summariser",
            Task::Keyphrases => "keyword extractor",
        };
        NotInRun::of(kind, self.name)
    }
}

impl RunManifest {
    /// Returns the index of a system in the run.
    ///
    /// # Errors
    /// Returns an error if the run has no such system.
    pub fn system(&self, id: SystemId<'_>) -> Result<usize, NotInRun> {
        self.systems
            .iter()
            .position(|it| (it.name.as_str(), it.task) == (id.name, id.task))
            .ok_or_else(|| id.missing())
    }
}

impl Layout {
    /// Returns the index of a system in the layout.
    ///
    /// # Errors
    /// Returns an error if there is no such system.
    pub fn system(&self, id: SystemId<'_>) -> Result<usize, NotInRun> {
        self.systems
            .iter()
            .position(|it| (it.name.as_str(), it.task) == (id.name, id.task))
            .ok_or_else(|| id.missing())
    }

    /// Returns the index of a corpus in the layout.
    ///
    /// # Errors
    /// Returns an error if there is no such corpus.
    pub fn corpus(&self, name: &str) -> Result<usize, NotInRun> {
        let found = self.corpora.iter().position(|corpus| corpus == name);
        found.ok_or_else(|| NotInRun::of("corpus", name))
    }

    /// Returns the index of a metric in the layout.
    ///
    /// # Errors
    /// Returns an error if there is no such metric.
    pub fn metric(&self, name: &str) -> Result<usize, NotInRun> {
        let found = self.metrics.iter().position(|metric| metric.name == name);
        found.ok_or_else(|| NotInRun::of("metric", name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::SystemLayout;

    fn layout() -> Layout {
        let system = |name: &str, task| SystemLayout {
            name: name.to_owned(),
            task,
            kind: crate::run::SystemKind::System,
        };
        Layout {
            corpora: vec!["news".to_owned()],
            lengths: vec![crate::run::Work::LENGTH],
            systems: vec![
                system("lead", Task::Summaries),
                system("text-rank", Task::Summaries),
                system("text-rank", Task::Keyphrases),
            ],
            metrics: Vec::new(),
        }
    }

    #[test]
    fn namesakes_are_told_apart_by_their_task() {
        let find = |task| {
            layout().system(SystemId {
                name: "text-rank",
                task,
            })
        };
        assert_eq!(find(Task::Summaries), Ok(1));
        assert_eq!(find(Task::Keyphrases), Ok(2));
    }

    #[test]
    fn what_is_not_there_is_not_the_first() {
        let lead = SystemId {
            name: "lead",
            task: Task::Keyphrases,
        };
        let error = layout().system(lead).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the run has no keyword extractor called `lead`"
        );
        assert!(layout().corpus("news").is_ok());
        assert!(layout().corpus("stories").is_err() && layout().metric("bleu").is_err());
    }
}
