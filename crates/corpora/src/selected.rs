//! A corpus that is a part of another corpus.

use std::collections::BTreeSet;

use epitome_base::rng;

use super::{
    address::Address,
    corpus::{Corpus, Unparsed},
    error::CorpusError,
    source::Source,
    subset::Subset,
};

/// A corpus that is a part of another corpus.
pub(super) struct Selected {
    inner: Box<dyn Corpus>,
    selection: Subset,
}

impl Selected {
    pub(super) fn new(inner: Box<dyn Corpus>, selection: Subset) -> Self {
        Self { inner, selection }
    }

    /// Returns the records that satisfy range and conditions, in order.
    fn candidates(&self) -> Result<Unparsed<'_>, CorpusError> {
        let range = self.selection.range.clone().unwrap_or(0..usize::MAX);
        let records = self
            .inner
            .records()?
            .skip(range.start)
            .take(range.end - range.start);

        if self.selection.language.is_none() && self.selection.conditions.is_empty() {
            return Ok(Box::new(records));
        }

        let chosen = records.filter_map(|source| match source.and_then(Source::parse) {
            Ok(record) if self.selection.takes(&record) => {
                Some(Ok(Source::Parsed(Box::new(record))))
            }
            Ok(_) => None,
            Err(error) => Some(Err(error)),
        });
        Ok(Box::new(chosen))
    }
}

impl Corpus for Selected {
    fn name(&self) -> &str {
        self.inner.name()
    }

    fn origin(&self) -> String {
        format!("{} {}", self.inner.origin(), self.selection.described())
    }

    fn address(&self) -> Address {
        Address {
            subset: self.selection.clone(),
            ..self.inner.address()
        }
    }

    /// Returns a digest of the whole corpus and the description of the part.
    fn digest(&self) -> Result<blake3::Hash, CorpusError> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.inner.digest()?.as_bytes());
        hasher.update(self.selection.described().as_bytes());
        Ok(hasher.finalize())
    }

    fn bytes(&self) -> u64 {
        self.inner.bytes()
    }

    fn reading(&self) -> Option<String> {
        self.inner.reading()
    }

    /// Returns the records of the part. A sample needs a first pass that counts the
    /// candidates.
    fn records(&self) -> Result<Unparsed<'_>, CorpusError> {
        let Some((count, seed)) = self.selection.sample else {
            return self.candidates();
        };

        let mut total = 0;
        for source in self.candidates()? {
            source?;
            total += 1;
        }

        let drawn = drawn(total, count, seed);
        let records = self.candidates()?.enumerate();
        Ok(Box::new(
            records
                .filter(move |(at, _)| drawn.contains(at))
                .map(|(_, source)| source),
        ))
    }
}

/// Returns `count` of `total` positions, drawn without replacement (Floyd 1987).
fn drawn(total: usize, count: usize, seed: u64) -> BTreeSet<usize> {
    let mut drawn = BTreeSet::new();
    for last in total.saturating_sub(count)..total {
        let position = rng::below(rng::mix(seed, last as u64), last + 1);
        if !drawn.insert(position) {
            drawn.insert(last);
        }
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_its_size_and_depends_on_the_seed_alone() {
        assert_eq!(drawn(100, 10, 7).len(), 10);
        assert_eq!(drawn(100, 10, 7), drawn(100, 10, 7));
        assert_ne!(drawn(100, 10, 7), drawn(100, 10, 8));
        assert_eq!(drawn(3, 10, 7).len(), 3);
        assert!(drawn(0, 10, 7).is_empty());
    }

    #[test]
    fn every_position_is_as_likely() {
        let mut counts = [0; 5];
        for seed in 0..5000 {
            for position in drawn(5, 2, seed) {
                counts[position] += 1;
            }
        }
        assert!(
            counts.iter().all(|count| (1850..2150).contains(count)),
            "{counts:?}"
        );
    }
}
