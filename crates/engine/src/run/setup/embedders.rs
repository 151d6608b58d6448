//! The embedders of a run: those that its systems or metrics name.

use serde::{Deserialize, Serialize};

use epitome_base::{
    embedding::{Embedders, NamedEmbedder, RecordedEmbedder},
    spec::{Built, Parameter, Spec},
};
use epitome_metrics::Metric;

use super::system::System;

/// The entry of an embedder in a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmbedderRecipe {
    /// The name, as specs use it.
    pub name: String,
    /// Everything that decides the vectors.
    pub signature: String,
    /// What the plugin that is the embedder was kept from, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub isolation: Option<String>,
}

impl EmbedderRecipe {
    /// Returns the entry of an embedder.
    pub(in crate::run) fn of(named: &NamedEmbedder) -> Self {
        Self {
            name: named.name.clone(),
            signature: named.embedder.signature(),
            isolation: named.embedder.isolation().map(|it| it.to_string()),
        }
    }

    /// Returns an embedder that is known by its entry alone: metrics on it can score
    /// statistics that were stored, and would find every text without a vector.
    pub fn recorded(&self) -> NamedEmbedder {
        RecordedEmbedder::named(&self.name, &self.signature)
    }
}

/// Returns the embedders that systems or metrics name, in the order of `known`.
pub(in crate::run) fn used(
    known: &Embedders,
    systems: &[System],
    metrics: &[Built<dyn Metric>],
) -> Embedders {
    let systems = systems.iter().map(|system| &system.name);
    let metrics = metrics.iter().map(|metric| &metric.name);
    let specs = systems
        .chain(metrics)
        .filter_map(|it| it.parse::<Spec>().ok());
    let arguments = specs.flat_map(|spec| spec.arguments);
    let named: Vec<String> = arguments
        .filter(|(parameter, _)| parameter == Parameter::EMBEDDER.name)
        .map(|(_, name)| name)
        .collect();
    known
        .iter()
        .filter(|it| named.contains(&it.name))
        .cloned()
        .collect()
}
