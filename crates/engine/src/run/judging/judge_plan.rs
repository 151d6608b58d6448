//! The plan of a meta-evaluation (`epitome judge`).

use std::{iter, num::NonZero};

use epitome_base::spec::Built;
use epitome_corpora::{self as corpus, Corpus, CorpusError};
use epitome_metrics::Metric;

/// Everything that decides what `epitome judge` writes, and the number of threads, which
/// does not. Made by [`JudgePlan::open`]; the program fills in the metrics and settings.
pub struct JudgePlan {
    /// The corpus of judged summaries.
    pub judgements: Box<dyn Corpus>,
    /// The corpus of their references, if these are not beside the summaries.
    pub references: Option<Box<dyn Corpus>>,
    /// The digests of the contents of `judgements` and `references`, in this order.
    pub digests: Vec<blake3::Hash>,
    /// The metrics, in table order.
    pub metrics: Vec<Built<dyn Metric>>,
    /// The aspects to compare with; every aspect if empty.
    pub aspects: Vec<String>,
    /// The seed of the intervals and tests.
    pub seed: u64,
    /// The number of resamples of an interval, and of rounds of a test.
    pub resamples: u32,
    /// The number of threads.
    pub jobs: NonZero<usize>,
}

impl JudgePlan {
    /// Opens the corpora and computes their digests. The plan has no metrics yet.
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

    /// Returns the corpora that are read, with their digests.
    pub fn corpora(&self) -> impl Iterator<Item = (&dyn Corpus, &blake3::Hash)> {
        let corpora = iter::once(&self.judgements).chain(&self.references);
        corpora.map(AsRef::as_ref).zip(&self.digests)
    }

    /// Returns a name for the folder of the results: the name of the judgements, and a
    /// digest of everything that decides the rows.
    pub fn name(&self) -> String {
        let mut recipe = vec![format!("epitome {} judge", env!("CARGO_PKG_VERSION"))];
        recipe.extend(
            self.corpora()
                .map(|(corpus, digest)| format!("corpus {} {digest}", corpus.name())),
        );

        recipe.extend(
            self.metrics
                .iter()
                .map(|metric| format!("metric {}", metric.value.signature())),
        );
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
