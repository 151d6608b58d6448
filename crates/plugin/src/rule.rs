//! A rule about a file or folder.

use std::path::PathBuf;

/// What may be done with a path and everything below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Right {
    /// The names in folders may be read.
    List,
    /// Files may be read and run.
    Read,
    /// A device may be read, written and controlled.
    Device,
    /// Files and folders may be read, made, changed and removed.
    Write,
}

/// A right to a file or a folder that exists.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rule {
    pub(super) path: PathBuf,
    pub(super) right: Right,
    pub(super) is_folder: bool,
}
