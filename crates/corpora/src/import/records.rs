//! Reads JSON Lines (or a single JSON list) whose fields have the names of well-known
//! exports: the Hugging Face hub's `CNN/DailyMail`, `XSum`, Newsroom, `BillSum`, `arXiv`,
//! `PubMed`, Multi-News, XL-Sum and MLSUM, `KP20k` and `KPTimes`, and the names of our
//! own format.

use serde_json::{Map, Value};

use super::{
    error::ImportError,
    fields::{cluster, plain, string, strings},
    format::ImportFormat,
    intake::{Intake, stem_of},
    markup::without_tags,
    tree::Tree,
};
use crate::{column_names, json_field::divided, record::Record};

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "records",
    about: "JSON Lines with named fields; --columns text=body,summaries=abstract names them",
    fits,
    import,
};

/// The key under which data sets of the Hugging Face hub have their records.
const WRAPPER: &str = "data";

/// The separator between the articles of a cluster in Multi-News.
const CLUSTER_MARK: &str = "|||||";

fn fits(tree: &Tree) -> bool {
    tree.ending(".jsonl")
        .chain(tree.ending(".json"))
        .next()
        .is_some()
}

fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending(".jsonl") {
        super::fields::each_line(intake, &path, |intake, number, fields| {
            let record = record(intake, &path, number, &fields);
            intake.document(&path, record)
        })?;
    }

    for path in intake.ending(".json") {
        let text = intake.text(&path)?.text;
        if let Some(list) = objects(&text) {
            for (index, fields) in list.iter().enumerate() {
                let record = record(intake, &path, index + 1, fields);
                intake.document(&path, record)?;
            }
        } else {
            // files that are JSON Lines under a shorter name
            super::fields::each_line(intake, &path, |intake, number, fields| {
                let record = record(intake, &path, number, &fields);
                intake.document(&path, record)
            })?;
        }
    }
    Ok(())
}

/// Returns the objects of a JSON text: of a list, of the list `data` in an object, or one
/// after the other, on one line or several; `None` if the text is none of these.
fn objects(text: &str) -> Option<Vec<Map<String, Value>>> {
    if let Ok(list) = serde_json::from_str(text) {
        return Some(list);
    }
    let found = serde_json::Deserializer::from_str(text).into_iter();
    let mut found = found.collect::<Result<Vec<Map<String, Value>>, _>>().ok()?;
    let has_text = |fields: &Map<String, Value>| {
        fields.keys().any(|name| column_names::is_of_text(name))
    };
    match found.as_mut_slice() {
        [] => None,
        [one] if !has_text(one) => {
            let list = one.get_mut(WRAPPER).map(Value::take)?;
            serde_json::from_value(list).ok()
        }
        _ => Some(found),
    }
}

/// Returns the record of the fields of a line, whose number names it if it has no id.
pub(super) fn record(
    intake: &Intake<'_>,
    path: &str,
    number: usize,
    fields: &Map<String, Value>,
) -> Record {
    let known: Vec<&str> = fields.keys().map(String::as_str).collect();
    let find = |what: &str| column(intake, what, &known);
    let get = |what: &str| {
        find(what)
            .map(|name| string(fields, name))
            .unwrap_or_default()
    };
    let id = match get("id") {
        id if id.is_empty() => {
            format!(
                "{}-{number}",
                stem_of(path, ".jsonl").trim_end_matches(".json")
            )
        }
        id => id,
    };

    let text = find("text");
    // an abstract is the text if there is no other, and otherwise the summary
    let summary = find("summaries").filter(|name| Some(*name) != text);

    let mut record = Record {
        id,
        text: get("text"),
        title: get("title"),
        language: get("lang"),
        summaries: summary
            .map(|name| summaries(fields, name))
            .unwrap_or_default(),
        keyphrases: find("keyphrases")
            .map(|name| keyphrases(fields.get(name)))
            .unwrap_or_default(),
        query: get("query"),
        answers: find("answers")
            .map(|name| strings(fields, name))
            .unwrap_or_default(),
        ..Record::default()
    };

    if record.text.contains(CLUSTER_MARK) {
        let parts = record.text.split(CLUSTER_MARK).map(str::trim);
        let parts = parts.filter(|part| !part.is_empty()).enumerate();
        let parts: Vec<_> = parts
            .map(|(i, text)| ((i + 1).to_string(), text.to_owned()))
            .collect();
        cluster(&mut record, &parts);
    }
    record
}

/// Returns the column that has the role `what`: the one that the user names, or the first
/// known name.
pub(super) fn column<'a>(
    intake: &Intake<'_>,
    what: &str,
    columns: &[&'a str],
) -> Option<&'a str> {
    column_names::find(intake.options.columns.pairs(), what, columns)
}

/// Returns the summaries in a field. A list under `abstract_text` is one summary of
/// sentences marked `<S>`; other lists are several summaries.
fn summaries(fields: &Map<String, Value>, name: &str) -> Vec<String> {
    match (name, fields.get(name)) {
        ("abstract_text", Some(sentences @ Value::Array(_))) => {
            vec![without_tags(&plain(sentences))]
        }
        _ => strings(fields, name),
    }
}

/// Returns keyphrases from a list, or from a text with `;` between phrases (`,` if there
/// is no `;`).
pub(super) fn keyphrases(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => divided(text),
        Some(Value::Array(values)) => values.iter().map(plain).collect(),
        _ => Vec::new(),
    }
}
