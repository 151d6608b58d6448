//! Finds a format by its name, or by what files look like.

use super::{FORMATS, format::ImportFormat, tree::Tree};

impl ImportFormat {
    /// Returns the format of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().copied().find(|format| format.name == name)
    }

    /// Returns the first format that the files look like.
    pub fn of(tree: &Tree) -> Option<&'static Self> {
        FORMATS.iter().copied().find(|format| (format.fits)(tree))
    }
}
