//! Reads `TeMário` (Pardo & Rino 2003): `Textos-fonte/St-ID.txt` with
//! `Sumarios/Sum-ID.txt`, and ideal extracts as `Ext-ID.txt` if the distribution has
//! them.

use std::collections::BTreeMap;

use super::{
    error::ImportError,
    fields::{note, note_encoding},
    format::ImportFormat,
    intake::{Intake, name_of, stem_of},
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "temario",
    about: "Textos-fonte/St-ID.txt with Sumarios/Sum-ID.txt",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    let named = |prefix: &str| {
        tree.ending(".txt")
            .any(|path| name_of(path).starts_with(prefix))
    };
    named("St-") && named("Sum-")
}

fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    let paths = intake.ending(".txt");
    let mut named: BTreeMap<&str, &String> = BTreeMap::new();
    for path in &paths {
        named.entry(stem_of(path, ".txt")).or_insert(path);
    }

    let find = |prefix: &str, id: &str| {
        named
            .get(format!("{prefix}{id}").as_str())
            .map(|path| (*path).clone())
    };

    for path in &paths {
        let Some(id) = stem_of(path, ".txt").strip_prefix("St-") else {
            continue;
        };
        let decoded = intake.text(path)?;
        let mut record = Record {
            id: id.to_owned(),
            text: decoded.text,
            language: "pt".into(),
            ..Record::default()
        };
        note_encoding(&mut record, decoded.encoding);

        let summary = find("Sum-", id);
        let summary = intake.text_of(summary.as_deref(), || {
            format!("{path}: no summary `Sum-{id}.txt`")
        })?;
        record.summaries.extend(summary.map(|summary| summary.text));

        if let Some(extract) = find("Ext-", id) {
            note(&mut record, "ideal_extract", intake.text(&extract)?.text);
        }
        intake.document(path, record)?;
    }

    for path in &paths {
        let id = stem_of(path, ".txt").strip_prefix("Sum-");
        if id.is_some_and(|id| find("St-", id).is_none()) {
            intake.warn(path, "a summary of a text that is not there");
        }
    }
    Ok(())
}
