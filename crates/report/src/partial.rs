//! Files with the sums of a part of a corpus. Parts can be merged in any order, with the same bytes
//! as the whole.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use epitome_base::spec::Built;
use epitome_engine::run::{
    DocumentOutcome, Layout, ShardOrigin, StoreError, seal, unsealed,
};
use epitome_metrics::Metric;

use super::tally::{RunSums, Tally};

/// The sums over the documents of one or more parts.
pub struct PartialRun {
    /// How the rows were made; `None` if there are no rows yet.
    origin: Option<ShardOrigin>,
    resamples: u32,
    documents: Documents,
    tally: Tally,
}

/// A digest of a set of documents that does not depend on their order: their number, and the sum
/// of 128 bits of the BLAKE3 digests of their ids. Two sets of equal size have the same sum with
/// probability 2⁻¹²⁸.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Documents {
    /// Number of documents.
    pub count: u64,
    ids: u128,
}

impl Documents {
    /// Adds a document.
    pub fn add(&mut self, id: &str) {
        let digest = blake3::hash(id.as_bytes());
        let (low, _) = digest.as_bytes().split_at(16);
        let low = low.try_into().map_or(0, u128::from_le_bytes);
        self.count += 1;
        self.ids = self.ids.wrapping_add(low);
    }

    /// Adds the documents of another set.
    fn merge(&mut self, other: Self) {
        self.count += other.count;
        self.ids = self.ids.wrapping_add(other.ids);
    }
}

/// Content of a file, as JSON.
#[derive(Serialize, Deserialize)]
struct File {
    origin: Option<ShardOrigin>,
    resamples: u32,
    documents: u64,
    /// Sum of [`Documents`] in hexadecimal digits.
    ids: String,
    sums: RunSums,
}

impl PartialRun {
    /// Returns sums over no documents.
    pub fn new(
        layout: Layout,
        metrics: &[Built<dyn Metric>],
        seed: u64,
        resamples: u32,
    ) -> Self {
        let tally = Tally::new(layout, metrics, seed, resamples);
        Self {
            origin: None,
            resamples,
            documents: Documents::default(),
            tally,
        }
    }

    /// Returns the same sums with the origin of the rows.
    #[must_use]
    pub fn from(self, origin: Option<&ShardOrigin>) -> Self {
        Self {
            origin: origin.cloned(),
            ..self
        }
    }

    /// Adds a document.
    pub fn add(&mut self, outcome: &DocumentOutcome) {
        self.documents.add(&outcome.id);
        self.tally.add(outcome);
    }

    /// Adds the documents of a file that [`text`](Self::text) was written to.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read, or its rows were made with other settings.
    pub fn merge(&mut self, path: &Path) -> Result<(), StoreError> {
        let text =
            fs::read_to_string(path).map_err(|error| StoreError::new(path, error))?;
        let refuse = |problem: &str| StoreError::broken(path, problem);
        let text = unsealed(&text).map_err(|problem| refuse(&problem))?;
        let file: File = serde_json::from_str(text)
            .map_err(|error| refuse(&format!("it holds no sums: {error}")))?;
        if file.resamples != self.resamples {
            let (there, here) = (file.resamples, self.resamples);
            return Err(refuse(&format!("it has {there} resamples, not {here}")));
        }

        if file.documents > 0 {
            match &self.origin {
                None => self.origin = file.origin,
                origin if *origin != file.origin => {
                    return Err(refuse("its workers were given other arguments"));
                }
                Some(_) => {}
            }
        }

        let ids = u128::from_str_radix(&file.ids, 16)
            .map_err(|_| refuse("its sum of ids is no hexadecimal number"))?;
        self.documents.merge(Documents {
            count: file.documents,
            ids,
        });
        self.tally.merge(&file.sums);
        Ok(())
    }

    /// Returns the sums with those of files added.
    ///
    /// # Errors
    /// Returns the first error of [`merge`](Self::merge).
    pub fn read(mut self, paths: &[PathBuf]) -> Result<Self, StoreError> {
        for path in paths {
            self.merge(path)?;
        }
        Ok(self)
    }

    /// Returns how the rows were made; `None` if there are no rows.
    pub fn origin(&self) -> Option<&ShardOrigin> {
        self.origin.as_ref()
    }

    /// Returns the digest of the documents.
    pub fn documents(&self) -> Documents {
        self.documents
    }

    /// Returns the sums.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Returns the text of a file with the sums.
    ///
    /// # Panics
    /// Does not panic: numbers and texts can always be written as JSON.
    pub fn text(self) -> String {
        let file = File {
            origin: self.origin,
            resamples: self.resamples,
            documents: self.documents.count,
            ids: format!("{:032x}", self.documents.ids),
            sums: self.tally.into_sums(),
        };
        seal(serde_json::to_string(&file).expect("numbers and texts are JSON") + "\n")
    }
}
