//! Reads plain-English summaries of legal text (Manor & Li 2019): a JSON object of
//! objects with `original_text` and `reference_summary`.

use serde_json::{Map, Value};

use super::{
    error::ImportError,
    fields::{note, string},
    format::ImportFormat,
    intake::{Intake, name_of},
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "legal-plain",
    about: "{\"UID\": {\"original_text\": …, \"reference_summary\": …}}",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".json")
        .any(|path| tree.beginning(path, 1 << 14).contains("\"original_text\""))
}

fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending(".json") {
        let text = intake.text(&path)?.text;
        let all: Map<String, Value> = serde_json::from_str(&text)
            .map_err(|error| intake.broken(&path, format!("not JSON: {error}")))?;
        let source = name_of(&path)
            .split('.')
            .next()
            .unwrap_or_default()
            .to_owned();

        for (id, value) in all {
            let Value::Object(fields) = value else {
                intake.warn(&path, format!("`{id}` is not an object"));
                continue;
            };
            let mut record = Record {
                id,
                text: string(&fields, "original_text"),
                title: string(&fields, "title"),
                language: "en".into(),
                summaries: vec![string(&fields, "reference_summary")],
                ..Record::default()
            };
            note(&mut record, "source", source.as_str());
            note(&mut record, "doc", string(&fields, "doc"));
            intake.document(&path, record)?;
        }
    }
    Ok(())
}
