//! The choices for line ends.

use serde::{Deserialize, Serialize};

/// What is made of line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineEnds {
    /// The lines of wrapped blocks are joined, all others end sentences.
    #[default]
    Auto,
    /// Every line end ends a sentence.
    Sentences,
    /// Only blank lines, and the line ends around what is no prose, end a sentence.
    Join,
}
