//! A corpus whose documents are changed by a perturbation.

use std::sync::OnceLock;

use epitome_base::spec::{Built, Spec, build};

use crate::{
    address::Address,
    corpus::{Corpus, Unparsed},
    error::CorpusError,
    source::Source,
};

use super::{TRACKS, change::Perturbation, clean};

/// A corpus whose documents are changed by a perturbation.
pub(crate) struct Derived {
    name: String,
    inner: Box<dyn Corpus>,
    perturbation: Built<dyn Perturbation>,
    /// The perturbation with what it takes from other documents, once they were read.
    among: OnceLock<Option<Box<dyn Perturbation>>>,
}

impl Derived {
    /// Returns `inner` under the perturbation that `spec` names, such as
    /// `cnndm+shuffled`.
    ///
    /// # Errors
    /// Returns an error if there is no such perturbation, or it would change a text
    /// that is clean already.
    pub(crate) fn new(inner: Box<dyn Corpus>, spec: &Spec) -> Result<Self, CorpusError> {
        let perturbation = build("perturbation", TRACKS, spec)?;
        if inner.is_clean() {
            let perturbation = perturbation.name;
            return Err(CorpusError::AfterClean { perturbation });
        }
        let name = format!("{}-{}", inner.name(), Self::plain(&perturbation.name));
        Ok(Self {
            name,
            inner,
            perturbation,
            among: OnceLock::new(),
        })
    }

    /// Returns the perturbation with what it takes from other documents of the corpus.
    fn prepared(&self) -> Result<&dyn Perturbation, CorpusError> {
        let own = &self.perturbation.value;
        let among = if let Some(among) = self.among.get() {
            among
        } else {
            let among = own.among(self.inner.as_ref())?;
            self.among.get_or_init(|| among)
        };
        Ok(among.as_ref().unwrap_or(own).as_ref())
    }

    /// Returns the part of a corpus's name that the perturbation adds:
    /// `noisy-rate-0.1`.
    fn plain(perturbation: &str) -> String {
        perturbation.replace(['(', ',', '='], "-").replace(')', "")
    }
}

impl Corpus for Derived {
    fn name(&self) -> &str {
        &self.name
    }

    fn origin(&self) -> String {
        format!("{} +{}", self.inner.origin(), self.perturbation.name)
    }

    fn address(&self) -> Address {
        let mut address = self.inner.address();
        address.perturbations.push(self.perturbation.name.clone());
        address
    }

    /// Returns a digest of the original corpus and the perturbation.
    fn digest(&self) -> Result<blake3::Hash, CorpusError> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.inner.digest()?.as_bytes());
        hasher.update(self.perturbation.name.as_bytes());
        Ok(hasher.finalize())
    }

    fn bytes(&self) -> u64 {
        self.inner.bytes()
    }

    fn reading(&self) -> Option<String> {
        self.inner.reading()
    }

    fn is_clean(&self) -> bool {
        self.perturbation.name == clean::ENTRY.name
    }

    fn records(&self) -> Result<Unparsed<'_>, CorpusError> {
        let perturbation = self.prepared()?;
        let changed = self.inner.records()?.map(move |source| {
            let mut record = source?.parse()?;
            perturbation.change(&mut record);
            Ok(Source::Parsed(Box::new(record)))
        });
        Ok(Box::new(changed))
    }
}
