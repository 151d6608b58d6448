//! The tools that the cases of the conformance check use.

use std::{cell::RefCell, time::Duration};

use epitome_text::{Analyser, Document};

use crate::{
    answer::Answer,
    error::PluginError,
    failure::{Fault, PluginFailure},
    message::shown,
    plugin::Plugin,
    question::{AskedDocument, Length, PluginTask},
    session::Session,
};

use super::texts::Text;

/// A function that starts a new process of the plugin for a case.
pub(super) type Start<'a> = dyn Fn() -> Result<Session, String> + 'a;

/// A plugin that is checked for one task. After a case that fails, its process is
/// restarted.
pub(super) struct Kit<'a> {
    pub(super) task: PluginTask,
    pub(super) open: &'a dyn Fn() -> Result<Vec<Box<dyn Plugin>>, PluginError>,
    pub(super) plugin: RefCell<Option<Box<dyn Plugin>>>,
}

impl Kit<'_> {
    /// Returns the answers to texts that are sent together, or what is wrong with the
    /// first wrong one.
    pub(super) fn ask(
        &self,
        texts: &[Text],
        length: Length,
    ) -> Result<Vec<Answer>, String> {
        let documents: Vec<Document> = texts.iter().map(analysed).collect();
        let questions: Vec<AskedDocument<'_>> =
            documents.iter().map(AskedDocument::from).collect();

        let plugin = match self.plugin.take() {
            Some(plugin) => plugin,
            None => self.fresh()?,
        };

        let answers = plugin.work(&questions, length);
        let answers: Result<Vec<Answer>, String> = answers
            .into_iter()
            .map(|answered| answered.result.map_err(|failure| failure.to_string()))
            .collect();

        // a process that failed a case is dropped, so that it cannot fail the next one
        if answers.is_ok() {
            self.plugin.replace(Some(plugin));
        }
        answers
    }

    /// Ends the process, so that the next question is sent to a new one.
    pub(super) fn restart(&self) {
        self.plugin.take();
    }

    fn fresh(&self) -> Result<Box<dyn Plugin>, String> {
        let opened = (self.open)().map_err(|error| error.to_string())?;
        let mut fitting = opened
            .into_iter()
            .filter(|plugin| plugin.task() == self.task);
        fitting
            .next()
            .ok_or_else(|| "it no longer does what it did".to_owned())
    }

    /// Returns whether the plugin claims that the same question always has the same
    /// answer.
    pub(super) fn is_deterministic(&self) -> Result<bool, String> {
        let plugin = self.fresh()?;
        Ok(!plugin.origin().version.ends_with("not deterministic"))
    }
}

fn analysed(text: &Text) -> Document {
    Analyser::default().analyse(text.source())
}

impl Session {
    /// Checks that the plugin sends nothing by itself for a while.
    pub(super) fn stays_silent(mut self) -> Result<(), String> {
        /// Long enough for a plugin that sends something without being asked.
        const WHILE: Duration = Duration::from_millis(300);

        let said = self.child.exchange(b"", WHILE, None, |line, _| {
            let line = shown(line);
            Err(PluginFailure::protocol(format!(
                "it wrote {line} without being asked"
            )))
        });
        match said {
            Err(failure) if failure.fault == Fault::Timeout => Ok(()),
            Err(failure) => Err(failure.to_string()),
            Ok(_) => Ok(()),
        }
    }

    /// Checks that the plugin ends when its input ends.
    pub(super) fn ends(self) -> Result<(), String> {
        /// Long enough for an interpreter to end.
        const SOON: Duration = Duration::from_secs(2);

        match self.child.ends_by_itself(SOON) {
            true => Ok(()),
            false => Err("it goes on after its standard input has ended".to_owned()),
        }
    }
}
