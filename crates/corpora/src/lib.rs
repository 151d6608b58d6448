//! Corpora: where documents and their references come from, one file a format.
//!
//! Records are read one at a time; nothing here holds a whole corpus. Formats of other
//! people's corpora are importers: see [`import`].

mod address;
mod error;
mod folder;
pub mod import;
mod json;
mod json_lines;
mod library;
mod lock;
mod manifest;
mod name;
mod open;
pub mod record;
mod reopen;
mod sampler;
mod selection;
mod stream;
mod tagged;
pub mod track;

pub use address::{Address, Place};
pub use error::CorpusError;
pub use folder::tagged_text;
pub use json_lines::{LINE_LIMIT, Line, lines};
pub use library::Library;
pub use lock::{LOCK, Lock, LockedSplit};
pub use manifest::{CorpusTask, KnownSplit, MANIFESTS, Manifest};
pub use open::{Shelf, open};
pub use record::{Record, reads_as_formula};
pub use reopen::reopen;
pub use selection::{Condition, Selection};
pub use stream::Stream;

/// A source of records.
pub trait Corpus: Send + Sync {
    /// What it is called in tables: `cnndm1000-validation`.
    fn name(&self) -> &str;

    /// Where it is, for messages and the manifest.
    fn origin(&self) -> String;

    /// Where it is, for [`reopen()`].
    fn address(&self) -> Address;

    /// BLAKE3 over everything that is read, in reading order.
    ///
    /// # Errors
    /// A file cannot be read.
    fn digest(&self) -> Result<blake3::Hash, CorpusError>;

    /// How many bytes there are to read, for a progress bar.
    fn bytes(&self) -> u64;

    /// Whether systems see its documents without their boilerplate: nothing changes a
    /// text after that was decided.
    fn is_clean(&self) -> bool {
        false
    }

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
    /// A record that had to be parsed to be chosen or changed.
    Parsed(Box<Record>),
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
