//! The format of a name, and the format that files look like.

use super::{FORMATS, format::ImportFormat, tree::Tree};

impl ImportFormat {
    /// The format of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().copied().find(|format| format.name == name)
    }

    /// The first format that the files look like.
    pub fn of(tree: &Tree) -> Option<&'static Self> {
        FORMATS.iter().copied().find(|format| (format.fits)(tree))
    }
}
