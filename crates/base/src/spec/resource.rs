//! The files that an entry is built with. They are read here, before the core is called.

use std::{fs, io, path::Path};

/// The contents of a [`ParameterKind::File`](super::ParameterKind::File) parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// The path as given.
    pub path: String,
    /// The bytes of the file; for a folder those of its files one after the other.
    pub bytes: Vec<u8>,
    /// The only language of documents that the file is for; `None` if it is for all.
    pub language: Option<&'static str>,
}

impl Resource {
    /// Reads a file, or the files called `names` in a folder.
    pub(super) fn read(path: &str, names: &[&str]) -> io::Result<Self> {
        let place = Path::new(path);
        let mut bytes = Vec::new();
        if place.is_dir() && !names.is_empty() {
            for name in names {
                bytes.extend(fs::read(place.join(name))?);
                bytes.push(b'\n');
            }
        } else {
            bytes = fs::read(place)?;
        }
        Ok(Self {
            path: path.to_owned(),
            bytes,
            language: None,
        })
    }

    /// Returns a digest of the bytes as 16 hexadecimal digits.
    pub fn digest(&self) -> String {
        blake3::hash(&self.bytes).to_hex()[..16].to_owned()
    }
}
