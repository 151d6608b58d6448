//! Reads Opinosis (Ganesan et al. 2010): `topics/NAME.txt.data` with a sentence of a
//! review on each line, in Windows-1252, and `summaries-gold/NAME/NAME.K.gold`.

use super::{
    error::ImportError,
    fields::{note, note_encoding},
    format::ImportFormat,
    intake::{Intake, folder_of, stem_of},
    tree::{Tree, ends},
};
use crate::record::Record;
use crate::record::starts_of_lines;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "opinosis",
    about: "topics/NAME.txt.data with summaries-gold/NAME/NAME.K.gold",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".txt.data").next().is_some()
}

fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending(".txt.data") {
        let id = stem_of(&path, ".txt.data").to_owned();
        let above = folder_of(folder_of(&path));
        let gold = match above {
            "" => format!("summaries-gold/{id}/"),
            above => format!("{above}/summaries-gold/{id}/"),
        };
        let files: Vec<String> = intake
            .tree
            .beginning_with(&gold)
            .filter(|path| ends(path, ".gold"))
            .map(str::to_owned)
            .collect();
        if files.is_empty() {
            intake.warn(&path, "no gold summaries for this topic");
        }

        let decoded = intake.text(&path)?;
        let mut record = Record {
            language: "en".into(),
            ..Record::default()
        };
        note_encoding(&mut record, decoded.encoding);
        for file in files {
            record.summaries.push(intake.text(&file)?.text);
        }
        record.id = id;
        note(&mut record, "multi_document", true);
        decoded.text.trim().clone_into(&mut record.text);
        // each review is a document of the cluster
        record.documents = starts_of_lines(&record.text);
        intake.document(&path, record)?;
    }
    Ok(())
}
