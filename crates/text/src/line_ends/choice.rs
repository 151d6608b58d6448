//! The choice of how line ends are treated.

use serde::{Deserialize, Serialize};

/// How line ends inside a text are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineEnds {
    /// Line ends inside wrapped blocks are joined; all others end a sentence.
    #[default]
    Auto,
    /// Every line end ends a sentence.
    Sentences,
    /// All line ends are joined, except blank lines and those next to lines that are no prose.
    Join,
}
