//! The evidence of a document: the passages of its text that answer its query.

use std::ops::Range;

use serde_json::{Value, json};

use super::json_field::not_a;

/// Returns the byte ranges of passages of `text`, in the order in which they are given.
/// A passage is a pair of a start and an end in characters (Unicode code points) from the
/// beginning of the text, or a string, which is found where it first occurs.
///
/// # Errors
/// Returns an error if there is something else, or a passage is not in the text.
pub(super) fn from_json(
    value: Option<Value>,
    text: &str,
) -> Result<Vec<Range<usize>>, String> {
    let passages = match value {
        None => return Ok(Vec::new()),
        Some(one @ Value::String(_)) => vec![one],
        Some(Value::Array(passages)) => passages,
        Some(other) => return Err(not_a("evidence", &other, "a list of passages")),
    };

    let mut characters = None;
    passages
        .iter()
        .enumerate()
        .filter(|(_, passage)| {
            passage.as_str().is_none_or(|text| !text.trim().is_empty())
        })
        .map(|(at, passage)| match passage {
            Value::String(passage) => found(at, passage, text),
            Value::Array(pair) => {
                let starts = characters.get_or_insert_with(|| starts(text));
                span(at, pair, starts)
            }
            other => {
                let name = format!("evidence[{at}]");
                Err(not_a(&name, other, "a string or a pair of offsets"))
            }
        })
        .collect()
}

/// Returns passages as pairs of offsets in characters.
pub(super) fn to_json(evidence: &[Range<usize>], text: &str) -> Value {
    let starts = starts(text);
    let offset = |byte: usize| starts.partition_point(|&start| start < byte);
    evidence
        .iter()
        .map(|passage| json!([offset(passage.start), offset(passage.end)]))
        .collect()
}

/// Returns the range of the first occurrence of a passage.
fn found(at: usize, passage: &str, text: &str) -> Result<Range<usize>, String> {
    let start = text
        .find(passage)
        .ok_or_else(|| format!("`evidence[{at}]` does not occur in the text"))?;
    Ok(start..start + passage.len())
}

/// Returns the byte range of a pair of offsets in characters, of which `starts` has the
/// byte offsets.
fn span(at: usize, pair: &[Value], starts: &[usize]) -> Result<Range<usize>, String> {
    let offsets: Option<Vec<usize>> = pair
        .iter()
        .map(|offset| offset.as_u64()?.try_into().ok())
        .collect();
    let Some([start, end]) = offsets.as_deref() else {
        return Err(format!(
            "`evidence[{at}]` is {}, not a pair of offsets",
            Value::from(pair)
        ));
    };

    let length = starts.len() - 1;
    if start >= end {
        return Err(format!("`evidence[{at}]` ends at {end}, not after {start}"));
    }
    if *end > length {
        return Err(format!(
            "`evidence[{at}]` ends at {end}, and the text has {length} characters"
        ));
    }
    Ok(starts[*start]..starts[*end])
}

/// Returns the byte offsets of all characters, and the length of the text in bytes.
fn starts(text: &str) -> Vec<usize> {
    let characters = text.char_indices().map(|(start, _)| start);
    characters.chain([text.len()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Où est-il ? Ici.";

    fn read(passages: Value) -> Result<Vec<&'static str>, String> {
        let ranges = from_json(Some(passages), TEXT)?;
        Ok(ranges.into_iter().map(|range| &TEXT[range]).collect())
    }

    #[test]
    fn offsets_count_characters_and_strings_are_looked_up() {
        assert_eq!(read(json!([[12, 16]])), Ok(vec!["Ici."]));
        assert_eq!(read(json!(["est-il", [0, 2]])), Ok(vec!["est-il", "Où"]));
        assert_eq!(read(json!("Ici")), Ok(vec!["Ici"]));
        assert_eq!(read(json!(["", " "])), Ok(vec![]));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let ranges = from_json(Some(json!([[12, 16], [0, 2]])), TEXT).unwrap();
        assert_eq!(to_json(&ranges, TEXT), json!([[12, 16], [0, 2]]));
    }

    #[test]
    fn evidence_that_is_not_in_the_text_is_refused() {
        let refusal = |passages: Value| read(passages).unwrap_err();
        assert_eq!(
            refusal(json!([[0, 17]])),
            "`evidence[0]` ends at 17, and the text has 16 characters"
        );
        assert_eq!(
            refusal(json!([[3, 3]])),
            "`evidence[0]` ends at 3, not after 3"
        );
        assert_eq!(
            refusal(json!([[1]])),
            "`evidence[0]` is [1], not a pair of offsets"
        );
        assert_eq!(
            refusal(json!([7])),
            "`evidence[0]` is a number, not a string or a pair of offsets"
        );
        assert_eq!(
            refusal(json!(["Là"])),
            "`evidence[0]` does not occur in the text"
        );
        assert_eq!(
            refusal(json!(7)),
            "`evidence` is a number, not a list of passages"
        );
    }
}
