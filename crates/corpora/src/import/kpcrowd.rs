//! Reads 500N-KPCrowd (Marujo et al. 2012): `ID.txt` with `ID.key` and
//! `ID-CrowdCountskey`, which contains the number of readers, out of twenty, who chose
//! each phrase.

use serde_json::{Value, json};

use super::{
    error::ImportError,
    fields::{note, note_encoding},
    format::ImportFormat,
    intake::{Intake, stem_of},
    liaad::lines,
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "kpcrowd",
    about: "ID.txt with ID.key and ID-CrowdCountskey beside it",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending("-CrowdCountskey").next().is_some()
}

/// Imports each text: its first line is the title, and the part of the id before `-` is
/// the category.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending(".txt") {
        let base = path[..path.len() - ".txt".len()].to_owned();
        let [keys, counts] = [format!("{base}.key"), format!("{base}-CrowdCountskey")];
        if !intake.tree.has(&keys) && !intake.tree.has(&counts) {
            continue; // a README
        }

        let decoded = intake.text(&path)?;
        let (title, text) = decoded.text.split_once('\n').unwrap_or(("", &decoded.text));
        let id = stem_of(&path, ".txt").to_owned();
        let mut record = Record {
            title: title.to_owned(),
            text: text.to_owned(),
            language: "en".into(),
            ..Record::default()
        };
        note_encoding(&mut record, decoded.encoding);
        if let Some((category, _)) = id.split_once('-') {
            note(&mut record, "category", category);
        }

        let has = |path: &String| intake.tree.has(path);
        let (keys, counts) = (Some(keys).filter(has), Some(counts).filter(has));
        if let Some(keys) = intake.text_of(keys.as_deref(), || {
            format!("{path}: no key file for `{id}`")
        })? {
            record.keyphrases = lines(&keys.text);
        }

        if let Some(counts) = counts {
            note(
                &mut record,
                "crowd_counts",
                counted(&intake.text(&counts)?.text),
            );
        }

        record.id = id;
        intake.document(&path, record)?;
    }

    for path in intake.ending(".key") {
        let base = &path[..path.len() - ".key".len()];
        if !intake.tree.has(&format!("{base}.txt")) {
            intake.warn(&path, "keys of a text that is not there");
        }
    }
    Ok(())
}

/// Returns the phrases and counts of lines `phrase<tab>count`.
fn counted(text: &str) -> Vec<Value> {
    text.lines()
        .filter_map(|line| line.rsplit_once('\t'))
        .filter_map(|(phrase, count)| {
            let count: u64 = count.trim().parse().ok()?;
            Some(json!([phrase.trim(), count]))
        })
        .collect()
}
