//! The conformance check, which describes what a plugin does wrong.

mod cases;
mod kit;
mod texts;

use std::cell::RefCell;

use super::{
    declaration::{Declaration, PluginOptions},
    error::PluginError,
    question::PluginTask,
};

use cases::{Case, OF_ANSWERS, OF_PROCESSES};
use kit::Kit;

/// The result of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckVerdict {
    /// What was tried, such as `summarise: an empty document`.
    pub title: String,
    /// What was wrong and what to do instead; `None` if the plugin passed.
    pub problem: Option<String>,
}

/// Tries every case that applies to a plugin, and reports each result as soon as it is
/// known.
///
/// # Errors
/// Returns an error if it does not even start.
pub fn check(
    declaration: &Declaration,
    options: &PluginOptions,
    mut tell: impl FnMut(&CheckVerdict),
) -> Result<(), PluginError> {
    let spec = declaration.name.parse()?;
    let open = || declaration.open(&spec, options);
    let tasks: Vec<PluginTask> = open()?.iter().map(|plugin| plugin.task()).collect();

    let mut judge = |title: String, case: &Case, found: Result<(), String>| {
        let problem = found
            .err()
            .map(|problem| format!("{problem}\n{}", case.hint));
        tell(&CheckVerdict { title, problem });
    };

    for (case, try_it) in OF_PROCESSES {
        let found = try_it(&|| declaration.session(options));
        judge(case.title.to_owned(), case, found);
    }

    for task in tasks {
        let kit = Kit {
            task,
            open: &open,
            plugin: RefCell::new(None),
        };
        let name = match task {
            PluginTask::Summarise => "summarise",
            PluginTask::Keywords => "keywords",
        };
        for (case, try_it) in OF_ANSWERS {
            judge(format!("{name}: {}", case.title), case, try_it(&kit));
        }
    }
    Ok(())
}
