//! Why a plugin cannot be used.

use std::path::PathBuf;

use epitome_base::spec::SpecError;

use super::failure::PluginFailure;

/// Why a plugin cannot take part.
#[derive(Debug, thiserror::Error)]
pub enum PluginError {
    /// A file cannot be read, or says something wrong.
    #[error("{}: {problem}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// An argument is wrong.
    #[error("{0}")]
    Argument(String),
    /// Its name or parameters are.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// Its `build` or `version` command failed.
    #[error("plugin `{name}`: its `{what}` command failed: {problem}")]
    Command {
        /// The plugin.
        name: String,
        /// `build` or `version`.
        what: &'static str,
        /// What it said.
        problem: String,
    },
    /// It does not start as it must.
    #[error(
        "plugin `{name}`: {failure}\nhint: `epitome plugin check` says what it must do"
    )]
    Start {
        /// The plugin.
        name: String,
        /// What went wrong.
        failure: PluginFailure,
    },
    /// There is nothing that it does.
    #[error(
        "plugin `{name}`: its `does` is empty\nhint: it is a list of `summarise` and `keywords`"
    )]
    DoesNothing {
        /// The plugin.
        name: String,
    },
    /// It does not do what its declaration says.
    #[error("plugin `{name}`: its `plugin.toml` says more in `does` than it does")]
    Does {
        /// The plugin.
        name: String,
    },
}
