//! A corpus that is a file of JSON Lines: one record on each line.

use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
};

use super::{
    address::{Address, Place},
    corpus::{Corpus, Unparsed},
    error::CorpusError,
    line::lines,
    source::Source,
};

/// A corpus that is a file of JSON Lines. Records are read in 1 MiB buffers and parsed
/// later.
pub(super) struct JsonLines {
    name: String,
    path: PathBuf,
}

impl JsonLines {
    pub(super) fn new(name: String, path: &Path) -> Self {
        Self {
            name,
            path: path.to_owned(),
        }
    }

    fn open(&self) -> Result<File, CorpusError> {
        File::open(&self.path).map_err(|error| CorpusError::unreadable(&self.path, error))
    }
}

impl Corpus for JsonLines {
    fn name(&self) -> &str {
        &self.name
    }

    fn origin(&self) -> String {
        self.path.display().to_string()
    }

    fn address(&self) -> Address {
        Address::of(&self.name, Place::Path(self.origin()))
    }

    fn digest(&self) -> Result<blake3::Hash, CorpusError> {
        let mut hasher = blake3::Hasher::new();
        hasher
            .update_reader(self.open()?)
            .map_err(|error| CorpusError::unreadable(&self.path, error))?;
        Ok(hasher.finalize())
    }

    fn bytes(&self) -> u64 {
        self.path.metadata().map_or(0, |metadata| metadata.len())
    }

    fn records(&self) -> Result<Unparsed<'_>, CorpusError> {
        let reader = BufReader::with_capacity(1 << 20, self.open()?);
        let lines = lines(self.origin(), reader);
        Ok(Box::new(lines.map(|line| line.map(Source::Line))))
    }
}
