//! Which system of a run is meant.

use epitome_metrics::Task;

use super::{layout::Layout, manifest::RunManifest, manifest_entries::SystemRecipe};

/// A name with its task: a summariser and an extractor may share a name, as `text-rank` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SystemId<'a> {
    /// The canonical name.
    pub name: &'a str,
    /// What the system does.
    pub task: Task,
}

/// A run has no such corpus, system or metric.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the run has no {kind} called `{name}`")]
pub struct NotInRun {
    /// What was looked for, in words.
    pub kind: &'static str,
    /// Its name.
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
    /// Where a system stands among those of the run.
    ///
    /// # Errors
    /// Returns an error if the run has no such system.
    pub fn system(&self, id: SystemId<'_>) -> Result<usize, NotInRun> {
        let is_it = |it: &SystemRecipe| (it.name.as_str(), it.task) == (id.name, id.task);
        self.systems
            .iter()
            .position(is_it)
            .ok_or_else(|| id.missing())
    }
}

impl Layout {
    /// Where a system stands.
    ///
    /// # Errors
    /// Returns an error if there is no such system.
    pub fn system(&self, id: SystemId<'_>) -> Result<usize, NotInRun> {
        let is_it =
            |it: &super::SystemLayout| (it.name.as_str(), it.task) == (id.name, id.task);
        self.systems
            .iter()
            .position(is_it)
            .ok_or_else(|| id.missing())
    }

    /// Where a corpus stands.
    ///
    /// # Errors
    /// Returns an error if there is no such corpus.
    pub fn corpus(&self, name: &str) -> Result<usize, NotInRun> {
        let found = self.corpora.iter().position(|corpus| corpus == name);
        found.ok_or_else(|| NotInRun::of("corpus", name))
    }

    /// Where a metric stands.
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
            budget: String::new(),
            kind: crate::run::SystemKind::System,
        };
        Layout {
            corpora: vec!["news".to_owned()],
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
