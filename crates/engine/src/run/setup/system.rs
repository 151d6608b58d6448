//! A system of a run: anything that returns summaries or keyphrases, whether built in, a
//! plugin or a reference.

use serde::{Deserialize, Serialize};

use crate::registry::Registry;
use epitome_base::spec::{self, Built, Spec, SpecError};
use epitome_metrics::Task;
use epitome_plugin::{self as plugin, Plugin, PluginOrigin};
use epitome_systems::keywords::KeywordExtractor;
use epitome_systems::summarise::Summariser;
use epitome_text::{AnalysisNeeds, CorpusNeeds};

use super::{human::HUMAN, oracle::ORACLE, tasks::Tasks};

/// A system with its canonical name.
pub struct System {
    /// The canonical name, such as `text-rank(damping=0.9)`.
    pub name: String,
    /// The implementation.
    pub role: Role,
}

/// The implementation of a system.
pub enum Role {
    /// A built-in summariser, which picks sentences.
    Summariser(Box<dyn Summariser>),
    /// A built-in keyword extractor.
    Extractor(Box<dyn KeywordExtractor>),
    /// A plugin, which summarises or extracts keyphrases in another program or from a
    /// file.
    Plugin(Box<dyn Plugin>),
    /// The oracle, which picks sentences and sees the references.
    Oracle,
    /// The human upper bound: each reference against the others.
    Human,
}

/// Whether a row of a table is a system, or a reference that systems are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SystemKind {
    /// A system, which sees no references.
    #[default]
    System,
    /// The oracle or the human upper bound, which know the references. They have no rank,
    /// are in no test of several systems, and are never the best.
    Reference,
}

impl System {
    /// Returns the summariser that `spec` names.
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

    /// Returns the keyword extractor that `spec` names.
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

    /// Returns the oracle. `spec` must name it without parameters.
    ///
    /// # Errors
    /// Returns an error if the spec is refused.
    pub(in crate::run) fn oracle(spec: &Spec) -> Result<Self, SpecError> {
        let Built { name, .. } = spec::build("oracle", &[ORACLE], spec)?;
        Ok(Self {
            name,
            role: Role::Oracle,
        })
    }

    /// Returns the human upper bound. `spec` must name it without parameters.
    ///
    /// # Errors
    /// Returns an error if the spec is refused.
    pub(in crate::run) fn human(spec: &Spec) -> Result<Self, SpecError> {
        let Built { name, .. } = spec::build("human", &[HUMAN], spec)?;
        Ok(Self {
            name,
            role: Role::Human,
        })
    }

    /// Returns the systems that `spec` names: a summariser and an extractor if both have
    /// this name and the corpora have references for both.
    ///
    /// # Errors
    /// Returns an error if the spec is refused, or names nothing.
    pub(in crate::run) fn named(
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
                let both =
                    !tasks.any() || (tasks.has(Task::Summaries) && tasks.keyphrases);
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

    /// Returns the kind of its outputs.
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

    /// Returns what the system needs of a document's analysis.
    pub fn needs(&self) -> AnalysisNeeds {
        match &self.role {
            Role::Summariser(summariser) => summariser.needs(),
            Role::Extractor(extractor) => extractor.needs(),
            Role::Oracle | Role::Human | Role::Plugin(_) => AnalysisNeeds::default(),
        }
    }

    /// Returns what must be counted in a corpus for the system.
    pub fn corpus_needs(&self) -> CorpusNeeds {
        match &self.role {
            Role::Extractor(extractor) => extractor.corpus_needs(),
            Role::Summariser(_) | Role::Oracle | Role::Human | Role::Plugin(_) => {
                CorpusNeeds::default()
            }
        }
    }

    /// Returns whether it is a plugin.
    pub fn is_plugin(&self) -> bool {
        matches!(self.role, Role::Plugin(_))
    }

    /// Returns the origin of a plugin: version, command and files. `None` for other
    /// systems.
    pub fn origin(&self) -> Option<PluginOrigin> {
        match &self.role {
            Role::Plugin(plugin) => Some(plugin.origin()),
            _ => None,
        }
    }

    /// Returns whether it sees the references.
    pub fn sees_references(&self) -> bool {
        matches!(self.role, Role::Oracle | Role::Human)
    }

    /// Returns whether it is a system, or a reference that systems are compared with.
    pub fn kind(&self) -> SystemKind {
        if self.sees_references() {
            SystemKind::Reference
        } else {
            SystemKind::System
        }
    }
}

/// Returns the error of an unknown name, with the nearest name of either family.
fn unknown(registry: &Registry, spec: &Spec) -> SpecError {
    let summarisers = registry.summarisers().iter().map(|entry| entry.name);
    let extractors = registry.extractors().iter().map(|entry| entry.name);
    let names = summarisers
        .chain(extractors)
        .chain([ORACLE.name, HUMAN.name]);
    SpecError::unknown_name("system", &spec.name, names)
}
