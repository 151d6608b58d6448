//! The metrics of a run: those that are built in, and those that a user has declared as
//! plugins or files of scores.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use crate::registry::Registry;
use epitome_base::spec::{self, Built, Spec, SpecError};
use epitome_corpora::{Corpus, CorpusError};
use epitome_metrics::{ExternalMetric, Metric, Task};
use epitome_plugin::{Declaration, PluginOptions, ScoresFile};

use super::{plan::Plan, plan_error::PlanError};

/// The metrics that a user has declared.
#[derive(Debug, Clone, Default)]
pub struct MetricSources {
    /// The plugins, in the order of the command line.
    pub plugins: Vec<Declaration>,
    /// The options of all plugins.
    pub options: PluginOptions,
    /// The files of scores, each with the name of its metric.
    pub scores: Vec<(String, PathBuf)>,
}

/// The metrics of a run that were named or declared, in table order.
#[derive(Default)]
pub struct NamedMetrics {
    /// The metrics.
    pub metrics: Vec<Built<dyn Metric>>,
    /// The files that some of them are of.
    pub scores: Vec<Arc<ScoresFile>>,
}

impl MetricSources {
    /// Returns whether nothing is declared.
    pub fn is_empty(&self) -> bool {
        self.scores.is_empty() && self.plugins.is_empty()
    }

    /// Returns the names of the metrics, plugins first.
    fn names(&self) -> impl Iterator<Item = &str> {
        let plugins = self.plugins.iter().map(|plugin| plugin.name.as_str());
        plugins.chain(self.scores.iter().map(|(name, _)| name.as_str()))
    }

    /// Returns the metrics for `specs`, in their order, and after them those that were
    /// declared and that no spec names.
    ///
    /// # Errors
    /// Returns an error if a spec is refused or means the same as another, a declared metric
    /// has the name of one that is built in, a plugin does not start, or a file is broken.
    pub fn open(
        &self,
        registry: &Registry,
        specs: &[Spec],
    ) -> Result<NamedMetrics, PlanError> {
        let is_built_in =
            |name: &&str| registry.metrics().iter().any(|entry| entry.name == *name);
        if let Some(name) = self.names().find(is_built_in) {
            let name = name.to_owned();
            return Err(PlanError::TakenMetric { name });
        }
        let mut scores = Vec::new();
        for (name, path) in &self.scores {
            scores.push(Arc::new(ScoresFile::read(name, path)?));
        }
        let unnamed = self
            .names()
            .filter(|name| !specs.iter().any(|spec| spec.name == *name))
            .map(|name| Spec {
                name: name.to_owned(),
                arguments: Vec::new(),
            });
        let all: Vec<Spec> = specs.iter().cloned().chain(unnamed).collect();

        let mut metrics: Vec<Built<dyn Metric>> = Vec::new();
        for spec in &all {
            let metric = self.built(registry, &scores, spec)?;
            if metrics.iter().any(|other| other.name == metric.name) {
                return Err(PlanError::Twice { name: metric.name });
            }
            metrics.push(metric);
        }
        Ok(NamedMetrics { metrics, scores })
    }

    /// Returns the metric that a spec names.
    fn built(
        &self,
        registry: &Registry,
        scores: &[Arc<ScoresFile>],
        spec: &Spec,
    ) -> Result<Built<dyn Metric>, PlanError> {
        if let Some(file) = scores.iter().find(|file| file.name() == spec.name) {
            spec::check(spec, &[])?;
            let task = task_of(registry, file);
            return Ok(Arc::clone(file).metric(task));
        }
        if let Some(plugin) = self.plugins.iter().find(|it| it.name == spec.name) {
            return Ok(plugin.open_metric(spec, &self.options)?);
        }
        if registry.metrics().iter().any(|it| it.name == spec.name) {
            return Ok(registry.metric(spec)?);
        }
        let own = registry
            .metrics()
            .iter()
            .map(|entry| -> &str { entry.name });
        Err(SpecError::unknown_name("metric", &spec.name, own.chain(self.names())).into())
    }

    /// Returns the metrics of [`Self::open`] if outputs are texts that no system of the run
    /// has picked.
    ///
    /// # Errors
    /// Returns the errors of [`Self::open`], or an error if a metric looks at picks.
    pub fn open_for_texts(
        &self,
        registry: &Registry,
        specs: &[Spec],
    ) -> Result<NamedMetrics, PlanError> {
        let named = self.open(registry, specs)?;
        Plan::check_texts(&named.metrics)?;
        Ok(named)
    }
}

/// Returns sentences about lines of files of scores that are about none of the documents,
/// or none of the systems whose outputs the metric of the file measures.
///
/// # Errors
/// Returns an error if no line of a file is about an output of the run.
pub fn strangers(
    scores: &[Arc<ScoresFile>],
    metrics: &[Built<dyn Metric>],
    systems: &[(&str, Task)],
    documents: &KnownDocuments,
) -> Result<Vec<String>, PlanError> {
    let mut notes = Vec::new();
    for file in scores {
        let metric = metrics.iter().find(|it| it.name == file.name());
        let task = metric.map(|metric| metric.value.task());
        let systems = systems.iter().filter(|(_, of)| Some(*of) == task);
        let systems: Vec<&str> = systems.map(|(name, _)| *name).collect();
        notes.extend(file.strangers(&systems, |corpus, id| documents.has(corpus, id))?);
    }
    Ok(notes)
}

/// Returns what external metrics say beside their scores, as notes.
pub fn remarks(metrics: &[Built<dyn Metric>]) -> Vec<String> {
    let external = metrics.iter().filter_map(|it| it.value.external());
    external.flat_map(ExternalMetric::remarks).collect()
}

/// The documents of a run, by corpus and id.
#[derive(Debug, Default)]
pub struct KnownDocuments {
    by_corpus: BTreeSet<(String, String)>,
    ids: BTreeSet<String>,
}

impl KnownDocuments {
    /// Reads the ids of all documents of corpora.
    ///
    /// # Errors
    /// Returns an error if a record is broken.
    pub fn of<'a>(
        corpora: impl IntoIterator<Item = &'a dyn Corpus>,
    ) -> Result<Self, CorpusError> {
        let mut known = Self::default();
        for corpus in corpora {
            for source in corpus.records()? {
                known.add(corpus.name(), &source?.parse()?.id);
            }
        }
        Ok(known)
    }

    /// Adds a document.
    pub fn add(&mut self, corpus: &str, id: &str) {
        self.by_corpus.insert((corpus.to_owned(), id.to_owned()));
        self.ids.insert(id.to_owned());
    }

    /// Returns whether there is a document of an id, in the corpus if one is named.
    fn has(&self, corpus: Option<&str>, id: &str) -> bool {
        match corpus {
            Some(corpus) => {
                let key = (corpus.to_owned(), id.to_owned());
                self.by_corpus.contains(&key)
            }
            None => self.ids.contains(id),
        }
    }
}

/// Returns the outputs that a file is about: what it says itself; otherwise keyphrases if
/// all systems that it names are keyword extractors alone, and summaries in all other cases.
fn task_of(registry: &Registry, file: &ScoresFile) -> Task {
    let is_extractor = |name: &&str| {
        let bare = name.split('(').next().unwrap_or(name);
        let (summarisers, extractors) = (registry.summarisers(), registry.extractors());
        extractors.iter().any(|entry| entry.name == bare)
            && !summarisers.iter().any(|entry| entry.name == bare)
    };
    match file.task() {
        Some(task) => task,
        None if file.systems().iter().all(is_extractor) => Task::Keyphrases,
        None => Task::Summaries,
    }
}
