//! A line of a file of scores that were made elsewhere.

use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::metric_fields::MetricFields;

/// The contents of a line.
#[derive(Debug, Deserialize)]
pub(super) struct ScoreLine {
    #[serde(alias = "document", alias = "doc_id", alias = "hash")]
    pub(super) id: Id,
    #[serde(alias = "model_name")]
    pub(super) system: String,
    pub(super) corpus: Option<String>,
    #[serde(alias = "f1")]
    pub(super) value: Option<f64>,
    pub(super) precision: Option<f64>,
    pub(super) recall: Option<f64>,
    pub(super) error: Option<String>,
    pub(super) note: Option<String>,
}

/// The id of a document, as a text or as a number.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Id {
    Text(String),
    Number(u64),
}

/// The names of fields that only a line of scores has.
const OF_SCORES: [&str; 9] = [
    "id",
    "document",
    "doc_id",
    "hash",
    "system",
    "model_name",
    "value",
    "f1",
    "error",
];

impl fmt::Display for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => out.write_str(text),
            Self::Number(number) => write!(out, "{number}"),
        }
    }
}

impl ScoreLine {
    /// Reads a line. If a field is named, it has the value, and `null` in it is an error in
    /// place of a value.
    ///
    /// # Errors
    /// Returns what is wrong with the line.
    pub(super) fn read(line: &[u8], field: Option<&str>) -> Result<Self, String> {
        let Some(field) = field else {
            return serde_json::from_slice(line).map_err(|error| explained(&error));
        };
        let mut fields: Map<String, Value> =
            serde_json::from_slice(line).map_err(|error| explained(&error))?;
        let found = fields.remove(field).ok_or_else(|| {
            let names: Vec<&str> = fields.keys().map(String::as_str).collect();
            format!(
                "it has no field `{field}`: there are `{}`",
                names.join("`, `")
            )
        })?;
        for other in ["value", "f1", "precision", "recall", "error"] {
            fields.remove(other);
        }
        let (name, value) = match found {
            Value::Null => ("error", format!("`{field}` is null").into()),
            value => ("value", value),
        };
        fields.insert(name.to_owned(), value);
        serde_json::from_value(fields.into()).map_err(|error| explained(&error))
    }
}

/// Returns an error of JSON with what a line should be.
fn explained(error: &serde_json::Error) -> String {
    let hint = "hint: a line is `{\"id\": …, \"system\": …, \"value\": …}` with a finite number; `\"error\": \"why\"` stands for a score that there is none of";
    let error = error.to_string().replace(" at line 1 column", " in column");
    format!("{error}\n{hint}")
}

/// Returns the fields of a first line that describes the metric; `None` if it is the first
/// of the scores.
pub(super) fn header(line: &[u8]) -> Result<Option<MetricFields>, String> {
    let Ok(fields) = serde_json::from_slice::<Map<String, Value>>(line) else {
        return Ok(None); // it is refused as a line of scores
    };
    if OF_SCORES.iter().any(|name| fields.contains_key(*name)) {
        return Ok(None);
    }
    let known = MetricFields::NAMES;
    if let Some(unknown) = fields.keys().find(|key| !known.contains(&key.as_str())) {
        return Err(format!(
            "`{unknown}` is neither a field of a score (`id`, `system`, `value`) nor one about the metric: `{}`",
            known.join("`, `")
        ));
    }
    let read = serde_json::from_slice(line).map_err(|error| error.to_string())?;
    Ok(Some(read))
}
