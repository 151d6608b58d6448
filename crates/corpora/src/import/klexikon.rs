//! Reads Klexikon (Aumiller & Gertz 2022): `wiki/TITLE.txt`, an article of the German
//! Wikipedia with a sentence on each line, and `klexikon/TITLE.txt`, the article for
//! children.

use super::{
    error::ImportError,
    fields::note_encoding,
    format::ImportFormat,
    intake::{Intake, folder_of, name_of, stem_of},
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "klexikon",
    about: "wiki/TITLE.txt with klexikon/TITLE.txt",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    let has = |name: &str| tree.paths().any(|path| name_of(folder_of(path)) == name);
    has("wiki") && has("klexikon")
}

fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending(".txt") {
        let Some(above) = folder_of(&path).strip_suffix("wiki") else {
            continue;
        };
        let title = stem_of(&path, ".txt").to_owned();
        let decoded = intake.text(&path)?;
        let summary = format!("{above}klexikon/{}", name_of(&path));
        let summary = intake.tree.has(&summary).then_some(summary);
        let summary = intake.text_of(summary.as_deref(), || {
            format!("{path}: no article of Klexikon beside it")
        })?;

        let mut record = Record {
            id: title.clone(),
            text: decoded.text,
            language: "de".into(),
            summaries: summary.map(|summary| summary.text).into_iter().collect(),
            title,
            ..Record::default()
        };
        note_encoding(&mut record, decoded.encoding);
        intake.document(&path, record)?;
    }

    for path in intake.ending(".txt") {
        let Some(above) = folder_of(&path).strip_suffix("klexikon") else {
            continue;
        };
        if !intake.tree.has(&format!("{above}wiki/{}", name_of(&path))) {
            intake.warn(&path, "an article for children without one for adults");
        }
    }
    Ok(())
}
