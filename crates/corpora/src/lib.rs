//! Corpora: where documents and their references come from, one file a format.
//!
//! Records are read one at a time; nothing here holds a whole corpus. Formats of other
//! people's corpora are importers: see [`import`].

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
pub mod record;
mod reopen;
mod sampler;
mod selected;
mod selection;
mod source;
mod stream;
mod tagged;
pub mod track;

pub use address::{Address, Place};
pub use corpus::{Corpus, Unparsed};
pub use error::CorpusError;
pub use files::tagged_text;
pub use library::Library;
pub use line::{LINE_LIMIT, Line, lines};
pub use lock::{LOCK, Lock, LockedSplit};
pub use manifest::{CorpusTask, KnownSplit, MANIFESTS, Manifest};
pub use open::{Shelf, open};
pub use record::{Record, reads_as_formula};
pub use reopen::reopen;
pub use selection::{Condition, Selection};
pub use source::Source;
pub use stream::Stream;
