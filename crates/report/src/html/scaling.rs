//! `scaling.csv`: how long systems take by the length of the text.

use std::path::Path;

use serde::Deserialize;

use crate::table_file::{self, TableError};

/// A row; empty cells are unknown.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ScalingPoint {
    /// System; `(analysis)` for what comes before every system.
    pub system: String,
    /// Sentences of the text; unknown in a row of another kind, such as an exponent.
    #[serde(deserialize_with = "csv::invalid_option")]
    pub sentences: Option<u64>,
    /// Processor time for it, in milliseconds.
    pub cpu_ms: Option<f64>,
    /// Memory above what the process held before, in million bytes.
    pub peak_mb: Option<f64>,
}

/// The rows of a file; none where there is no such file.
///
/// # Errors
/// Returns an error if it cannot be read.
pub fn read_scaling(path: &Path) -> Result<Vec<ScalingPoint>, TableError> {
    table_file::read(path)
}
