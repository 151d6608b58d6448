//! `scaling.csv`: time and memory of systems by the length of the text.

use std::path::Path;

use serde::Deserialize;

use crate::table_file::{self, TableError};

/// A row of `scaling.csv`; `None` is an empty cell.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ScalingPoint {
    /// Name of the system; `(analysis)` for the analysis of the text.
    pub system: String,
    /// Number of sentences of the text; `None` in a row without a number there, such as one for an
    /// exponent.
    #[serde(deserialize_with = "csv::invalid_option")]
    pub sentences: Option<u64>,
    /// Processor time in milliseconds.
    pub cpu_ms: Option<f64>,
    /// Peak memory in 10⁶ bytes, without what the process used before.
    pub peak_mb: Option<f64>,
}

/// Reads the rows of a file; returns none if there is no such file.
///
/// # Errors
/// Returns an error if the file cannot be read.
pub fn read_scaling(path: &Path) -> Result<Vec<ScalingPoint>, TableError> {
    table_file::read(path)
}
