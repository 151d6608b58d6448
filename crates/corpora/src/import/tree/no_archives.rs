//! Replaces [`archives`](self) if the crate is built without that feature: every archive
//! is refused by its name.

use std::{convert::Infallible, fs::File, io, path::Path};

use crate::import::error::ImportError;

/// A zip archive, which is never opened.
pub(super) struct Zip(Infallible);

impl Zip {
    pub(super) fn open(path: &Path) -> Result<Self, ImportError> {
        Err(refused(path, "zip"))
    }

    pub(super) fn names(&self) -> std::iter::Empty<&str> {
        match self.0 {}
    }

    pub(super) fn file(&self, _: usize) -> io::Result<io::Empty> {
        match self.0 {}
    }
}

pub(super) fn files_of_tar(
    path: &Path,
    _: &File,
) -> Result<Vec<(String, u64, u64)>, ImportError> {
    Err(refused(path, "tar"))
}

fn refused(path: &Path, kind: &'static str) -> ImportError {
    let problem = "built without the feature `archives`".to_owned();
    ImportError::Archive {
        path: path.to_owned(),
        kind,
        problem,
    }
}
