//! The options of all plugins of a run.

use std::{path::PathBuf, time::Duration};

use super::{isolation::Isolation, limits::Stop};

/// Options for all plugins of a run. They have priority over the settings in a
/// `plugin.toml`.
#[derive(Debug, Clone, Default)]
pub struct PluginOptions {
    /// The time limit until the next answer.
    pub answer: Option<Duration>,
    /// The time limit from the start of a plugin until it is ready.
    pub start: Option<Duration>,
    /// The time limit for all documents.
    pub run: Option<Duration>,
    /// The time between the request to end and being killed.
    pub grace: Option<Duration>,
    /// The memory limit as text, such as `2 GiB`.
    pub memory: Option<String>,
    /// A command line that is put before that of each plugin, such as a sandbox.
    pub sandbox: Option<String>,
    /// What the kernel keeps the plugins from; if `None`, from files if it can and there is
    /// no sandbox.
    pub isolation: Option<Isolation>,
    /// Files and folders that an isolated plugin does not read, wherever they lie: the
    /// corpora and the results of a run.
    pub hidden: Vec<PathBuf>,
    /// The folder in which scores of metrics are kept; `None` if none are.
    pub kept_scores: Option<PathBuf>,
    /// The seed that is sent to plugins.
    pub seed: u64,
    /// The request that all plugins end.
    pub stop: Stop,
}
