//! What a judgement of metrics is to do.

use std::{iter, num::NonZero};

use epitome_base::spec::Built;
use epitome_corpora::{self as corpus, Corpus, CorpusError};
use epitome_metrics::Metric;

/// Everything that decides what `epitome judge` writes, but the number of threads.
pub struct JudgePlan {
    /// The judged summaries.
    pub judgements: Box<dyn Corpus>,
    /// Where their references are, when not beside them.
    pub references: Option<Box<dyn Corpus>>,
    /// Content digests of these, in this order.
    pub digests: Vec<blake3::Hash>,
    /// The metrics, in table order.
    pub metrics: Vec<Built<dyn Metric>>,
    /// The aspects; all without any.
    pub aspects: Vec<String>,
    /// Seed of the intervals and tests.
    pub seed: u64,
    /// Resamples of an interval, rounds of a test.
    pub resamples: u32,
    /// Threads.
    pub jobs: NonZero<usize>,
}

impl JudgePlan {
    /// Opens the corpora and takes their digests.
    ///
    /// # Errors
    /// Returns an error if a corpus cannot be read.
    pub fn open(judgements: &str, references: Option<&str>) -> Result<Self, CorpusError> {
        let mut plan = Self {
            judgements: corpus::open(judgements)?,
            references: references.map(corpus::open).transpose()?,
            digests: Vec::new(),
            metrics: Vec::new(),
            aspects: Vec::new(),
            seed: 0,
            resamples: 0,
            jobs: NonZero::<usize>::MIN,
        };
        let read = iter::once(&plan.judgements).chain(&plan.references);
        plan.digests = read
            .map(|corpus| corpus.digest())
            .collect::<Result<_, _>>()?;
        Ok(plan)
    }

    /// The corpora that are read, with their digests.
    pub fn corpora(&self) -> impl Iterator<Item = (&dyn Corpus, &blake3::Hash)> {
        let corpora = iter::once(&self.judgements).chain(&self.references);
        corpora.map(AsRef::as_ref).zip(&self.digests)
    }

    /// A name for the folder of its results: the judgements', and a digest of everything
    /// that decides the rows.
    pub fn name(&self) -> String {
        let mut recipe = vec![format!("epitome {} judge", env!("CARGO_PKG_VERSION"))];
        recipe.extend(
            self.corpora()
                .map(|(corpus, digest)| format!("corpus {} {digest}", corpus.name())),
        );
        let signature =
            |metric: &Built<dyn Metric>| format!("metric {}", metric.value.signature());
        recipe.extend(self.metrics.iter().map(signature));
        recipe.extend(
            self.aspects
                .iter()
                .map(|aspect| format!("aspect {aspect:?}")),
        );
        recipe.push(format!("seed {} resamples {}", self.seed, self.resamples));
        let digest = blake3::hash(recipe.join("\n").as_bytes()).to_hex();
        format!("{}-{}", self.judgements.name(), &digest.as_str()[..10])
    }
}
