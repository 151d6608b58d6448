//! Why a file of a run cannot be written or read.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Why rows could not be written or read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {error}")]
pub struct StoreError {
    path: PathBuf,
    error: io::Error,
}

impl StoreError {
    /// The error of a file.
    pub fn new(path: &Path, error: impl Into<io::Error>) -> Self {
        Self {
            path: path.to_owned(),
            error: error.into(),
        }
    }

    /// What is wrong with what a file holds.
    pub fn broken(path: &Path, problem: impl Into<String>) -> Self {
        Self::new(
            path,
            io::Error::new(io::ErrorKind::InvalidData, problem.into()),
        )
    }
}

/// Writes a file such that it is never seen in part: under another name first.
///
/// # Errors
/// Returns an error if the file cannot be written.
pub fn write_at_once(path: &Path, content: &[u8]) -> Result<(), StoreError> {
    let mut draft = path.as_os_str().to_owned();
    draft.push(".draft");
    fs::write(&draft, content)
        .and_then(|()| fs::rename(&draft, path))
        .map_err(|error| StoreError::new(path, error))
}
