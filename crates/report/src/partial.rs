//! The sums of a part of a corpus as a file: parts merge in any order to the bytes of the
//! whole.

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

/// What is known of the documents of one or more parts.
pub struct PartialRun {
    origin: Option<ShardOrigin>,
    resamples: u32,
    documents: Documents,
    tally: Tally,
}

/// Which documents there are, whatever their order: how many, and the sum of 128 bits of
/// the BLAKE3 of each id. Two sets share a sum with a chance of 2⁻¹²⁸.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Documents {
    /// How many.
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

    fn merge(&mut self, other: Self) {
        self.count += other.count;
        self.ids = self.ids.wrapping_add(other.ids);
    }
}

#[derive(Serialize, Deserialize)]
struct File {
    origin: Option<ShardOrigin>,
    resamples: u32,
    documents: u64,
    /// In hexadecimal digits.
    ids: String,
    sums: RunSums,
}

impl PartialRun {
    /// No document yet.
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

    /// Notes where the rows are from.
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
    /// Returns an error if it cannot be read, or was made otherwise.
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
            .map_err(|_| refuse("it says no sum of ids"))?;
        self.documents.merge(Documents {
            count: file.documents,
            ids,
        });
        self.tally.merge(&file.sums);
        Ok(())
    }

    /// Reads and merges files.
    ///
    /// # Errors
    /// Returns the errors of [`merge`](Self::merge).
    pub fn read(mut self, paths: &[PathBuf]) -> Result<Self, StoreError> {
        for path in paths {
            self.merge(path)?;
        }
        Ok(self)
    }

    /// Where the rows are from.
    pub fn origin(&self) -> Option<&ShardOrigin> {
        self.origin.as_ref()
    }

    /// Which documents there are.
    pub fn documents(&self) -> Documents {
        self.documents
    }

    /// The sums.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The file.
    ///
    /// # Panics
    /// Never: numbers and texts are JSON.
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
