//! A document with its references, and how it is read from and written as JSON.

use std::ops::Range;

use serde_json::{Map, Value};

use epitome_text::{TaggedText, boilerplate::Boilerplate};

use super::{
    error::CorpusError,
    evidence, json,
    json_field::{keyphrases, kind, name, not_blank, string, strings},
    line::FileLine,
    tagged,
};

/// A document with its references. Made by parsing a [`Source`](super::Source), or by an
/// importer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// The id of the document within the corpus; the line number if the corpus has no
    /// ids.
    pub id: String,
    /// The body; in a cluster, all documents one after the other.
    pub text: String,
    /// The byte offsets in `text` at which the documents of a cluster begin; empty for a
    /// single document.
    pub documents: Vec<usize>,
    /// The title; empty if there is none, and if the corpus provides the words.
    pub title: String,
    /// The text with its words and parts of speech, if the corpus provides them.
    pub tagged: Option<TaggedText>,
    /// The language that the corpus states; empty if it states none.
    pub language: String,
    /// The reference summaries. Their sentences may be on lines of their own.
    pub summaries: Vec<String>,
    /// The gold keyphrases.
    pub keyphrases: Vec<String>,
    /// The query that an output is to answer, in one line of text; empty if there is none.
    pub query: String,
    /// The texts that count as answers to the query, each by itself.
    pub answers: Vec<String>,
    /// The byte ranges of the passages of `text` that answer the query.
    pub evidence: Vec<Range<usize>>,
    /// Whether systems see the boilerplate of the document.
    pub boilerplate: Boilerplate,
    /// All other fields.
    pub metadata: Map<String, Value>,
    /// The place of the record: `file:line`, or the file.
    pub place: String,
}

impl Record {
    /// Returns the record as a line of JSON, without the line end.
    pub fn to_json(&self) -> String {
        let name = |name: &str| Some(name.to_owned()).filter(|name| !name.is_empty());
        let known = [
            ("id", Value::from(self.id.as_str())),
            match self.documents.is_empty() || self.is_by_lines() {
                true => ("text", self.text.as_str().into()),
                false => ("documents", self.texts().into()),
            },
            ("title", name(&self.title).into()),
            ("lang", name(&self.language).into()),
            ("summaries", self.summaries.as_slice().into()),
            ("keyphrases", self.keyphrases.as_slice().into()),
        ];

        let optional: Vec<(&str, Value)> = [
            ("tagged", self.tagged.as_ref().map(tagged::to_json)),
            ("query", name(&self.query).map(Value::from)),
            (
                "answers",
                Some(&self.answers)
                    .filter(|it| !it.is_empty())
                    .map(|it| it.as_slice().into()),
            ),
            (
                "evidence",
                Some(&self.evidence)
                    .filter(|it| !it.is_empty())
                    .map(|it| evidence::to_json(it, &self.text)),
            ),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect();

        let mut line = String::from("{");
        let others = self
            .metadata
            .iter()
            .map(|(name, value)| (name.as_str(), value));
        for (name, value) in known
            .iter()
            .chain(&optional)
            .map(|(name, value)| (*name, value))
            .chain(others)
        {
            if line.len() > 1 {
                line.push(',');
            }
            line.push_str(&Value::from(name).to_string());
            line.push(':');
            line.push_str(&value.to_string());
        }
        line.push('}');
        line
    }

    /// Returns whether the record is a cluster with a document on each line, as
    /// `meta.multi_document` states.
    pub fn is_by_lines(&self) -> bool {
        let says = self
            .metadata
            .get("meta")
            .map(|meta| &meta["multi_document"]);
        says.is_some_and(|says| *says == true)
            && self.documents == starts_of_lines(&self.text)
    }

    /// Returns the texts of the documents of a cluster.
    fn texts(&self) -> Vec<&str> {
        let ends = self
            .documents
            .iter()
            .skip(1)
            .copied()
            .chain([self.text.len()]);
        let spans = self.documents.iter().zip(ends);
        spans
            .map(|(&start, end)| self.text[start..end].trim_end())
            .collect()
    }

    /// Returns the BLAKE3 digest of what is read of the record: id, text, title,
    /// language, references, the beginnings of a cluster's documents, the words and parts
    /// of speech that the corpus provides, the query, its answers and evidence. Metadata and the way in which the file
    /// is written have no influence.
    pub fn digest(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        let mut part = |text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };

        for text in [&self.id, &self.text, &self.title, &self.language] {
            part(text);
        }
        for list in [&self.summaries, &self.keyphrases] {
            part(&list.len().to_string());
            for text in list {
                part(text);
            }
        }

        // a cluster of one is a document like any other
        if self.documents.len() > 1 {
            for start in &self.documents {
                part(&start.to_string());
            }
        }
        if let Some(tagged) = &self.tagged {
            part(&tagged::to_json(tagged).to_string());
        }

        // a record without a query has the digest that it had before there were queries
        if !self.query.is_empty() {
            part("query");
            part(&self.query);
        }
        if !self.answers.is_empty() {
            part("answers");
            part(&Value::from(self.answers.as_slice()).to_string());
        }
        if !self.evidence.is_empty() {
            part("evidence");
            part(&format!("{:?}", self.evidence));
        }
        hasher.finalize()
    }

    /// Stores a value under `meta`.
    pub(super) fn note(&mut self, name: &str, value: impl Into<Value>) {
        let meta = self.metadata.entry("meta");
        let meta = meta.or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(meta) = meta {
            meta.insert(name.to_owned(), value.into());
        }
    }

    /// Returns the numbers, from 0, of the text's lines that are boilerplate, if the
    /// corpus has them: the list `boilerplate` in `meta`.
    pub fn boilerplate_lines(&self) -> Option<Vec<usize>> {
        let lines = self.metadata.get("meta")?.get("boilerplate")?.as_array()?;
        lines
            .iter()
            .map(|line| usize::try_from(line.as_u64()?).ok())
            .collect()
    }
}

/// Returns the fields of a line that is a JSON object.
///
/// # Errors
/// Returns an error if it is none; the error names the place.
pub fn fields(line: &FileLine) -> Result<Map<String, Value>, CorpusError> {
    object(line, "line")
}

/// Returns whether a record with these fields may have been written by
/// [`Record::to_json`], which writes both lists of references even if they are empty.
pub(super) fn is_written(fields: &Map<String, Value>) -> bool {
    let has_text = ["text", "documents"]
        .iter()
        .any(|it| fields.contains_key(*it));
    let lists = ["summaries", "keyphrases"].map(|name| fields.get(name));
    has_text && lists.iter().all(|list| list.is_some_and(Value::is_array))
}

/// Returns the fields of an object that messages call `what`.
pub(super) fn object(
    line: &FileLine,
    what: &str,
) -> Result<Map<String, Value>, CorpusError> {
    let refuse = |problem: String| CorpusError::Record {
        place: line.place(),
        problem,
    };

    let text = std::str::from_utf8(&line.bytes).map_err(|error| {
        refuse(format!(
            "byte {} of the {what} is not UTF-8",
            error.valid_up_to() + 1
        ))
    })?;

    let value = json::parse(text).map_err(|error| {
        refuse(format!(
            "the {what} is not JSON: {}",
            without_position(&error)
        ))
    })?;
    match value {
        Value::Object(fields) => Ok(fields),
        other => Err(refuse(format!(
            "the {what} is {}, not an object",
            kind(&other)
        ))),
    }
}

/// The length in bytes of the longest title, which extractors weigh word by word.
const TITLE_LIMIT: usize = 1 << 20;

/// Parses `{"id", "text", "title"?, "tagged"?, "lang"?, "summaries"?, "keyphrases"?,
/// "query"?, "answers"?, "evidence"?, …}`.
/// With `tagged` there need not be a `text`; the title is then part of the text. A
/// cluster has `documents`, a list of texts, in place of `text`; or it has
/// `meta.multi_document`, and each line of `text` is a document.
/// Empty references are no references.
pub(super) fn from_json(line: &FileLine) -> Result<Record, CorpusError> {
    from_fields(&line.place(), line.number, fields(line)?)
}

/// Makes a record of the fields of an object at `place`, whose number is its id if it has
/// no other.
pub(super) fn from_fields(
    place: &str,
    number: u64,
    mut fields: Map<String, Value>,
) -> Result<Record, CorpusError> {
    let refuse = |problem: String| CorpusError::Record {
        place: place.to_owned(),
        problem,
    };

    let has = |name: &&str| fields.get(*name).is_some_and(|value| !value.is_null());
    if !["text", "documents", "tagged"].iter().any(has) {
        let names: Vec<&str> = fields.keys().map(String::as_str).collect();
        return Err(refuse(match names.as_slice() {
            [] => "there is no `text`; the record has no fields".to_owned(),
            names => format!("there is no `text`; the fields are {}", names.join(", ")),
        }));
    }

    let multi_document = fields
        .get("meta")
        .is_some_and(|it| it["multi_document"] == true);

    let mut take = |name: &str| fields.remove(name).filter(|value| !value.is_null());

    let title = string("title", take("title"))
        .map_err(refuse)?
        .unwrap_or_default();
    if title.len() > TITLE_LIMIT {
        return Err(refuse(format!(
            "`title` has {} bytes, and a title 1 MiB at most; is it another field?",
            title.len()
        )));
    }
    let documents = strings("documents", take("documents")).map_err(refuse)?;
    let text = string("text", take("text")).map_err(refuse)?;

    let tagged = take("tagged").map(|value| {
        let whole = text.as_ref().map(|text| match title.as_str() {
            "" => text.clone(),
            title => format!("{title}\n{text}"),
        });
        tagged::from_json(value, whole)
    });
    let tagged = tagged.transpose().map_err(refuse)?;

    let (title, text, documents) = match (&tagged, text) {
        (Some(tagged), _) => (String::new(), tagged.text().to_owned(), Vec::new()),
        (None, Some(_)) if !documents.is_empty() => {
            return Err(refuse("there are `text` and `documents`".to_owned()));
        }
        (None, Some(text)) => {
            let starts = if multi_document {
                starts_of_lines(&text)
            } else {
                Vec::new()
            };
            (title, text, starts)
        }
        (None, None) if documents.is_empty() => {
            return Err(refuse(
                "there is no `text`, and `documents` is empty".to_owned(),
            ));
        }
        (None, None) => {
            let (text, starts) = joined(&documents);
            (title, text, starts)
        }
    };

    let query = string("query", take("query")).map_err(refuse)?;
    let record = Record {
        query: query
            .map(|query| query.trim().to_owned())
            .unwrap_or_default(),
        answers: not_blank(strings("answers", take("answers")).map_err(refuse)?),
        evidence: evidence::from_json(take("evidence"), &text).map_err(refuse)?,
        text,
        documents,
        id: name("id", take("id"))
            .map_err(refuse)?
            .unwrap_or_else(|| number.to_string()),
        title,
        tagged,
        language: string("lang", take("lang"))
            .map_err(refuse)?
            .unwrap_or_default(),
        summaries: not_blank(strings("summaries", take("summaries")).map_err(refuse)?),
        keyphrases: keyphrases(take("keyphrases")).map_err(refuse)?,
        boilerplate: Boilerplate::Keep,
        metadata: Map::new(),
        place: place.to_owned(),
    };

    // metadata is what the fields above have left
    Ok(Record {
        metadata: fields,
        ..record
    })
}

/// Returns the byte offsets at which the lines that are not blank begin.
pub(super) fn starts_of_lines(text: &str) -> Vec<usize> {
    let mut start = 0;
    let mut starts = Vec::new();
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            starts.push(start);
        }
        start += line.len();
    }
    starts
}

/// Returns the texts with a blank line between each two, and the byte offset at which
/// each begins.
fn joined(documents: &[String]) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut starts = Vec::new();
    for document in documents {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        starts.push(text.len());
        text.push_str(document);
    }
    (text, starts)
}

/// Returns the message of an error with its column only. A message of serde ends in "at
/// line 1 column 7", and the line is always 1 here.
fn without_position(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let column = error.column();
    let plain = message.split(" at line ").next().unwrap_or(&message);
    format!("{plain} at column {column}")
}

/// Returns whether a spreadsheet that opens a table with `id` in a cell takes it for a
/// formula. Tables contain ids unchanged: a user of a spreadsheet has to import them as
/// text.
pub fn reads_as_formula(id: &str) -> bool {
    id.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests;
