//! Files of outputs that were made elsewhere, used as systems.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use epitome_base::whole_file;
use serde::Deserialize;
use serde_json::{Map, Value};

use epitome_text::Document;

use super::{
    answer::{self, Answer, Answered},
    error::PluginError,
    failure::{Fault, PluginFailure},
    plugin::{Plugin, PluginOrigin},
    question::{AskedDocument, Length, PluginTask},
};

/// A file of outputs with one document per line, held in memory.
///
/// A line contains the document's `id` (or `document`) and one of `text` (or `summary`),
/// `picks` and `keyphrases`: strings, or objects with `text` and `score`. Therefore an
/// `extracts.jsonl` with the rows of one system is such a file.
pub struct Outputs {
    name: String,
    task: PluginTask,
    path: PathBuf,
    digest: String,
    by_document: BTreeMap<String, Output>,
}

/// The contents of one line of the file.
#[derive(Debug, Deserialize)]
struct Output {
    #[serde(alias = "document")]
    id: Id,
    #[serde(alias = "summary")]
    text: Option<String>,
    picks: Option<Vec<i64>>,
    keyphrases: Option<Vec<Phrase>>,
}

/// The id of a document, as a text or as a number.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(u64),
}

/// A keyphrase, with a score or without.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Phrase {
    Plain(String),
    Scored { text: String, score: Option<f64> },
}

/// Returns an error message if a line is an object without an id; it contains the keys of
/// the line.
fn missing_key(line: &[u8]) -> Option<String> {
    let fields: Map<String, Value> = serde_json::from_slice(line).ok()?;
    if fields.contains_key("id") || fields.contains_key("document") {
        return None;
    }
    let hint = match fields.contains_key("doc_id") {
        true => "\nhint: `doc_id` is called `id` here",
        false => "",
    };
    Some(format!("there is no `id`, but {}{hint}", keys_of(line)))
}

/// Returns the keys of a line as a list for messages.
fn keys_of(line: &[u8]) -> String {
    let fields = serde_json::from_slice::<Map<String, Value>>(line);
    let fields = fields.unwrap_or_default();
    let keys: Vec<String> = fields.keys().map(|key| format!("`{key}`")).collect();
    match keys.is_empty() {
        true => "no key".to_owned(),
        false => keys.join(", "),
    }
}

impl Outputs {
    /// Reads a file, and returns a system for each task that it contains outputs of.
    pub(super) fn read(
        name: &str,
        path: &Path,
    ) -> Result<Vec<Box<dyn Plugin>>, PluginError> {
        let refuse = |problem: String| PluginError::File {
            path: path.to_owned(),
            problem,
        };

        let bytes =
            whole_file::read_lines(path).map_err(|error| refuse(error.to_string()))?;
        let mut by_task: BTreeMap<PluginTask, BTreeMap<String, Output>> = BTreeMap::new();
        for (number, line) in (1..).zip(bytes.split(|&byte| byte == b'\n')) {
            if line.trim_ascii().is_empty() {
                continue;
            }

            let broken = |problem: &str| refuse(format!("line {number}: {problem}"));
            let output: Output = serde_json::from_slice(line).map_err(|error| {
                broken(&missing_key(line).unwrap_or_else(|| error.to_string()))
            })?;

            let task = match (&output.keyphrases, &output.text, &output.picks) {
                (Some(_), None, None) => PluginTask::Keywords,
                (None, Some(_), _) | (None, _, Some(_)) => PluginTask::Summarise,
                _ => {
                    return Err(broken(&format!(
                        "it needs one of `text`, `picks` and `keyphrases`, and has {}",
                        keys_of(line)
                    )));
                }
            };

            let id = match &output.id {
                Id::Text(text) => text.clone(),
                Id::Number(number) => number.to_string(),
            };

            let outputs = by_task.entry(task).or_default();
            if outputs.insert(id.clone(), output).is_some() {
                return Err(broken(&format!("a second output for `{id}`")));
            }
        }

        if by_task.is_empty() {
            return Err(refuse("it holds no outputs".to_owned()));
        }

        let digest = blake3::hash(&bytes).to_hex().to_string();
        let systems = by_task
            .into_iter()
            .map(|(task, by_document)| -> Box<dyn Plugin> {
                Box::new(Self {
                    name: name.to_owned(),
                    task,
                    path: path.to_owned(),
                    digest: digest.clone(),
                    by_document,
                })
            });
        Ok(systems.collect())
    }

    fn answer(
        &self,
        document: &Document,
        length: Length,
    ) -> Result<Answer, PluginFailure> {
        let output = self.by_document.get(document.id()).ok_or_else(|| {
            let file = self.path.display();
            let ids = self.by_document.keys().next();
            let such = ids.map_or(String::new(), |id| {
                format!(", which has ids such as `{id}`")
            });
            PluginFailure::new(
                Fault::Error,
                format!("no output for this document in {file}{such}"),
            )
        })?;

        match output {
            Output {
                keyphrases: Some(phrases),
                ..
            } => {
                let phrases = phrases.iter().map(|phrase| match phrase {
                    Phrase::Plain(text) => (text.clone(), None),
                    Phrase::Scored { text, score } => (text.clone(), *score),
                });
                Ok(Answer::Phrases(phrases.take(length.limit).collect()))
            }
            Output {
                picks: Some(picks), ..
            } => {
                let picks = picks.iter().map(|&pick| seen(pick, document));
                let picks = picks.collect::<Result<Vec<_>, _>>()?;
                answer::picked(&picks, None, document, length)
            }
            Output { text, .. } => Ok(Answer::Text(text.clone().unwrap_or_default())),
        }
    }
}

/// Returns the index in `document` of the sentence that has the number `pick` in the text
/// as it was given, as results have it. Returns `pick` itself if there is no such
/// sentence.
fn seen(pick: i64, document: &Document) -> Result<i64, PluginFailure> {
    let number = u32::try_from(pick).ok();
    match number.map(|number| (number, document.sentence_numbered(number))) {
        Some((_, Some(at))) => Ok(i64::from(at)),
        Some((number, None)) if (number as usize) < document.given_sentences() => {
            let problem = format!("sentence {pick} was left out as boilerplate");
            Err(PluginFailure::new(Fault::Error, problem))
        }
        _ => Ok(pick),
    }
}

impl Plugin for Outputs {
    fn name(&self) -> &str {
        &self.name
    }

    fn task(&self) -> PluginTask {
        self.task
    }

    fn origin(&self) -> PluginOrigin {
        PluginOrigin {
            version: format!("blake3 {}", self.digest),
            command: self.path.display().to_string(),
            program: String::new(), // its version is its digest
            isolation: None,
            outputs: Some(self.by_document.len()),
        }
    }

    fn work(&self, questions: &[AskedDocument<'_>], length: Length) -> Vec<Answered> {
        let answers = questions.iter().map(|question| Answered {
            result: self.answer(question.document, length),
            clocks: None,
        });
        answers.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_an_id_is_told_what_it_has() {
        let line = br#"{"doc_id":"a","output":"One."}"#;
        assert_eq!(
            missing_key(line).unwrap(),
            "there is no `id`, but `doc_id`, `output`\nhint: `doc_id` is called `id` here"
        );
        assert_eq!(missing_key(b"{}").unwrap(), "there is no `id`, but no key");
        assert_eq!(missing_key(br#"{"id":7}"#), None);
        assert_eq!(missing_key(b"no JSON"), None);
    }
}
