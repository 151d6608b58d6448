//! What a manifest says of each system, metric, corpus and language.

use serde::{Deserialize, Serialize};

use epitome_base::spec::Built;
use epitome_corpora::{Address, Corpus};
use epitome_metrics::{Average, Better, Metric, Task};

use super::{
    allowance::Allowance, layout::MetricLayout, letters::ReferenceLetters,
    system::SystemKind,
};

/// A system of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SystemRecipe {
    /// Its canonical name.
    pub name: String,
    /// What it does.
    pub task: Task,
    /// Whether it is a system or what systems are measured against.
    #[serde(default)]
    pub kind: SystemKind,
    /// How long its outputs may be.
    pub budget: Allowance,
    /// Where it has document frequencies from.
    pub document_frequencies: String,
    /// The version of a plugin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// What starts a plugin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
}

/// A metric of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricRecipe {
    /// Its canonical name.
    pub name: String,
    /// Everything that changes its value.
    pub signature: String,
    /// What it measures.
    pub task: Task,
    /// Which values are good.
    pub better: Better,
    /// How scores are averaged.
    pub average: Average,
    /// Of a micro average: the names of the statistics that are added up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statistics: Vec<String>,
    /// The lowest value; `None` if there is none.
    #[serde(default)]
    pub lowest: Option<f64>,
    /// The highest value; `None` if there is none.
    #[serde(default)]
    pub highest: Option<f64>,
    /// Whether it was added after the run, from stored extracts.
    #[serde(default)]
    pub added: bool,
}

/// A corpus of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CorpusRecipe {
    /// What it is called in tables.
    pub name: String,
    /// Where it was, in words.
    pub origin: String,
    /// Where it was, to open it again.
    pub address: Address,
    /// Digest of its contents.
    pub blake3: String,
    /// The letters of its references, if they were counted.
    #[serde(default)]
    pub letters: ReferenceLetters,
}

/// What a language's words went through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanguageRecipe {
    /// Its code.
    pub language: String,
    /// The stemmer.
    pub stemmer: String,
    /// The stop list.
    pub stop_words: String,
}

impl MetricRecipe {
    /// The recipe of a metric.
    pub fn of(metric: &Built<dyn Metric>) -> Self {
        Self {
            name: metric.name.clone(),
            signature: metric.value.signature().to_string(),
            task: metric.value.task(),
            better: metric.value.scale().better,
            average: metric.value.average(),
            statistics: MetricLayout::statistics_of(metric.value.as_ref()),
            lowest: metric.value.scale().low,
            highest: metric.value.scale().high,
            added: false,
        }
    }
}

impl CorpusRecipe {
    /// The recipe of a corpus with such contents.
    pub(super) fn of(corpus: &dyn Corpus, digest: blake3::Hash) -> Self {
        let (name, origin) = (corpus.name().to_owned(), corpus.origin());
        let letters = ReferenceLetters::default();
        let (address, blake3) = (corpus.address(), digest.to_hex().to_string());
        Self {
            name,
            origin,
            address,
            blake3,
            letters,
        }
    }
}
