//! A record that is read but not parsed.

use super::{
    error::CorpusError,
    files::Files,
    line::FileLine,
    record::{self, Record},
};

/// One record before parsing.
#[derive(Debug)]
pub enum Source {
    /// A line of JSON.
    Line(FileLine),
    /// A text with its reference files.
    Files(Files),
    /// A record that had to be parsed to be chosen or changed.
    Parsed(Box<Record>),
}

impl Source {
    /// Parses it.
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

    /// Where it stands, for messages.
    pub fn place(&self) -> String {
        match self {
            Self::Line(line) => line.place(),
            Self::Files(files) => files.place(),
            Self::Parsed(record) => record.place.clone(),
        }
    }

    /// How many bytes it took.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Line(line) => line.bytes.len() as u64 + 1,
            Self::Files(files) => files.bytes,
            Self::Parsed(record) => record.text.len() as u64,
        }
    }
}
