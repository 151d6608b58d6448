//! The trait that every source of records implements.

use super::{address::Address, error::CorpusError, source::Source};

/// A source of records. Implemented by each kind of file or folder, and by corpora that
/// select from or change another corpus.
pub trait Corpus: Send + Sync {
    /// Returns the name of the corpus in tables: `cnndm1000-validation`.
    fn name(&self) -> &str;

    /// Returns the place of the corpus in words, for messages and the manifest.
    fn origin(&self) -> String;

    /// Returns the place of the corpus in a form that [`reopen()`](super::reopen())
    /// reads.
    fn address(&self) -> Address;

    /// Returns the BLAKE3 digest of everything that is read, in reading order.
    ///
    /// # Errors
    /// Returns an error if a file cannot be read.
    fn digest(&self) -> Result<blake3::Hash, CorpusError>;

    /// Returns the number of bytes to read, for a progress bar.
    fn bytes(&self) -> u64;

    /// Returns what was taken for what, in one line: "news.csv is read as CSV, text from
    /// `article`". Returns `None` if nothing had to be decided.
    fn reading(&self) -> Option<String> {
        None
    }

    /// Returns whether systems see the documents without their boilerplate. No
    /// perturbation may follow, since it would change the text in which boilerplate is
    /// found.
    fn is_clean(&self) -> bool {
        false
    }

    /// Returns the records in order, unparsed: parsing is left to the caller's threads.
    ///
    /// # Errors
    /// Returns an error if the corpus cannot be opened.
    fn records(&self) -> Result<Unparsed<'_>, CorpusError>;
}

/// An iterator over records that are read but not parsed yet.
pub type Unparsed<'a> = Box<dyn Iterator<Item = Result<Source, CorpusError>> + Send + 'a>;
