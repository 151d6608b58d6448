//! Corpora: where documents and their references come from, one file a format.
//!
//! To add a format: write its file after the model of `folder.rs` and a line in
//! [`open`]. Records are read one at a time; nothing here holds a whole corpus.

mod error;
mod folder;
mod json;
mod json_lines;
mod name;
pub mod record;
mod sampler;
mod tagged;

use std::{io, path::Path};

pub use error::CorpusError;
pub use json_lines::{LINE_LIMIT, Line, lines};
pub use record::Record;

/// A source of records.
pub trait Corpus: Send + Sync {
    /// What it is called in tables: `cnndm1000-validation`.
    fn name(&self) -> &str;

    /// Where it is, for messages and the manifest.
    fn origin(&self) -> String;

    /// BLAKE3 over everything that is read, in reading order.
    ///
    /// # Errors
    /// A file cannot be read.
    fn digest(&self) -> Result<blake3::Hash, CorpusError>;

    /// How many bytes there are to read, for a progress bar.
    fn bytes(&self) -> u64;

    /// The records, in order. Parsing is left to the caller's threads.
    ///
    /// # Errors
    /// The corpus cannot be opened.
    fn records(&self) -> Result<Unparsed<'_>, CorpusError>;
}

/// Records that are read but not parsed yet.
pub type Unparsed<'a> = Box<dyn Iterator<Item = Result<Source, CorpusError>> + Send + 'a>;

/// One record before parsing.
#[derive(Debug)]
pub enum Source {
    /// A line of JSON.
    Line(Line),
    /// A text with its reference files.
    Files(folder::Files),
}

impl Source {
    /// Parses it.
    ///
    /// # Errors
    /// It is not a record; the error names the place.
    pub fn parse(self) -> Result<Record, CorpusError> {
        match self {
            Self::Line(line) => record::from_json(&line),
            Self::Files(files) => files.read(),
        }
    }

    /// How many bytes it took.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Line(line) => line.bytes.len() as u64 + 1,
            Self::Files(files) => files.bytes,
        }
    }
}

/// Opens what `--corpus` names: `sampler`, a JSON Lines file, or a folder of texts;
/// `name=path` gives it another name.
///
/// # Errors
/// There is no such file or folder, or the folder holds no texts.
pub fn open(argument: &str) -> Result<Box<dyn Corpus>, CorpusError> {
    if argument == sampler::NAME {
        return Ok(Box::new(sampler::Sampler));
    }
    let named = argument.split_once('=').filter(|(name, _)| name::is_plain(name));
    let (name, path) = match named {
        Some((name, path)) if !Path::new(argument).exists() => {
            (Some(name.to_owned()), Path::new(path))
        }
        _ => (None, Path::new(argument)),
    };
    let name = name.unwrap_or_else(|| name::of(path));
    match path.metadata() {
        Ok(metadata) if metadata.is_dir() => {
            Ok(Box::new(folder::Folder::open(name, path)?))
        }
        Ok(_) => Ok(Box::new(json_lines::JsonLines::new(name, path))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(CorpusError::Missing { path: path.to_owned() })
        }
        Err(error) => Err(CorpusError::unreadable(path, error)),
    }
}
