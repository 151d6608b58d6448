//! The conformance check, which describes what a plugin does wrong.

mod cases;
mod embed_cases;
mod embed_kit;
mod kit;
mod metric_cases;
mod metric_kit;
mod texts;

use std::cell::RefCell;

use super::{
    declaration::Declaration, error::PluginError, message::PluginRole,
    options::PluginOptions, question::PluginTask,
};
use epitome_base::spec::Spec;

use cases::{Case, OF_ANSWERS, OF_PROCESSES};
use embed_cases::OF_VECTORS;
use embed_kit::EmbedKit;
use kit::Kit;
use metric_cases::OF_SCORES;
use metric_kit::MetricKit;

/// The result of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckVerdict {
    /// What was tried, such as `summarise: an empty document`.
    pub title: String,
    /// What was wrong and what to do instead; `None` if the plugin passed.
    pub problem: Option<String>,
}

/// Tries every case that applies to a plugin in its role, and reports each result as soon as it is
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
    let role = declaration.role(&spec, options)?;

    for (case, try_it) in OF_PROCESSES {
        let found = try_it(&|| declaration.session(role, options));
        tell(&verdict(case.title.to_owned(), case, found));
    }

    match role {
        PluginRole::System => check_system(declaration, &spec, options, tell),
        PluginRole::Metric => {
            check_metric(declaration, &spec, options, tell);
            Ok(())
        }
        PluginRole::Embedder => {
            check_embedder(declaration, options, tell);
            Ok(())
        }
    }
}

/// Tries the cases about answers, for each task of a system.
fn check_system(
    declaration: &Declaration,
    spec: &Spec,
    options: &PluginOptions,
    mut tell: impl FnMut(&CheckVerdict),
) -> Result<(), PluginError> {
    let open = || declaration.open(spec, options);
    let tasks: Vec<PluginTask> = open()?.iter().map(|plugin| plugin.task()).collect();
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
            let title = format!("{name}: {}", case.title);
            tell(&verdict(title, case, try_it(&kit)));
        }
    }
    Ok(())
}

/// Tries the cases about scores.
fn check_metric(
    declaration: &Declaration,
    spec: &Spec,
    options: &PluginOptions,
    mut tell: impl FnMut(&CheckVerdict),
) {
    let open = || declaration.hosted_metric(spec, options);
    let kit = MetricKit {
        open: &open,
        metric: RefCell::new(None),
    };
    for (case, try_it) in OF_SCORES {
        let title = format!("measure: {}", case.title);
        tell(&verdict(title, case, try_it(&kit)));
    }
}

/// Tries the cases about vectors.
fn check_embedder(
    declaration: &Declaration,
    options: &PluginOptions,
    mut tell: impl FnMut(&CheckVerdict),
) {
    let open = || declaration.hosted_embedder(&declaration.name, options);
    let kit = EmbedKit {
        open: &open,
        embedder: RefCell::new(None),
    };
    for (case, try_it) in OF_VECTORS {
        let title = format!("embed: {}", case.title);
        tell(&verdict(title, case, try_it(&kit)));
    }
}

fn verdict(title: String, case: &Case, found: Result<(), String>) -> CheckVerdict {
    let problem = found
        .err()
        .map(|problem| format!("{problem}\n{}", case.hint));
    CheckVerdict { title, problem }
}
