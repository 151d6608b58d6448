//! The error of a file of a run that cannot be written or read.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Why rows could not be written or read: the path of a file with an error.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {error}")]
pub struct StoreError {
    path: PathBuf,
    error: io::Error,
}

impl StoreError {
    /// Returns an error of the file at `path`.
    pub fn new(path: &Path, error: impl Into<io::Error>) -> Self {
        Self {
            path: path.to_owned(),
            error: error.into(),
        }
    }

    /// Returns the error that the contents of the file at `path` are not valid.
    pub fn broken(path: &Path, problem: impl Into<String>) -> Self {
        Self::new(
            path,
            io::Error::new(io::ErrorKind::InvalidData, problem.into()),
        )
    }
}

/// Writes a file under another name first and then renames it, so that no reader sees a
/// part of it.
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
