//! Corpora: the sources of documents and their references. Each format is a file of its
//! own.
//!
//! Records are read one at a time; nothing in this crate keeps a whole corpus in memory.
//! [`open()`] finds a corpus by name or path and returns a [`Corpus`], whose records are
//! [`Source`]s that threads parse to [`Record`]s. Other people's formats are imported
//! first: see [`import`].

mod address;
mod corpus;
mod error;
mod files;
mod folder;
pub mod import;
mod json;
mod json_lines;
mod library;
mod line;
mod lock;
mod manifest;
mod name;
mod open;
pub mod perturbation;
pub mod record;
mod renamed;
mod reopen;
mod sampler;
mod selected;
mod source;
mod stream;
mod subset;
mod tagged;

pub use address::{Address, Place};
pub use corpus::{Corpus, Unparsed};
pub use error::CorpusError;
pub use files::tagged_text;
pub use library::Library;
pub use line::{FileLine, LINE_LIMIT, lines};
pub use lock::{CorpusLock, LOCK, LockedSplit};
pub use manifest::{CorpusManifest, CorpusTask, KnownSplit, MANIFESTS};
pub use open::{CorpusOpener, open};
pub use record::{Record, reads_as_formula};
pub use renamed::Renamed;
pub use reopen::reopen;
pub use source::Source;
pub use stream::Stream;
pub use subset::{Subset, SubsetCondition};
