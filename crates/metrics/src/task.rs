//! What a metric measures.

use serde::{Deserialize, Serialize};

/// What kind of output a system gives and a metric measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Task {
    /// Summaries: a text of sentences.
    Summaries,
    /// Keyphrases: a list, the best first.
    Keyphrases,
}
