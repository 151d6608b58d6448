//! The lock of an imported corpus, `corpus.lock`: its origin with digests of its splits,
//! so that a change of the corpus is noticed.

use std::{collections::BTreeMap, fs, io, path::Path};

use epitome_base::whole_file;
use serde::{Deserialize, Serialize};

use super::{error::CorpusError, name::is_plain};

/// The name of the lock file, which is beside the splits.
pub const LOCK: &str = "corpus.lock";

/// The origin and the splits of an imported corpus. Made by
/// [`Library::add`](super::Library::add).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorpusLock {
    /// The name of the format that was read.
    pub format: String,
    /// The name of the file or folder that was read, without the folders above it.
    pub source: String,
    /// The version of the program that read it.
    pub epitome: String,
    /// The splits by name.
    pub splits: BTreeMap<String, LockedSplit>,
}

/// The counts and digests of an imported split.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockedSplit {
    /// The number of documents, or of judged summaries.
    pub records: u64,
    /// The number of reference summaries.
    pub summaries: u64,
    /// The number of gold keyphrases.
    pub keyphrases: u64,
    /// The BLAKE3 digest of the file.
    pub blake3: String,
    /// The BLAKE3 digest of the records' digests, in order: equal for equal
    /// records, in whichever way their file is written.
    pub content: String,
}

impl CorpusLock {
    /// Reads the lock in a folder. Returns `None` if there is none.
    ///
    /// # Errors
    /// Returns an error if it cannot be read or is not a lock.
    pub fn read(folder: &Path) -> Result<Option<Self>, CorpusError> {
        let path = folder.join(LOCK);
        match whole_file::read_text(&path) {
            Ok(text) => {
                let lock: Self =
                    toml::from_str(&text).map_err(|error| CorpusError::Record {
                        place: path.display().to_string(),
                        problem: format!("not a lock: {}", error.message()),
                    })?;
                // the names of splits become paths
                match lock.splits.keys().find(|split| !is_plain(split)) {
                    Some(split) => Err(CorpusError::Name {
                        name: split.clone(),
                        what: "split".to_owned(),
                    }),
                    None => Ok(Some(lock)),
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(CorpusError::unreadable(&path, error)),
        }
    }

    /// Writes the lock into a folder, under a temporary name first.
    ///
    /// # Errors
    /// Returns an error if it cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), CorpusError> {
        let path = folder.join(LOCK);
        let part = folder.join(format!("{LOCK}.part"));
        toml::to_string_pretty(self)
            .map_err(io::Error::other)
            .and_then(|text| fs::write(&part, text))
            .and_then(|()| fs::rename(&part, &path))
            .map_err(|error| CorpusError::unreadable(&path, error))
    }
}
