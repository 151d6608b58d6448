//! What a plugin is asked for.

use epitome_systems::rank::Budget;

/// What a plugin can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PluginTask {
    /// Sentences of a document.
    Summarise,
    /// Phrases of a document.
    Keywords,
}

/// How much is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Length {
    /// Of a summary.
    pub budget: Budget,
    /// Of a list of keyphrases.
    pub limit: usize,
}

/// Documents that are sent together: where the gain of sending more ends for Python and
/// Node.
pub const BATCH: usize = 8;
