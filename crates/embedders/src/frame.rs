//! What a model wants around the tokens of a text, read from a `tokenizer.json`.

#[cfg(feature = "onnx")]
use std::{fs, path::Path};

use serde_json::Value;

#[cfg(feature = "onnx")]
use super::embedder_error::EmbedderError;

/// The tokens that begin and end a sequence, and how many are read between them.
#[derive(Debug, PartialEq)]
pub(crate) struct Frame {
    begin: Vec<u32>,
    end: Vec<u32>,
    /// The most tokens of a text in a sequence; not 0.
    pub(crate) longest: usize,
}

/// The number of tokens of a sequence if the file does not say it: that of BERT.
const USUAL_LENGTH: usize = 512;

/// The most tokens of a sequence: a model is tried on the longest.
const MOST_TOKENS: usize = 1 << 17;

/// Returns the number of tokens that a sequence may have; `None` if it is no such number.
fn length_of(found: &Value) -> Option<usize> {
    let length = found.as_u64().and_then(|it| usize::try_from(it).ok());
    length.filter(|length| *length <= MOST_TOKENS)
}

impl Frame {
    /// Reads the frame of a tokeniser.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, or what it puts around a text is not
    /// known.
    #[cfg(feature = "onnx")]
    pub(crate) fn read(path: &Path) -> Result<Self, EmbedderError> {
        let bytes = fs::read(path).map_err(|error| EmbedderError::file(path, &error))?;
        let file: Value = serde_json::from_slice(&bytes)
            .map_err(|error| EmbedderError::file(path, &error))?;
        Self::of(&file).map_err(|problem| EmbedderError::file(path, &problem))
    }

    fn of(file: &Value) -> Result<Self, String> {
        let post = &file["post_processor"];
        let (begin, end) = match post["type"].as_str() {
            None => (Vec::new(), Vec::new()),
            Some("TemplateProcessing") => template(post)?,
            Some("BertProcessing" | "RobertaProcessing") => {
                (vec![token(&post["cls"][1])?], vec![token(&post["sep"][1])?])
            }
            Some(other) => return Err(format!("its `{other}` is not known")),
        };

        let length = match &file["truncation"]["max_length"] {
            Value::Null => USUAL_LENGTH,
            found => length_of(found).ok_or_else(|| {
                format!("its `max_length` is {found}, and a sequence has at most {MOST_TOKENS} tokens")
            })?,
        };
        let longest = length.saturating_sub(begin.len() + end.len());
        match longest {
            0 => Err(format!("a sequence of {length} tokens has none of a text")),
            longest => Ok(Self {
                begin,
                end,
                longest,
            }),
        }
    }

    /// Returns the tokens of a sequence.
    pub(crate) fn around(&self, ids: &[u32]) -> Vec<u32> {
        [&self.begin, ids, &self.end].concat()
    }

    /// Returns the number of tokens before those of a text.
    pub(crate) fn before(&self) -> usize {
        self.begin.len()
    }
}

/// Returns the tokens before and after a text in a template.
fn template(post: &Value) -> Result<(Vec<u32>, Vec<u32>), String> {
    let pieces = post["single"]
        .as_array()
        .ok_or("its template has no `single`")?;
    let (mut begin, mut end, mut is_after) = (Vec::new(), Vec::new(), false);
    for piece in pieces {
        let Some(name) = piece["SpecialToken"]["id"].as_str() else {
            is_after = true;
            continue;
        };
        let ids = post["special_tokens"][name]["ids"].as_array();
        let ids = ids.ok_or_else(|| format!("its template has no `{name}`"))?;
        let side = if is_after { &mut end } else { &mut begin };
        for id in ids {
            side.push(token(id)?);
        }
    }
    Ok((begin, end))
}

fn token(id: &Value) -> Result<u32, String> {
    let number = id.as_u64().and_then(|id| u32::try_from(id).ok());
    number.ok_or_else(|| format!("`{id}` is no number of a token"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_sequence_begins_and_ends_as_the_template_says() {
        let file = json!({
            "truncation": { "max_length": 8 },
            "post_processor": {
                "type": "TemplateProcessing",
                "single": [
                    { "SpecialToken": { "id": "[CLS]", "type_id": 0 } },
                    { "Sequence": { "id": "A", "type_id": 0 } },
                    { "SpecialToken": { "id": "[SEP]", "type_id": 0 } },
                ],
                "special_tokens": {
                    "[CLS]": { "id": "[CLS]", "ids": [101], "tokens": ["[CLS]"] },
                    "[SEP]": { "id": "[SEP]", "ids": [102], "tokens": ["[SEP]"] },
                },
            },
        });
        let frame = Frame::of(&file).unwrap();
        assert_eq!(frame.around(&[7, 8]), [101, 7, 8, 102]);
        assert_eq!((frame.longest, frame.before()), (6, 1));

        let roberta = json!({ "post_processor": {
            "type": "RobertaProcessing", "cls": ["<s>", 0], "sep": ["</s>", 2],
        } });
        let frame = Frame::of(&roberta).unwrap();
        assert_eq!((frame.around(&[]), frame.longest), (vec![0, 2], 510));
    }

    #[test]
    fn what_is_not_known_is_refused() {
        let odd = json!({ "post_processor": { "type": "Magic" } });
        assert_eq!(Frame::of(&odd), Err("its `Magic` is not known".to_owned()));
        let short = json!({ "truncation": { "max_length": 0 } });
        assert!(Frame::of(&short).is_err());
        for length in [json!(-1), json!("long"), json!(u64::MAX), json!(1e9)] {
            let odd = json!({ "truncation": { "max_length": length } });
            let problem = format!(
                "its `max_length` is {length}, and a sequence has at most 131072 tokens"
            );
            assert_eq!(Frame::of(&odd), Err(problem));
        }
    }
}
