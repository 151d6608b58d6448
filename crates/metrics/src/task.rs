//! The task that a system solves and a metric measures.

use serde::{Deserialize, Serialize};

/// The kind of output that a system returns and a metric measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Task {
    /// Summaries: an output is a text of sentences.
    Summaries,
    /// Keyphrases: an output is a list of phrases, the best first.
    Keyphrases,
}
