//! A plugin as a system.

use super::{
    answer::Answered,
    plugin::{Outcome, Plugin, PluginOrigin},
    question::{AskedDocument, Length, PluginTask},
    supervisor::Supervisor,
    system_question::SystemQuestion,
};

/// A system that runs as a child process.
pub struct HostedPlugin {
    pub(super) task: PluginTask,
    pub(super) supervisor: Supervisor,
}

impl Plugin for HostedPlugin {
    fn name(&self) -> &str {
        &self.supervisor.name
    }

    fn task(&self) -> PluginTask {
        self.task
    }

    fn origin(&self) -> PluginOrigin {
        self.supervisor.origin()
    }

    fn work(&self, documents: &[AskedDocument<'_>], length: Length) -> Vec<Answered> {
        let questions = documents.iter().map(|&asked| SystemQuestion {
            task: self.task,
            asked,
            length,
        });
        self.supervisor.ask(&questions.collect::<Vec<_>>())
    }

    fn remember(&self, outcome: Outcome) {
        self.supervisor.remember(outcome);
    }
}
