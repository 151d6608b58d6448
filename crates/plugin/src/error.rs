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
    /// The plugin does not start as the protocol requires.
    #[error(
        "plugin `{name}`: {failure}\nhint: `epitome plugin check` says what it must do"
    )]
    Start {
        /// The name of the plugin.
        name: String,
        /// What went wrong.
        failure: PluginFailure,
    },
    /// The declaration contains no task.
    #[error(
        "plugin `{name}`: its `does` is empty\nhint: it is a list of `summarise` and `keywords`"
    )]
    DoesNothing {
        /// The name of the plugin.
        name: String,
    },
    /// The plugin does not offer the tasks that its declaration contains.
    #[error("plugin `{name}`: its `plugin.toml` says more in `does` than it does")]
    Does {
        /// The name of the plugin.
        name: String,
    },
}
