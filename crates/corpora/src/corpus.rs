//! A source of records.

use super::{address::Address, error::CorpusError, source::Source};

/// A source of records.
pub trait Corpus: Send + Sync {
    /// What it is called in tables: `cnndm1000-validation`.
    fn name(&self) -> &str;

    /// Where it is, for messages and the manifest.
    fn origin(&self) -> String;

    /// Where it is, for [`reopen()`](super::reopen()).
    fn address(&self) -> Address;

    /// BLAKE3 over everything that is read, in reading order.
    ///
    /// # Errors
    /// Returns an error if a file cannot be read.
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
    /// Returns an error if the corpus cannot be opened.
    fn records(&self) -> Result<Unparsed<'_>, CorpusError>;
}

/// Records that are read but not parsed yet.
pub type Unparsed<'a> = Box<dyn Iterator<Item = Result<Source, CorpusError>> + Send + 'a>;
