//! A system of a run: whatever gives summaries or keyphrases.

use serde::{Deserialize, Serialize};

use crate::registry::Registry;
use epitome_base::spec::{self, Built, Spec, SpecError};
use epitome_metrics::Task;
use epitome_plugin::{self as plugin, Plugin, PluginOrigin};
use epitome_systems::keywords::KeywordExtractor;
use epitome_systems::summarise::Summariser;
use epitome_text::AnalysisNeeds;

use super::{human::HUMAN, oracle::ORACLE, tasks::Tasks};

/// A system with its canonical name.
pub struct System {
    /// `text-rank(damping=0.9)`.
    pub name: String,
    /// What it does.
    pub role: Role,
}

/// What a system does.
pub enum Role {
    /// Picks sentences.
    Summariser(Box<dyn Summariser>),
    /// Extracts keyphrases.
    Extractor(Box<dyn KeywordExtractor>),
    /// Does either, elsewhere.
    Plugin(Box<dyn Plugin>),
    /// Picks sentences and knows the references.
    Oracle,
    /// Each reference against the others.
    Human,
}

/// Whether something in a table is a system or what systems are measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SystemKind {
    /// A system. It sees no reference.
    #[default]
    System,
    /// What knows the references: the oracle, people. It has no rank, is in no test of
    /// several systems, and is never the best.
    Reference,
}

impl System {
    /// A summariser by its spec.
    ///
    /// # Errors
    /// Returns an error if the spec is refused.
    pub fn summariser(registry: &Registry, spec: &Spec) -> Result<Self, SpecError> {
        let Built { name, value } = registry.summariser(spec)?;
        Ok(Self {
            name,
            role: Role::Summariser(value),
        })
    }

    /// A keyword extractor by its spec.
    ///
    /// # Errors
    /// Returns an error if the spec is refused.
    pub fn extractor(registry: &Registry, spec: &Spec) -> Result<Self, SpecError> {
        let Built { name, value } = registry.extractor(spec)?;
        Ok(Self {
            name,
            role: Role::Extractor(value),
        })
    }

    /// The oracle by its spec.
    ///
    /// # Errors
    /// Returns an error if the spec is refused.
    pub(super) fn oracle(spec: &Spec) -> Result<Self, SpecError> {
        let Built { name, .. } = spec::build("oracle", &[ORACLE], spec)?;
        Ok(Self {
            name,
            role: Role::Oracle,
        })
    }

    /// People by their spec.
    ///
    /// # Errors
    /// Returns an error if the spec is refused.
    pub(super) fn human(spec: &Spec) -> Result<Self, SpecError> {
        let Built { name, .. } = spec::build("human", &[HUMAN], spec)?;
        Ok(Self {
            name,
            role: Role::Human,
        })
    }

    /// The systems that a spec names: of both families where both know the name and the
    /// corpora have references for both.
    ///
    /// # Errors
    /// Returns an error if the spec is refused, or names nothing.
    pub(super) fn named(
        registry: &Registry,
        spec: &Spec,
        tasks: Tasks,
    ) -> Result<Vec<Self>, SpecError> {
        let summarises = registry
            .summarisers()
            .iter()
            .any(|entry| entry.name == spec.name);
        let extracts = registry
            .extractors()
            .iter()
            .any(|entry| entry.name == spec.name);
        match (summarises, extracts) {
            (true, true) => {
                let both = !tasks.any() || (tasks.summaries && tasks.keyphrases);
                let mut systems = Vec::new();
                if both || tasks.has(Task::Summaries) {
                    systems.push(Self::summariser(registry, spec)?);
                }
                if both || tasks.has(Task::Keyphrases) {
                    systems.push(Self::extractor(registry, spec)?);
                }
                Ok(systems)
            }
            (true, false) => Ok(vec![Self::summariser(registry, spec)?]),
            (false, true) => Ok(vec![Self::extractor(registry, spec)?]),
            (false, false) if spec.name == ORACLE.name => Ok(vec![Self::oracle(spec)?]),
            (false, false) if spec.name == HUMAN.name => Ok(vec![Self::human(spec)?]),
            (false, false) => Err(unknown(registry, spec)),
        }
    }

    /// What kind of output it gives.
    pub fn task(&self) -> Task {
        match &self.role {
            Role::Summariser(_) | Role::Oracle | Role::Human => Task::Summaries,
            Role::Extractor(_) => Task::Keyphrases,
            Role::Plugin(plugin) => match plugin.task() {
                plugin::PluginTask::Summarise => Task::Summaries,
                plugin::PluginTask::Keywords => Task::Keyphrases,
            },
        }
    }

    /// What it wants to be there before it sees a document.
    pub fn needs(&self) -> AnalysisNeeds {
        match &self.role {
            Role::Summariser(summariser) => summariser.needs(),
            Role::Extractor(extractor) => extractor.needs(),
            Role::Oracle | Role::Human | Role::Plugin(_) => AnalysisNeeds::default(),
        }
    }

    /// Whether it is a plugin.
    pub fn is_plugin(&self) -> bool {
        matches!(self.role, Role::Plugin(_))
    }

    /// Where it comes from, when it is a plugin.
    pub fn origin(&self) -> Option<PluginOrigin> {
        match &self.role {
            Role::Plugin(plugin) => Some(plugin.origin()),
            _ => None,
        }
    }

    /// Whether it sees the references.
    pub fn sees_references(&self) -> bool {
        matches!(self.role, Role::Oracle | Role::Human)
    }

    /// Whether it is a system, or what systems are measured against.
    pub fn kind(&self) -> SystemKind {
        if self.sees_references() {
            SystemKind::Reference
        } else {
            SystemKind::System
        }
    }
}

/// The nearest name of either family.
fn unknown(registry: &Registry, spec: &Spec) -> SpecError {
    let summarisers = registry.summarisers().iter().map(|entry| entry.name);
    let extractors = registry.extractors().iter().map(|entry| entry.name);
    let names = summarisers
        .chain(extractors)
        .chain([ORACLE.name, HUMAN.name]);
    SpecError::unknown_name("system", &spec.name, names)
}
