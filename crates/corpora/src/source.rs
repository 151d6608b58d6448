//! A record that is read but not parsed.

use super::{
    error::CorpusError,
    files::Files,
    line::FileLine,
    record::{self, Record},
};

/// A record that is read but not parsed. Made by a [`Corpus`](super::Corpus); threads
/// parse it.
#[derive(Debug)]
pub enum Source {
    /// A line of JSON.
    Line(FileLine),
    /// A text with its files of references.
    Files(Files),
    /// A record that had to be parsed to be selected or changed.
    Parsed(Box<Record>),
}

impl Source {
    /// Parses the source to a record.
    ///
    /// # Errors
    /// Returns an error if it is not a record; the error names the place.
    pub fn parse(self) -> Result<Record, CorpusError> {
        match self {
            Self::Line(line) => record::from_json(&line),
            Self::Files(files) => files.read(),
            Self::Parsed(record) => Ok(*record),
        }
    }

    /// Returns the place of the record, for messages.
    pub fn place(&self) -> String {
        match self {
            Self::Line(line) => line.place(),
            Self::Files(files) => files.place(),
            Self::Parsed(record) => record.place.clone(),
        }
    }

    /// Returns the number of bytes that the record occupies.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Line(line) => line.bytes.len() as u64 + 1,
            Self::Files(files) => files.bytes,
            Self::Parsed(record) => record.text.len() as u64,
        }
    }
}
