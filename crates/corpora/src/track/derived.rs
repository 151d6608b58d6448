//! A corpus whose documents are changed.

use epitome_base::spec::{Built, Spec, build};

use crate::{
    address::Address,
    corpus::{Corpus, Unparsed},
    error::CorpusError,
    source::Source,
};

use super::{TRACKS, change::Track, clean};

/// A corpus whose documents are changed.
pub(crate) struct Derived {
    name: String,
    inner: Box<dyn Corpus>,
    track: Built<dyn Track>,
}

impl Derived {
    /// `cnndm+shuffled`.
    ///
    /// # Errors
    /// There is no such track, or it would change a text that is clean already.
    pub(crate) fn new(inner: Box<dyn Corpus>, spec: &Spec) -> Result<Self, CorpusError> {
        let track = build("track", TRACKS, spec)?;
        if inner.is_clean() {
            let track = track.name;
            return Err(CorpusError::AfterClean { track });
        }
        let name = format!("{}-{}", inner.name(), Self::plain(&track.name));
        Ok(Self { name, inner, track })
    }

    /// What the track adds to a name: `noisy-rate-0.1`.
    fn plain(track: &str) -> String {
        track.replace(['(', ',', '='], "-").replace(')', "")
    }
}

impl Corpus for Derived {
    fn name(&self) -> &str {
        &self.name
    }

    fn origin(&self) -> String {
        format!("{} +{}", self.inner.origin(), self.track.name)
    }

    fn address(&self) -> Address {
        let mut address = self.inner.address();
        address.tracks.push(self.track.name.clone());
        address
    }

    /// Of what it is derived from and of the change.
    fn digest(&self) -> Result<blake3::Hash, CorpusError> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.inner.digest()?.as_bytes());
        hasher.update(self.track.name.as_bytes());
        Ok(hasher.finalize())
    }

    fn bytes(&self) -> u64 {
        self.inner.bytes()
    }

    fn is_clean(&self) -> bool {
        self.track.name == clean::ENTRY.name
    }

    fn records(&self) -> Result<Unparsed<'_>, CorpusError> {
        let changed = self.inner.records()?.map(|source| {
            let mut record = source?.parse()?;
            self.track.value.change(&mut record);
            Ok(Source::Parsed(Box::new(record)))
        });
        Ok(Box::new(changed))
    }
}
