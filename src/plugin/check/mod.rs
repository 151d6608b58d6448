//! A conformance kit: what a plugin does wrong, in words.

mod cases;
mod texts;

use std::{cell::RefCell, time::Duration};

use crate::text::{Analyser, Document};

use super::{
    Answer, Declaration, Fault, Length, Options, Plugin, PluginError, Task,
    session::Session,
};

use cases::{Case, OF_ANSWERS, OF_PROCESSES};
use texts::Text;

/// What became of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What was tried: `summarise: an empty document`.
    pub title: String,
    /// What was wrong, and what to do instead.
    pub problem: Option<String>,
}

/// Tries every case that fits on a plugin, and tells of each as soon as it is known.
///
/// # Errors
/// It does not even start.
pub fn check(
    declaration: &Declaration,
    options: &Options,
    mut tell: impl FnMut(&Verdict),
) -> Result<(), PluginError> {
    let spec = declaration.name.parse()?;
    let open = || declaration.open(&spec, options);
    let tasks: Vec<Task> = open()?.iter().map(|plugin| plugin.task()).collect();
    let mut judge = |title: String, case: &Case, found: Result<(), String>| {
        let problem = found.err().map(|problem| format!("{problem}\n{}", case.hint));
        tell(&Verdict { title, problem });
    };
    for (case, try_it) in OF_PROCESSES {
        let start = || declaration.session(options);
        judge(case.title.to_owned(), case, try_it(&start));
    }
    for task in tasks {
        let kit = Kit { task, open: &open, plugin: RefCell::new(None) };
        let name = match task {
            Task::Summarise => "summarise",
            Task::Keywords => "keywords",
        };
        for (case, try_it) in OF_ANSWERS {
            judge(format!("{name}: {}", case.title), case, try_it(&kit));
        }
    }
    Ok(())
}

/// How a case starts a process of its own.
type Start<'a> = dyn Fn() -> Result<Session, String> + 'a;

/// A plugin under trial for one task. A case that it fails costs it its process.
struct Kit<'a> {
    task: Task,
    open: &'a dyn Fn() -> Result<Vec<Box<dyn Plugin>>, PluginError>,
    plugin: RefCell<Option<Box<dyn Plugin>>>,
}

impl Kit<'_> {
    /// The answers to texts sent together; what is wrong with the first that is.
    fn ask(&self, texts: &[Text], length: Length) -> Result<Vec<Answer>, String> {
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
    fn restart(&self) {
        self.plugin.take();
    }

    fn fresh(&self) -> Result<Box<dyn Plugin>, String> {
        let opened = (self.open)().map_err(|error| error.to_string())?;
        let mut fitting = opened.into_iter().filter(|plugin| plugin.task() == self.task);
        fitting.next().ok_or_else(|| "it no longer does what it did".to_owned())
    }

    /// Whether it says that the same question always has the same answer.
    fn is_deterministic(&self) -> Result<bool, String> {
        let plugin = self.fresh()?;
        Ok(!plugin.origin().version.ends_with("not deterministic"))
    }
}

fn analysed(text: &Text) -> Document {
    Analyser::default().analyse(text.source())
}

impl Session {
    /// Whether it says nothing by itself for a while.
    fn stays_silent(mut self) -> Result<(), String> {
        const WHILE: Duration = Duration::from_millis(300);
        let said = self.child.exchange(b"", WHILE, None, |line, _| {
            let line = super::message::shown(line);
            Err(super::Failure::protocol(format!("it wrote {line} without being asked")))
        });
        match said {
            Err(failure) if failure.fault == Fault::Timeout => Ok(()),
            Err(failure) => Err(failure.to_string()),
            Ok(_) => Ok(()),
        }
    }

    /// Whether it ends when there is nothing more to read.
    fn ends(self) -> Result<(), String> {
        const SOON: Duration = Duration::from_secs(2);
        match self.child.ends_by_itself(SOON) {
            true => Ok(()),
            false => Err("it goes on after its standard input has ended".to_owned()),
        }
    }
}
