//! A corpus under another name.

use std::sync::Arc;

use super::{
    address::Address,
    corpus::{Corpus, Unparsed},
    error::CorpusError,
};

/// A corpus under another name in tables. Its documents, digest and address are those of
/// the corpus that it shares with others.
pub struct Renamed {
    inner: Arc<dyn Corpus>,
    name: String,
}

impl Renamed {
    /// Returns `inner` under `name`.
    pub fn new(inner: Arc<dyn Corpus>, name: String) -> Self {
        Self { inner, name }
    }
}

impl Corpus for Renamed {
    fn name(&self) -> &str {
        &self.name
    }

    fn origin(&self) -> String {
        self.inner.origin()
    }

    fn address(&self) -> Address {
        self.inner.address()
    }

    fn digest(&self) -> Result<blake3::Hash, CorpusError> {
        self.inner.digest()
    }

    fn bytes(&self) -> u64 {
        self.inner.bytes()
    }

    fn reading(&self) -> Option<String> {
        self.inner.reading()
    }

    fn is_clean(&self) -> bool {
        self.inner.is_clean()
    }

    fn records(&self) -> Result<Unparsed<'_>, CorpusError> {
        self.inner.records()
    }
}
