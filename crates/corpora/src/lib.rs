//! Corpora: the sources of documents and their references. Each format is a file of its
//! own.
//!
//! Records are read one at a time; nothing in this crate keeps a whole corpus in memory.
//! [`open()`] finds a corpus by name or path and returns a [`Corpus`], whose records are
//! [`Source`]s that threads parse to [`Record`]s. Other people's formats are imported
//! first: see [`import`].

mod address;
mod binary;
mod bytes;
mod column_names;
mod converted;
mod corpus;
mod data_file;
mod error;
mod evidence;
mod file_format;
mod files;
mod folder;
pub mod import;
mod json;
pub mod json_field;
mod json_lines;
mod json_list;
mod library;
mod line;
mod line_by_line;
mod lock;
mod manifest;
mod mapping;
mod name;
mod open;
mod packing;
mod pairs;
pub mod perturbation;
pub mod record;
mod renamed;
mod reopen;
mod sampler;
mod selected;
mod source;
mod stream;
mod subset;
mod table;
mod tagged;
mod text_format;
mod utf16;

pub use address::{Address, Place};
pub use binary::Binary;
pub use column_names::{ColumnNames, column_name};
pub use corpus::{Corpus, Unparsed};
pub use error::CorpusError;
pub use files::tagged_text;
pub use library::Library;
pub use line::{FileLine, LINE_LIMIT, lines};
pub use line_by_line::{NamedReader, line_by_line};
pub use lock::{CorpusLock, LOCK, LockedSplit};
pub use manifest::{CorpusManifest, CorpusTask, KnownSplit, MANIFESTS};
pub use open::{CorpusOpener, files_at, open};
pub use pairs::Pair;
pub use record::{Record, reads_as_formula};
pub use renamed::Renamed;
pub use reopen::reopen;
pub use source::{JsonObject, Source};
pub use stream::Stream;
pub use subset::{Subset, SubsetCondition};
pub use table::Row;
pub use text_format::TextFormat;
pub use utf16::{utf16_text, without_mark};
