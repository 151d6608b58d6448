//! Reads `SciTLDR` (Cachola et al. 2020): each paper is a JSON line with `source`, a list
//! of sentences, and `target`, a list of one-sentence summaries.

use serde_json::Value;

use super::{
    error::ImportError,
    fields::{each_line, note, one_a_line, string, strings},
    format::ImportFormat,
    intake::Intake,
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "scitldr",
    about: "JSON Lines with source, source_labels, target, paper_id",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".jsonl").any(|path| {
        let beginning = tree.beginning(path, 1 << 16);
        beginning.contains("\"source_labels\"") && beginning.contains("\"target\"")
    })
}

/// Imports each paper with a sentence on each line. The authors' oracle labels are in
/// `meta.oracle_labels`.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending(".jsonl") {
        each_line(intake, &path, |intake, _, fields| {
            let mut record = Record {
                id: string(&fields, "paper_id"),
                text: one_a_line(&fields, "source"),
                title: string(&fields, "title"),
                language: "en".into(),
                summaries: strings(&fields, "target"),
                ..Record::default()
            };
            let labels = fields.get("source_labels").cloned().unwrap_or(Value::Null);
            note(&mut record, "oracle_labels", labels);
            note(&mut record, "sentences_presplit", true);
            intake.document(&path, record)
        })?;
    }
    Ok(())
}
