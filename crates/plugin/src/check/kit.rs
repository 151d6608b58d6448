//! What a case has at hand.

use std::{cell::RefCell, time::Duration};

use epitome_text::{Analyser, Document};

use crate::{
    answer::Answer,
    error::PluginError,
    failure::{Fault, PluginFailure},
    message::shown,
    plugin::Plugin,
    question::{Length, PluginTask},
    session::Session,
};

use super::texts::Text;

/// How a case starts a process of its own.
pub(super) type Start<'a> = dyn Fn() -> Result<Session, String> + 'a;

/// A plugin under trial for one task. A case that it fails costs it its process.
pub(super) struct Kit<'a> {
    pub(super) task: PluginTask,
    pub(super) open: &'a dyn Fn() -> Result<Vec<Box<dyn Plugin>>, PluginError>,
    pub(super) plugin: RefCell<Option<Box<dyn Plugin>>>,
}

impl Kit<'_> {
    /// The answers to texts sent together; what is wrong with the first that is.
    pub(super) fn ask(
        &self,
        texts: &[Text],
        length: Length,
    ) -> Result<Vec<Answer>, String> {
        let documents: Vec<Document> = texts.iter().map(analysed).collect();
        let documents: Vec<&Document> = documents.iter().collect();
        let plugin = match self.plugin.take() {
            Some(plugin) => plugin,
            None => self.fresh()?,
        };
        let answers = plugin.work(&documents, length);
        let answers: Result<Vec<Answer>, String> = answers
            .into_iter()
            .map(|answered| answered.result.map_err(|failure| failure.to_string()))
            .collect();
        if answers.is_ok() {
            self.plugin.replace(Some(plugin));
        }
        answers
    }

    /// Ends the process, so that the next question goes to another.
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

    /// Whether it says that the same question always has the same answer.
    pub(super) fn is_deterministic(&self) -> Result<bool, String> {
        let plugin = self.fresh()?;
        Ok(!plugin.origin().version.ends_with("not deterministic"))
    }
}

fn analysed(text: &Text) -> Document {
    Analyser::default().analyse(text.source())
}

impl Session {
    /// Whether it says nothing by itself for a while.
    pub(super) fn stays_silent(mut self) -> Result<(), String> {
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

    /// Whether it ends when there is nothing more to read.
    pub(super) fn ends(self) -> Result<(), String> {
        const SOON: Duration = Duration::from_secs(2);
        match self.child.ends_by_itself(SOON) {
            true => Ok(()),
            false => Err("it goes on after its standard input has ended".to_owned()),
        }
    }
}
