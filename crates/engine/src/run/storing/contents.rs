//! The files of a finished run, as its manifest lists them with lengths and digests, and
//! their check, which is made whenever its folder is opened.

use std::{
    collections::BTreeMap,
    fs::File,
    io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{marks::Marks, row_files::NAMES, store_error::StoreError};

/// The names of the tables that are derived from the rows of a run.
const TABLES: [&str; 4] = ["leaderboard.csv", "comparisons.csv", "across.csv", PEOPLE];

/// The name of the table that only runs with several references have.
const PEOPLE: &str = "human.csv";

/// The files of a finished run, kept in its manifest. Made when the run ends.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contents {
    /// The number of documents that have rows; in a run that has only sums, the number of
    /// documents in the sums.
    pub documents: u64,
    /// The files of rows by name; empty in a run that was put together from sums.
    pub rows: BTreeMap<String, FileDigest>,
    /// The tables derived from these rows by name; empty if they are still to be derived.
    pub tables: BTreeMap<String, FileDigest>,
}

/// The length and the digest of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileDigest {
    /// The length in bytes.
    pub bytes: u64,
    /// The BLAKE3 digest in hexadecimal digits.
    pub blake3: String,
}

/// Why a folder is not the finished or growing run that its manifest describes.
#[derive(Debug, thiserror::Error)]
pub enum ContentsError {
    /// The folder has no manifest, and therefore no run.
    #[error(
        "{folder}: there is no `manifest.json`\nhint: `epitome run` writes such a folder"
    )]
    NoRun {
        /// The folder that was opened.
        folder: PathBuf,
    },
    /// A file is not the one that the run ended with.
    #[error(
        "{path}: it has changed since the run: it is {found}, and the manifest says {wanted}\nhint: the command that made the run keeps what is intact and makes the rest again"
    )]
    Changed {
        /// The file that has changed.
        path: PathBuf,
        /// The length or digest that was found.
        found: String,
        /// The length or digest in the manifest.
        wanted: String,
    },
    /// The rows of a run that has not ended do not match their marks.
    #[error(
        "{path}: the rows of the run are not those that it marks as written\nhint: the command that made the run keeps what is intact and makes the rest again"
    )]
    Torn {
        /// The file of marks.
        path: PathBuf,
    },
    /// The run has begun but has no rows yet.
    #[error("{folder}: the run has no documents yet\nhint: run its command again")]
    Empty {
        /// The folder of the run.
        folder: PathBuf,
    },
    /// A replacement of rows was interrupted and has to be finished first.
    #[error(
        "{folder}: a replacement of its rows was interrupted\nhint: `epitome report` and the like finish it"
    )]
    Unsettled {
        /// The folder of the run.
        folder: PathBuf,
    },
    /// The manifest of a finished run has no digests.
    #[error(
        "{path}: the run is complete, but there are no digests of its files\nhint: run its command again, with the program that reads it"
    )]
    Unsealed {
        /// The manifest without digests.
        path: PathBuf,
    },
    /// A file cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl FileDigest {
    /// Returns the digest of what `hasher` has read, which is `bytes` bytes.
    pub(super) fn of(bytes: u64, hasher: &blake3::Hasher) -> Self {
        Self {
            bytes,
            blake3: hasher.finalize().to_hex().to_string(),
        }
    }

    /// Reads the file at `path` and returns its length and digest.
    fn read(path: &Path) -> Result<Self, StoreError> {
        let mut hasher = blake3::Hasher::new();
        File::open(path)
            .and_then(|file| hasher.update_reader(file).map(|_| ()))
            .map_err(|error| StoreError::new(path, error))?;
        Ok(Self::of(hasher.count(), &hasher))
    }

    /// Checks the file at `path`; its length first, which costs no reading.
    fn check(&self, path: &Path) -> Result<(), ContentsError> {
        let changed = |found: String, wanted: String| {
            Err(ContentsError::Changed {
                path: path.to_owned(),
                found,
                wanted,
            })
        };

        let length = match path.metadata() {
            Ok(metadata) => metadata.len(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return changed("not there".to_owned(), format!("{} bytes", self.bytes));
            }
            Err(error) => return Err(StoreError::new(path, error).into()),
        };
        if length != self.bytes {
            return changed(format!("{length} bytes"), format!("{}", self.bytes));
        }

        let found = Self::read(path)?;
        match found == *self {
            true => Ok(()),
            false => changed(format!("BLAKE3 {}", found.blake3), self.blake3.clone()),
        }
    }
}

impl Contents {
    /// Returns the contents of a run without rows, made from the sums of `documents`
    /// documents.
    pub fn without_rows(documents: u64) -> Self {
        Self {
            documents,
            ..Self::default()
        }
    }

    /// Checks every file of rows in `folder` and the last mark of the run.
    ///
    /// # Errors
    /// Returns an error if one is not what the run ended with; the error says which.
    pub fn check_rows(&self, folder: &Path) -> Result<(), ContentsError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        for name in NAMES {
            let path = folder.join(name);
            let wanted = self
                .rows
                .get(name)
                .ok_or(ContentsError::Unsealed { path })?;
            wanted.check(&folder.join(name))?;
        }

        let mark = Marks::last(folder).map_err(|e| StoreError::new(folder, e))?;
        let documents = mark.map_or(0, |mark| mark.documents);
        let lengths = NAMES.map(|name| self.rows[name].bytes);

        let fits = mark.is_some_and(|mark| {
            mark.documents == self.documents && mark.lengths == lengths
        });
        match fits {
            true => Ok(()),
            false => Err(ContentsError::Changed {
                path: Marks::path(folder),
                found: format!("a mark of {documents} documents"),
                wanted: format!("{}", self.documents),
            }),
        }
    }

    /// Checks every table in `folder` that is derived from the rows.
    ///
    /// # Errors
    /// Returns an error if one is not that of these rows; the error says which.
    pub fn check_tables(&self, folder: &Path) -> Result<(), ContentsError> {
        for name in TABLES {
            let path = folder.join(name);
            let Some(wanted) = self.tables.get(name) else {
                // a run with one reference has no such table
                if name == PEOPLE && !path.exists() {
                    continue;
                }
                let (found, wanted) = ("of other rows", "nothing of it");
                let (found, wanted) = (found.to_owned(), wanted.to_owned());
                return Err(ContentsError::Changed {
                    path,
                    found,
                    wanted,
                });
            };
            wanted.check(&path)?;
        }
        Ok(())
    }

    /// Records length and digest of the tables in `folder`, which must have been derived
    /// from these rows.
    ///
    /// # Errors
    /// Returns an error if one cannot be read.
    pub fn note_tables(&mut self, folder: &Path) -> Result<(), StoreError> {
        for name in TABLES {
            let path = folder.join(name);
            if name != PEOPLE || path.exists() {
                self.tables
                    .insert(name.to_owned(), FileDigest::read(&path)?);
            }
        }
        Ok(())
    }
}
