//! Taking fields out of JSON, and putting metadata into a record.

use serde_json::{Map, Value};

use super::{super::Record, ImportError, Intake};

/// One JSON object a line; blank lines are passed over.
pub(super) fn each_line(
    intake: &mut Intake<'_>,
    path: &str,
    mut each: impl FnMut(
        &mut Intake<'_>,
        usize,
        Map<String, Value>,
    ) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let text = intake.text(path)?.text;
    for (number, line) in text.split('\n').enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str(line) {
            Ok(Value::Object(fields)) => each(intake, number + 1, fields)?,
            Ok(_) => intake.warn(path, format!("line {}: not an object", number + 1)),
            Err(error) => {
                intake.warn(path, format!("line {}: not JSON: {error}", number + 1));
            }
        }
    }
    Ok(())
}

/// A string or a number as text; empty where there is none.
pub(super) fn string(fields: &Map<String, Value>, name: &str) -> String {
    fields.get(name).map(plain).unwrap_or_default()
}

/// A string or a list of strings, a list joined by line ends without white space at them.
pub(super) fn lines(fields: &Map<String, Value>, name: &str) -> String {
    let strings = strings(fields, name);
    let lines: Vec<&str> = strings.iter().map(|line| line.trim()).collect();
    lines.join("\n")
}

/// A list of strings; one string is a list of one.
pub(super) fn strings(fields: &Map<String, Value>, name: &str) -> Vec<String> {
    match fields.get(name) {
        Some(Value::Array(values)) => values.iter().map(plain).collect(),
        Some(Value::Null) | None => Vec::new(),
        Some(value) => vec![plain(value)],
    }
}

/// A value as text: strings as they are, lists joined by line ends.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}

/// Puts something under `meta` of a record.
pub(super) fn note(record: &mut Record, name: &str, value: impl Into<Value>) {
    let meta = record.metadata.entry("meta").or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(meta) = meta {
        meta.insert(name.to_owned(), value.into());
    }
}

/// Puts the keyphrases of one group of annotators beside the record.
pub(super) fn annotated(record: &mut Record, annotator: &str, phrases: &[String]) {
    let all = record
        .metadata
        .entry("keyphrases_per_annotator")
        .or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(all) = all {
        all.insert(annotator.to_owned(), phrases.into());
    }
}

/// Notes the encoding of a file where it is not UTF-8.
pub(super) fn note_encoding(record: &mut Record, encoding: &str) {
    if encoding != "UTF-8" {
        note(record, "encoding", encoding);
    }
}

/// A cluster of documents to be summarised as one: their texts one after the other, where
/// each begins, and their names in `meta`.
pub(super) fn cluster(record: &mut Record, documents: &[(String, String)]) {
    let texts: Vec<&str> = documents.iter().map(|(_, text)| text.trim()).collect();
    let mut start = 0;
    for text in &texts {
        record.documents.push(start);
        start += text.len() + 2; // the blank line between them
    }
    record.text = texts.join("\n\n");
    let names: Vec<&str> = documents.iter().map(|(name, _)| name.as_str()).collect();
    note(record, "document_names", names);
}
