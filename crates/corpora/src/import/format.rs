//! A format that can be read.

use super::{
    error::ImportError,
    findings::ImportFindings,
    intake::{ImportOptions, Intake, Item},
    tree::Tree,
};

/// One format that can be read.
#[derive(Debug)]
pub struct ImportFormat {
    /// What `--format` calls it.
    pub name: &'static str,
    /// What it looks like, in one line.
    pub about: &'static str,
    /// Whether the files look like it. Only names are looked at, and beginnings of files
    /// where names do not tell.
    pub(super) fits: fn(&Tree) -> bool,
    /// Reads every record.
    pub(super) import: fn(&mut Intake<'_>) -> Result<(), ImportError>,
}

impl ImportFormat {
    /// Reads every record of `tree` and hands each to `sink` with the name of its split.
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
