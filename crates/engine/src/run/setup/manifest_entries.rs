//! The entries of a manifest: what it contains about each system, metric, corpus and
//! language.

use serde::{Deserialize, Serialize};

use epitome_base::spec::{Built, Spec};
use epitome_corpora::{Address, Corpus};
use epitome_metrics::{
    Average, Better, External, ExternalDescription, ExternalMetric, Metric, MetricNeeds,
    Scale, SignatureError, Task, Unit,
};
use epitome_systems::rank::Budget;

use crate::{learnt::LearntDocuments, registry::Registry};

use super::{
    allowance::Allowance, layout::MetricLayout, letters::ReferenceLetters,
    system::SystemKind,
};

/// The entry of a system in a manifest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SystemRecipe {
    /// The canonical name of the system.
    pub name: String,
    /// The kind of its outputs.
    pub task: Task,
    /// Whether it is a system, or a reference that systems are compared with.
    #[serde(default)]
    pub kind: SystemKind,
    /// The most that it may return for a document of a corpus that has no budget of its
    /// own.
    pub budget: Allowance,
    /// The origin of its document frequencies: `none`, `self` or `background`.
    pub document_frequencies: String,
    /// The version of a plugin, if it reports one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The command that starts a plugin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// What a plugin was kept from, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub isolation: Option<String>,
}

/// The entry of a metric in a manifest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MetricRecipe {
    /// The canonical name of the metric.
    pub name: String,
    /// The signature of the metric: everything that changes its value.
    pub signature: String,
    /// The kind of outputs that it measures.
    pub task: Task,
    /// The direction in which values are better.
    pub better: Better,
    /// What its values are in.
    #[serde(default = "share")]
    pub unit: Unit,
    /// How scores are averaged over documents.
    pub average: Average,
    /// The names of the statistics that are added up for a micro average; empty for a
    /// macro average.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statistics: Vec<String>,
    /// The lowest value; `None` if there is none.
    #[serde(default)]
    pub lowest: Option<f64>,
    /// The highest value; `None` if there is none.
    #[serde(default)]
    pub highest: Option<f64>,
    /// Whether the metric was added after the run, from stored extracts.
    #[serde(default)]
    pub added: bool,
    /// The version of an external metric: what a plugin reports, or the digest of a file of
    /// scores.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The command of an external metric, or the path of its file; `None` for a metric that
    /// is built in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// What the plugin that is the metric was kept from, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub isolation: Option<String>,
}

/// The entry of a corpus in a manifest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CorpusRecipe {
    /// The name of the corpus in tables.
    pub name: String,
    /// The place of the corpus, in words.
    pub origin: String,
    /// The place of the corpus, in a form from which it can be opened again.
    pub address: Address,
    /// The digest of its contents.
    pub blake3: String,
    /// The letters of its references, if they were counted.
    #[serde(default)]
    pub letters: ReferenceLetters,
    /// The documents that our own methods were learnt on.
    #[serde(default)]
    pub learnt: LearntDocuments,
    /// The budget of its summaries, if it is not that of the run's systems.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Budget>,
    /// The most keyphrases of its documents, if it is not the limit of the run's systems.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
}

/// The entry of a language in a manifest: how its words were processed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanguageRecipe {
    /// The code of the language.
    pub language: String,
    /// The stemmer of the language.
    pub stemmer: String,
    /// The stop list of the language.
    pub stop_words: String,
}

/// Adds what a plugin is kept from now to what is recorded of it, unless that is the last of
/// it.
pub(in crate::run) fn add_isolation(
    recorded: &mut Option<String>,
    now: Option<&Option<String>>,
) {
    /// What stands between the isolation of rows and that of later rows.
    const THEN: &str = "; then ";

    if let (Some(recorded), Some(Some(now))) = (recorded, now)
        && recorded.rsplit(THEN).next() != Some(now)
    {
        *recorded = [recorded.as_str(), now].join(THEN);
    }
}

/// The unit of most metrics, for manifests that do not say it.
fn share() -> Unit {
    Unit::Share
}

impl MetricRecipe {
    /// Returns the entry of a metric.
    pub fn of(metric: &Built<dyn Metric>) -> Self {
        let origin = metric.value.external().map(ExternalMetric::origin);
        Self {
            version: origin.as_ref().map(|origin| origin.version.clone()),
            isolation: origin
                .as_ref()
                .and_then(|origin| origin.isolation)
                .map(|isolation| isolation.to_string()),
            command: origin.map(|origin| origin.command),
            name: metric.name.clone(),
            signature: metric.value.signature().to_string(),
            task: metric.value.task(),
            better: metric.value.scale().better,
            unit: metric.value.scale().unit,
            average: metric.value.average(),
            statistics: MetricLayout::statistics_of(metric.value.as_ref()),
            lowest: metric.value.scale().low,
            highest: metric.value.scale().high,
            added: false,
        }
    }

    /// Returns the metric again, to derive tables from its stored scores: of an external
    /// metric only these are left.
    ///
    /// # Errors
    /// Returns an error if `registry` does not know it, or its signature is broken.
    pub fn recorded(
        &self,
        registry: &Registry,
    ) -> Result<Built<dyn Metric>, SignatureError> {
        if self.command.is_none() {
            let spec: Spec = self.name.parse()?;
            return Ok(registry.metric(&spec)?);
        }
        let scale = Scale {
            low: self.lowest,
            high: self.highest,
            better: self.better,
            unit: self.unit,
        };
        let signature = self.signature.parse()?;
        let description = ExternalDescription {
            task: self.task,
            scale,
            needs: MetricNeeds::default(),
            signature,
        };
        Ok(Built {
            name: self.name.clone(),
            value: Box::new(External::recorded(description)),
        })
    }
}

impl CorpusRecipe {
    /// Returns the entry of a corpus whose contents have the given digest. Letters are
    /// not counted.
    pub(in crate::run) fn of(corpus: &dyn Corpus, digest: blake3::Hash) -> Self {
        let (name, origin) = (corpus.name().to_owned(), corpus.origin());
        let letters = ReferenceLetters::default();
        let (address, blake3) = (corpus.address(), digest.to_hex().to_string());
        Self {
            name,
            origin,
            address,
            blake3,
            letters,
            learnt: LearntDocuments::default(),
            budget: None,
            limit: None,
        }
    }
}
