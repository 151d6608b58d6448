//! The interface of an importer.

use super::{
    error::ImportError,
    findings::ImportFindings,
    intake::{ImportOptions, Intake, Item},
    tree::Tree,
};

/// A format that can be read: an entry of [`FORMATS`](super::FORMATS).
#[derive(Debug)]
pub struct ImportFormat {
    /// The name of the format for `--format`.
    pub name: &'static str,
    /// A description of the files in one line.
    pub about: &'static str,
    /// Returns whether the files look like this format. It looks only at names, and at
    /// the beginnings of files if names are not enough.
    pub(super) fits: fn(&Tree) -> bool,
    /// Reads every record and passes it to the intake.
    pub(super) import: fn(&mut Intake<'_>) -> Result<(), ImportError>,
}

impl ImportFormat {
    /// Reads every record of `tree` and passes each to `sink` with the name of its split.
    ///
    /// # Errors
    /// Returns an error if a file cannot be read or is not what the format says, a
    /// record has no text, or `sink` refuses.
    pub fn import(
        &self,
        tree: &Tree,
        options: &ImportOptions,
        sink: &mut dyn FnMut(&str, Item) -> Result<(), ImportError>,
    ) -> Result<ImportFindings, ImportError> {
        let mut intake = Intake::new(tree, options, sink);
        (self.import)(&mut intake)?;
        intake.finish(self.name)
    }
}
