//! Tables as CSV files.

use std::{
    io,
    path::{Path, PathBuf},
};

use serde::{Serialize, de::DeserializeOwned};

use epitome_engine::run::{StoreError, write_at_once};

/// Why a table could not be read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// It is not a table of this kind.
    #[error("{path}: {error}")]
    Csv {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: csv::Error,
    },
    /// A file of the run cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The rows of a file; none where there is no such file.
pub(super) fn read<R: DeserializeOwned>(path: &Path) -> Result<Vec<R>, TableError> {
    let refuse = |error| TableError::Csv {
        path: path.to_owned(),
        error,
    };
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(refuse(error.into())),
    };
    csv::Reader::from_reader(file)
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(refuse)
}

/// Writes rows under a header to a file, at once.
pub(super) fn write<R: Serialize>(
    path: &Path,
    rows: impl IntoIterator<Item = R>,
) -> Result<(), TableError> {
    Ok(write_at_once(path, &text(path, rows)?)?)
}

/// Rows under a header; `path` is for the error.
pub(super) fn text<R: Serialize>(
    path: &Path,
    rows: impl IntoIterator<Item = R>,
) -> Result<Vec<u8>, TableError> {
    let lay_out = || -> csv::Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in rows {
            writer.serialize(row)?;
        }
        writer
            .into_inner()
            .map_err(|error| error.into_error().into())
    };
    lay_out().map_err(|error| TableError::Csv {
        path: path.to_owned(),
        error,
    })
}
