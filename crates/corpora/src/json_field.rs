//! Values of JSON fields as texts and lists of texts.

use serde_json::Value;

/// Returns a string, or a number as one; `None` if there is no value.
///
/// # Errors
/// Returns an error if it is something else; the error is what to say about the place.
pub fn name(name: &str, value: Option<Value>) -> Result<Option<String>, String> {
    match value {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(other) => Err(not_a(name, &other, "a string or a number")),
    }
}

/// Returns a string; `None` if there is no value.
pub(super) fn string(name: &str, value: Option<Value>) -> Result<Option<String>, String> {
    match value {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(not_a(name, &other, "a string")),
    }
}

/// Returns a list of strings, or a single string as a list of one; an empty list if there
/// is no value.
///
/// # Errors
/// Returns the errors of [`name`].
pub fn strings(name: &str, value: Option<Value>) -> Result<Vec<String>, String> {
    let list = match value {
        None => return Ok(Vec::new()),
        Some(Value::String(one)) => return Ok(vec![one]),
        Some(Value::Array(list)) => list,
        Some(other) => return Err(not_a(name, &other, "a string or a list of strings")),
    };

    list.into_iter()
        .enumerate()
        .map(|(at, value)| match value {
            Value::String(text) => Ok(text),
            other => Err(not_a(&format!("{name}[{at}]"), &other, "a string")),
        })
        .collect()
}

/// Returns the keyphrases of a list, or of a text with `;` between them.
pub(super) fn keyphrases(value: Option<Value>) -> Result<Vec<String>, String> {
    match value {
        Some(Value::String(text)) => Ok(not_blank(divided(&text))),
        value => Ok(not_blank(strings("keyphrases", value)?)),
    }
}

/// Returns the phrases of a text with `;` between them, or `,` if there is no `;`.
pub(super) fn divided(text: &str) -> Vec<String> {
    text.split(division(text))
        .map(|phrase| phrase.trim().to_owned())
        .collect()
}

/// Returns the sign that divides a text into phrases.
pub(super) fn division(text: &str) -> char {
    if text.contains(';') { ';' } else { ',' }
}

/// Returns the texts that are not blank: an export of a table has an empty text for none.
pub fn not_blank(mut texts: Vec<String>) -> Vec<String> {
    texts.retain(|text| !text.trim().is_empty());
    texts
}

/// Returns the message that a field has the wrong type: "`x` is a list, not a number".
pub fn not_a(name: &str, found: &Value, wanted: &str) -> String {
    format!("`{name}` is {}, not {wanted}", kind(found))
}

pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
