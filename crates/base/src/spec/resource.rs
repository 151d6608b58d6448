//! Files that an entry is built with: read here, at the rim, never in the core.

use std::{fs, io, path::Path};

/// The contents of a [`ParameterKind::File`](super::ParameterKind::File) parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// The path as given.
    pub path: String,
    /// The bytes; those of a folder's files one after the other.
    pub bytes: Vec<u8>,
    /// The only language whose documents it is for; none where it is for all.
    pub language: Option<&'static str>,
}

impl Resource {
    /// Reads a file, or the files called `names` of a folder.
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

    /// 16 hexadecimal digits that stand for the bytes.
    pub fn digest(&self) -> String {
        blake3::hash(&self.bytes).to_hex()[..16].to_owned()
    }
}
