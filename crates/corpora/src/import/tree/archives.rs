//! Reads archives with the crates of the feature `archives`.

use std::{
    borrow::Cow,
    fs::File,
    io::{self, BufReader, Read},
    path::Path,
};

use crate::import::error::ImportError;

/// A zip archive that is read in place.
pub(super) struct Zip(zip::ZipArchive<BufReader<File>>);

impl Zip {
    pub(super) fn open(path: &Path) -> Result<Self, ImportError> {
        let file =
            File::open(path).map_err(|error| ImportError::unreadable(path, error))?;
        let archive = zip::ZipArchive::new(BufReader::new(file));
        archive
            .map(Self)
            .map_err(|error| broken(path, "zip", &error))
    }

    /// Returns the name of each entry, or why it has none.
    pub(super) fn names(&self) -> Vec<Result<String, String>> {
        let names = (0..self.0.len()).filter_map(|at| self.0.name_for_index(at));
        names
            .map(|name| name.map(Cow::into_owned).map_err(|error| error.to_string()))
            .collect()
    }

    /// Returns a reader of the unpacked bytes of an entry.
    pub(super) fn file(&mut self, index: usize) -> io::Result<impl Read> {
        self.0.by_index(index).map_err(io::Error::other)
    }
}

/// Returns name, offset and length of each file in a tar.
pub(super) fn files_of_tar(
    path: &Path,
    file: &File,
) -> Result<Vec<(String, u64, u64)>, ImportError> {
    let refuse = |error: io::Error| broken(path, "tar", &error);
    let mut found = Vec::new();
    let mut archive = tar::Archive::new(BufReader::new(file));
    for entry in archive.entries().map_err(refuse)? {
        let entry = entry.map_err(refuse)?;
        if entry.header().entry_type().is_file() {
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            found.push((name, entry.raw_file_position(), entry.size()));
        }
    }
    Ok(found)
}

fn broken(path: &Path, kind: &'static str, problem: &dyn ToString) -> ImportError {
    ImportError::Archive {
        path: path.to_owned(),
        kind,
        problem: problem.to_string(),
    }
}
