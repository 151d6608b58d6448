//! A record that is read but not parsed.

use std::sync::Arc;

use super::{
    error::CorpusError,
    files::Files,
    line::FileLine,
    mapping::Mapping,
    pairs::Pair,
    record::{self, Record},
    table::Row,
};

/// A record that is read but not parsed. Made by a [`Corpus`](super::Corpus); threads
/// parse it.
#[derive(Debug)]
pub enum Source {
    /// A line of JSON in our own format.
    Line(FileLine),
    /// An object of JSON with other names, or not on a line of its own.
    Json(Box<JsonObject>),
    /// A row of a table.
    Row(Box<Row>),
    /// A line of a text with its reference.
    Pair(Box<Pair>),
    /// A text with its files of references.
    Files(Files),
    /// A record that had to be parsed to be selected or changed.
    Parsed(Box<Record>),
}

/// An object of JSON that is to be renamed.
#[derive(Debug)]
pub struct JsonObject {
    line: FileLine,
    /// The position of an object that is not on a line of its own.
    number: Option<u64>,
    mapping: Option<Arc<Mapping>>,
}

impl Source {
    pub(super) fn of_json(
        line: FileLine,
        number: Option<u64>,
        mapping: Option<Arc<Mapping>>,
    ) -> Self {
        Self::Json(Box::new(JsonObject {
            line,
            number,
            mapping,
        }))
    }

    /// Parses the source to a record.
    ///
    /// # Errors
    /// Returns an error if it is not a record; the error names the place.
    pub fn parse(self) -> Result<Record, CorpusError> {
        match self {
            Self::Line(line) => record::from_json(&line),
            Self::Json(object) => object.parse(),
            Self::Row(row) => row.parse(),
            Self::Pair(pair) => pair.parse(),
            Self::Files(files) => files.read(),
            Self::Parsed(record) => Ok(*record),
        }
    }

    /// Returns the JSON of the record as it is in its file; `None` if it is not JSON.
    pub fn into_line(self) -> Option<FileLine> {
        match self {
            Self::Line(line) => Some(line),
            Self::Json(object) => Some(object.line),
            _ => None,
        }
    }

    /// Returns the place of the record, for messages.
    pub fn place(&self) -> String {
        match self {
            Self::Line(line) => line.place(),
            Self::Json(object) => object.line.place(),
            Self::Row(row) => row.place(),
            Self::Pair(pair) => pair.place(),
            Self::Files(files) => files.place(),
            Self::Parsed(record) => record.place.clone(),
        }
    }

    /// Returns the number of bytes that the record occupies.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Line(line) => line.bytes.len() as u64 + 1,
            Self::Json(object) => object.line.bytes.len() as u64 + 1,
            Self::Row(row) => row.bytes(),
            Self::Pair(pair) => pair.bytes(),
            Self::Files(files) => files.bytes,
            Self::Parsed(record) => record.text.len() as u64,
        }
    }
}

impl JsonObject {
    fn parse(self) -> Result<Record, CorpusError> {
        let what = match self.number {
            Some(_) => "record",
            None => "line",
        };
        let mut fields = record::object(&self.line, what)?;
        let number = self.number.unwrap_or(self.line.number);
        let Some(mapping) = self.mapping else {
            return record::from_fields(&self.line.place(), number, fields);
        };

        mapping.rename(&mut fields);
        record::from_fields(&self.line.place(), number, fields).map_err(|error| {
            match error {
                CorpusError::Record { place, problem } => CorpusError::Record {
                    place,
                    problem: mapping.in_the_file(&problem),
                },
                other => other,
            }
        })
    }
}
