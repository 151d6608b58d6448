//! Reads plain texts with the JSON references of ake-datasets: `test/ID.txt` and
//! `references/test.author.json`.

use super::{
    error::ImportError,
    fields::note_encoding,
    format::ImportFormat,
    intake::{Intake, folder_of, name_of, stem_of},
    references::References,
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "ake",
    about: "ID.txt with references/*.json: {\"ID\": [[\"phrase\", \"variant\"], …]}",
    fits,
    import,
};

fn is_reference(path: &str) -> bool {
    name_of(folder_of(path))
        .to_lowercase()
        .starts_with("reference")
}

fn fits(tree: &Tree) -> bool {
    tree.ending(".txt").next().is_some() && tree.ending(".json").any(is_reference)
}

fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    let mut references = References::of(intake)?;
    for path in intake.ending(".txt") {
        if is_reference(&path) {
            continue;
        }
        let decoded = intake.text(&path)?;
        let mut record = Record {
            id: stem_of(&path, ".txt").to_owned(),
            text: decoded.text,
            ..Record::default()
        };
        note_encoding(&mut record, decoded.encoding);
        references.add_to(intake, &path, &mut record)?;
        intake.document(&path, record)?;
    }
    references.finish(intake);
    Ok(())
}
