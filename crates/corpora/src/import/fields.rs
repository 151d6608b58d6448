//! Reads fields of JSON objects and stores metadata in records.

use std::io::BufReader;

use serde_json::{Map, Value};

use super::{
    decode::{decode, is_utf16},
    error::ImportError,
    intake::Intake,
};
use crate::json;
use crate::{line::lines, record::Record};

/// Passes the JSON object of each line to `each`, with the line's number from 1. Reads
/// line by line, so that the size of the file does not matter. Blank lines are left out,
/// and so are lines that are no objects, with a warning. A line that is not UTF-8 is
/// decoded as [`decode`] decodes a file.
pub(super) fn each_line(
    intake: &mut Intake<'_>,
    path: &str,
    mut each: impl FnMut(
        &mut Intake<'_>,
        usize,
        Map<String, Value>,
    ) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let tree = intake.tree;
    let mut one = |number: usize, line: &str| match json::parse(line) {
        Ok(Value::Object(fields)) => each(intake, number, fields),
        Ok(_) => {
            intake.warn(path, format!("line {number}: not an object"));
            Ok(())
        }
        Err(error) => {
            intake.warn(path, format!("line {number}: not JSON: {error}"));
            Ok(())
        }
    };

    // line ends of UTF-16 are two bytes, so that the file is decoded first
    if is_utf16(tree.beginning_bytes(path)?.as_slice()) {
        let text = tree.text(path)?.text;
        let mut lines = text
            .split('\n')
            .enumerate()
            .filter(|(_, line)| !is_blank(line));
        return lines.try_for_each(|(at, line)| one(at + 1, line));
    }

    tree.reading(path, |reader| {
        let reader = BufReader::with_capacity(1 << 20, reader);
        for line in lines(tree.place(path), reader) {
            let line = line?;
            match str::from_utf8(&line.bytes) {
                Ok(text) => one(line.number as usize, text)?,
                Err(_) => one(line.number as usize, &decode(&line.bytes).text)?,
            }
        }
        Ok(())
    })
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// Returns a string or number as text; an empty text if there is no such field.
pub(super) fn string(fields: &Map<String, Value>, name: &str) -> String {
    fields.get(name).map(plain).unwrap_or_default()
}

/// Returns a string, or a list of strings with a line end between each two, without white
/// space around the strings.
pub(super) fn one_a_line(fields: &Map<String, Value>, name: &str) -> String {
    let strings = strings(fields, name);
    let lines: Vec<&str> = strings.iter().map(|line| line.trim()).collect();
    lines.join("\n")
}

/// Returns a list of strings. A single string is a list of one.
pub(super) fn strings(fields: &Map<String, Value>, name: &str) -> Vec<String> {
    match fields.get(name) {
        Some(Value::Array(values)) => values.iter().map(plain).collect(),
        Some(Value::Null) | None => Vec::new(),
        Some(value) => vec![plain(value)],
    }
}

/// Returns the objects of a list in a field.
pub(super) fn objects<'a>(
    fields: &'a Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = &'a Map<String, Value>> + use<'a> {
    let values = fields.get(name).and_then(Value::as_array);
    values.into_iter().flatten().filter_map(Value::as_object)
}

/// Returns a value as text: strings unchanged, lists joined by line ends.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(values) => plain_list(values),
        other => other.to_string(),
    }
}

/// Returns the values of a list as text, each on a line.
pub(crate) fn plain_list(values: &[Value]) -> String {
    values.iter().map(plain).collect::<Vec<_>>().join("\n")
}

/// Stores a value under `meta` of a record.
pub(super) fn note(record: &mut Record, name: &str, value: impl Into<Value>) {
    record.note(name, value);
}

/// Stores the keyphrases of one group of annotators in the metadata of a record.
pub(super) fn annotated(record: &mut Record, annotator: &str, phrases: &[String]) {
    let all = record
        .metadata
        .entry("keyphrases_per_annotator")
        .or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(all) = all {
        all.insert(annotator.to_owned(), phrases.into());
    }
}

/// Stores the encoding of a file in the metadata of a record, if it is not UTF-8.
pub(super) fn note_encoding(record: &mut Record, encoding: &str) {
    if encoding != "UTF-8" {
        note(record, "encoding", encoding);
    }
}

/// Makes the record a cluster of documents, which are given by name and text: their texts
/// one after the other, the beginning of each, and their names in `meta`. Empty documents
/// are left out.
pub(super) fn cluster(record: &mut Record, documents: &[(String, String)]) {
    let documents: Vec<(&str, &str)> = documents
        .iter()
        .map(|(name, text)| (name.as_str(), text.trim()))
        .filter(|(_, text)| !text.is_empty())
        .collect();

    let texts: Vec<&str> = documents.iter().map(|(_, text)| *text).collect();
    record.documents.clear();
    let mut start = 0;
    for text in &texts {
        record.documents.push(start);
        start += text.len() + 2; // the blank line between them
    }
    record.text = texts.join("\n\n");

    let names: Vec<&str> = documents.iter().map(|(name, _)| *name).collect();
    note(record, "document_names", names);
}
