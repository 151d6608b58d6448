//! `corpus.lock`: what was imported, with digests, so that a changed corpus is noticed.

use std::{collections::BTreeMap, fs, io, path::Path};

use serde::{Deserialize, Serialize};

use super::{error::CorpusError, name::is_plain};

/// The name of the file, beside the splits.
pub const LOCK: &str = "corpus.lock";

/// What was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorpusLock {
    /// The format that was read.
    pub format: String,
    /// The file or folder that was read, without the folders above it.
    pub source: String,
    /// Version of epitome that read it.
    pub epitome: String,
    /// Splits by name.
    pub splits: BTreeMap<String, LockedSplit>,
}

/// One split.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockedSplit {
    /// Documents, or judged summaries.
    pub records: u64,
    /// Reference summaries.
    pub summaries: u64,
    /// Gold keyphrases.
    pub keyphrases: u64,
    /// BLAKE3 of the file.
    pub blake3: String,
    /// BLAKE3 over the digests of the records, in order: equal however the file was
    /// written.
    pub content: String,
}

impl CorpusLock {
    /// Reads the lock of a folder; `None` where there is none.
    ///
    /// # Errors
    /// Returns an error if it cannot be read or is not a lock.
    pub fn read(folder: &Path) -> Result<Option<Self>, CorpusError> {
        let path = folder.join(LOCK);
        match fs::read_to_string(&path) {
            Ok(text) => {
                let lock: Self =
                    toml::from_str(&text).map_err(|error| CorpusError::Record {
                        place: path.display().to_string(),
                        problem: format!("not a lock: {}", error.message()),
                    })?;
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

    /// Writes it into a folder, under a temporary name first.
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
