//! Reads `DialogSum` (Chen et al. 2021): each dialogue is a JSON line with `summary`, or
//! `summary1` to `summary3` in the test split.

use super::{
    error::ImportError,
    fields::{each_line, note, string},
    format::ImportFormat,
    intake::Intake,
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "dialogsum",
    about: "JSON Lines with fname, dialogue, summary or summary1 …",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".jsonl").any(|path| {
        let beginning = tree.beginning(path, 1 << 14);
        beginning.contains("\"fname\"") && beginning.contains("\"dialogue\"")
    })
}

fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    const SUMMARIES: [&str; 4] = ["summary", "summary1", "summary2", "summary3"];
    for path in intake.ending(".jsonl") {
        each_line(intake, &path, |intake, _, fields| {
            let mut record = Record {
                id: string(&fields, "fname"),
                text: string(&fields, "dialogue"),
                language: "en".into(),
                summaries: SUMMARIES.map(|name| string(&fields, name)).into(),
                ..Record::default()
            };
            for topic in ["topic", "topic1", "topic2", "topic3"] {
                if fields.contains_key(topic) {
                    note(&mut record, topic, string(&fields, topic));
                }
            }
            intake.document(&path, record)
        })?;
    }
    Ok(())
}
