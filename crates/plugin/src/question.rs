//! What a system is asked: its task, and the most that it may return.

use epitome_systems::rank::Budget;

/// A task of plugins that are systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PluginTask {
    /// Selecting sentences of a document.
    Summarise,
    /// Finding keyphrases of a document.
    Keywords,
}

/// The maximum length of an output.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Length {
    /// The budget of a summary.
    pub budget: Budget,
    /// The number of phrases in a list of keyphrases.
    pub limit: usize,
}

/// The number of documents that are sent together. With more of them, Python and Node do
/// not become faster.
pub const BATCH: usize = 8;
