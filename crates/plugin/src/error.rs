//! The errors of plugins that cannot be used at all.

use std::path::PathBuf;

use epitome_base::spec::SpecError;

use super::failure::PluginFailure;

/// The reason why a plugin cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PluginError {
    /// A file cannot be read, or its contents are wrong.
    #[error("{}: {problem}", path.display())]
    File {
        /// The path of the file.
        path: PathBuf,
        /// What is wrong with the file.
        problem: String,
    },
    /// An argument of the command line is wrong.
    #[error("{0}")]
    Argument(String),
    /// The name or a parameter of the plugin is wrong.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// The `build` or `version` command of the plugin failed.
    #[error("plugin `{name}`: its `{what}` command failed: {problem}")]
    Command {
        /// The name of the plugin.
        name: String,
        /// The command that failed, `build` or `version`.
        what: &'static str,
        /// The error message of the command.
        problem: String,
    },
    /// It does not start as it must.
    #[error("plugin `{name}`: {failure}\nhint: {}", hint(failure, missing.as_ref()))]
    Start {
        /// The name of the plugin.
        name: String,
        /// What went wrong.
        failure: PluginFailure,
        /// The path of a file that the command seems to name and that is not there.
        missing: Option<PathBuf>,
    },
    /// It has another role than the one that it is declared in.
    #[error(
        "plugin `{name}`: it is {is}, and was declared as {declared}\nhint: `{option}` declares {is}"
    )]
    OtherRole {
        /// The name of the plugin.
        name: String,
        /// What it is.
        is: &'static str,
        /// What it was declared as.
        declared: &'static str,
        /// The option that declares what it is.
        option: &'static str,
    },
    /// What it says of its metric or vectors is wrong.
    #[error("plugin `{name}`: its `ready`: {problem}")]
    Ready {
        /// The name of the plugin.
        name: String,
        /// What is wrong.
        problem: String,
    },
    /// The declaration contains no task.
    #[error(
        "plugin `{name}`: its `does` is empty\nhint: it is a list of `summarise` and `keywords`, or `measure`, or `embed` and `embed-tokens`"
    )]
    DoesNothing {
        /// The name of the plugin.
        name: String,
    },
    /// The plugin does not offer the tasks that its declaration contains.
    #[error(
        "plugin `{name}`: `does` in its `plugin.toml` lists more than the plugin can do"
    )]
    Does {
        /// The name of the plugin.
        name: String,
    },
}

/// What helps a plugin that does not start.
fn hint(failure: &PluginFailure, missing: Option<&PathBuf>) -> String {
    const MISSING: [&str; 4] = [
        "ModuleNotFoundError",
        "ImportError",
        "Cannot find module",
        "ClassNotFound",
    ];
    if let Some(path) = missing {
        return format!(
            "there is no file {}; a plugin runs in a new folder, and names in its command are of the folder of its declaration",
            path.display()
        );
    }
    let hint = match MISSING.iter().any(|sign| failure.stderr.contains(sign)) {
        true => {
            "`HOME` is a new folder, and of the environment only `PATH` and what names an interpreter's world reach a plugin (`VIRTUAL_ENV`, `PYTHONPATH` …): `inherit = [\"NAME\"]` in plugin.toml passes on another variable, such as `HOME`"
        }
        false => "`epitome plugin check` says what it must do",
    };
    hint.to_owned()
}
