//! Reads the layout of `SQuAD` 1.1 (Rajpurkar et al. 2016), in which `XQuAD` (Artetxe et al.
//! 2020) and `MLQA` (Lewis et al. 2020) are published: `data` of articles of paragraphs
//! with questions.

use std::ops::Range;

use serde_json::{Map, Value};

use epitome_text::Language;

use super::{
    error::ImportError,
    fields::{note, objects, string},
    format::ImportFormat,
    intake::{Intake, stem_of},
    tree::Tree,
};
use crate::record::Record;

pub(super) const FORMAT: ImportFormat = ImportFormat {
    name: "squad",
    about: "xquad.LANG.json or another file of data, paragraphs, context, qas, answers",
    fits,
    import,
};

fn fits(tree: &Tree) -> bool {
    tree.ending(".json").any(|path| {
        let beginning = tree.beginning(path, 1 << 16);
        ["\"paragraphs\"", "\"context\"", "\"qas\""]
            .iter()
            .all(|name| beginning.contains(name))
    })
}

/// Imports each question as a document: the paragraph with the question as its query. The
/// evidence is the answers where they occur. Each language is a split.
fn import(intake: &mut Intake<'_>) -> Result<(), ImportError> {
    for path in intake.ending(".json") {
        let text = intake.text(&path)?.text;
        let file = match serde_json::from_str::<Map<String, Value>>(&text) {
            Ok(file) => file,
            Err(error) => {
                intake.warn(&path, format!("not JSON: {error}"));
                continue;
            }
        };

        let languages = languages(stem_of(&path, ".json"));
        let split = intake.split_with(&path, &languages.join("-"));
        for article in objects(&file, "data") {
            for paragraph in objects(article, "paragraphs") {
                let about = Paragraph {
                    title: string(article, "title").replace('_', " "),
                    context: string(paragraph, "context"),
                    language: languages.first().cloned().unwrap_or_default(),
                };
                for question in objects(paragraph, "qas") {
                    let record = about.record(intake, &path, question);
                    intake.document_in(&split, &path, record)?;
                }
            }
        }
    }
    Ok(())
}

/// A paragraph that questions are about.
struct Paragraph {
    title: String,
    context: String,
    language: String,
}

impl Paragraph {
    /// Returns the record of a question. An answer that does not occur where it should is
    /// no evidence, with a warning.
    fn record(
        &self,
        intake: &mut Intake<'_>,
        path: &str,
        question: &Map<String, Value>,
    ) -> Record {
        let id = string(question, "id");
        let (mut answers, mut evidence) = (Vec::new(), Vec::new());
        for answer in objects(question, "answers") {
            let text = string(answer, "text");
            let start = answer.get("answer_start").and_then(Value::as_u64);
            if let Some(place) = place(&self.context, &text, start) {
                evidence.push(place);
            } else {
                let problem = "is not where `answer_start` says";
                intake.warn(path, format!("`{id}`: the answer `{text}` {problem}"));
            }
            answers.push(text);
        }

        // several annotators may give the same answer
        answers.sort_unstable();
        answers.dedup();
        evidence.sort_unstable_by_key(|place| (place.start, place.end));
        evidence.dedup();

        let mut record = Record {
            id,
            text: self.context.clone(),
            title: self.title.clone(),
            language: self.language.clone(),
            query: string(question, "question"),
            answers,
            evidence,
            ..Record::default()
        };
        if question.get("is_impossible") == Some(&Value::Bool(true)) {
            note(&mut record, "is_impossible", true);
        }
        record
    }
}

/// Returns the byte range of an answer that starts at a character of the text, if it does.
fn place(text: &str, answer: &str, start: Option<u64>) -> Option<Range<usize>> {
    let start = usize::try_from(start?).ok()?;
    let (start, _) = text.char_indices().nth(start)?;
    let found = !answer.is_empty() && text[start..].starts_with(answer);
    found.then(|| start..start + answer.len())
}

/// Returns the languages in the name of a file, that of the text first: `de` of
/// `xquad.de`, `de` and `en` of `test-context-de-question-en`.
fn languages(stem: &str) -> Vec<String> {
    let parts = stem.split(['.', '-', '_']);
    let mut codes: Vec<String> = parts
        .filter(|part| part.len() == 2 && part.parse::<Language>().is_ok())
        .map(str::to_owned)
        .collect();
    codes.dedup();
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_have_languages() {
        assert_eq!(languages("xquad.de"), ["de"]);
        assert_eq!(languages("test-context-de-question-en"), ["de", "en"]);
        assert_eq!(languages("test-context-en-question-en"), ["en"]);
        assert_eq!(languages("dev-v1.1"), [""; 0]);
    }

    #[test]
    fn an_answer_starts_at_a_character() {
        assert_eq!(place("Où est-il ?", "est", Some(3)), Some(4..7));
        assert_eq!(place("Où est-il ?", "est", Some(4)), None);
        assert_eq!(place("Où est-il ?", "est", Some(99)), None);
        assert_eq!(place("Où est-il ?", "", Some(3)), None);
    }
}
