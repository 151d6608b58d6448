//! The plan of a run: everything that decides what it writes.

use epitome_base::spec::{Built, Spec};
use epitome_corpora::Corpus;
use epitome_metrics::{Metric, Task, USUAL_OF_QUERIES, USUAL_OF_SUMMARIES};
use epitome_plugin::Length;

use crate::{learnt::LearntDocuments, registry::Registry};

use crate::run::setup::{
    human::HUMAN, layout::Layout, letters::ReferenceLetters, oracle::ORACLE,
    run_corpus::RunCorpus, system::System, tasks::Tasks, work::Work,
};

use super::{plan_error::PlanError, unread::Unread};

/// Everything that decides what a run writes: the work, and the corpora that it is done
/// on. Made from a [`Request`](crate::run::Request).
pub struct Plan {
    /// The systems, metrics and settings for each document.
    pub work: Work,
    /// The corpora, in table order.
    pub corpora: Vec<PlannedCorpus>,
    /// The metrics that drop some of the letters of the references.
    pub unread: Vec<Unread>,
    /// Sentences about lines of files of scores that are about no output of the run.
    pub strangers: Vec<String>,
}

/// A corpus of a plan, with what is known of it before the run.
pub struct PlannedCorpus {
    /// The corpus to read.
    pub corpus: Box<dyn Corpus>,
    /// The digest of its contents.
    pub digest: blake3::Hash,
    /// The letters of its references; all zero if nothing is measured.
    pub letters: ReferenceLetters,
    /// The documents that our own methods were learnt on.
    pub learnt: LearntDocuments,
    /// The most that a system may return for one of its documents.
    pub length: Length,
}

/// The metrics of a run that names none, and what these do not read. Made by
/// [`Plan::usual_metrics`].
pub struct UsualMetrics {
    /// The metrics, in table order.
    pub metrics: Vec<Built<dyn Metric>>,
    /// What the metrics, or those that they replace, do not read.
    pub unread: Vec<Unread>,
}

/// Returns whether a usual metric fits the references of corpora: metrics of queries are
/// usual only where there are answers or evidence, and those of reference summaries are
/// not where there is nothing else.
fn fits(metric: &str, tasks: Tasks) -> bool {
    match metric {
        name if USUAL_OF_QUERIES.contains(&name) => tasks.questions,
        name if USUAL_OF_SUMMARIES.contains(&name) => tasks.summaries || !tasks.questions,
        _ => true,
    }
}

impl Plan {
    /// Returns the corpora, in table order.
    pub fn sources(&self) -> Vec<RunCorpus<'_>> {
        self.corpora
            .iter()
            .map(|planned| RunCorpus {
                corpus: planned.corpus.as_ref(),
                length: planned.length,
            })
            .collect()
    }

    /// Returns the layout of the rows.
    pub fn layout(&self) -> Layout {
        let corpora = self.corpora.iter();
        let corpora = corpora.map(|it| (it.corpus.name().to_owned(), it.length));
        self.work.layout(corpora.collect())
    }

    /// Returns the size of all corpora in bytes.
    pub fn bytes(&self) -> u64 {
        self.corpora
            .iter()
            .map(|planned| planned.corpus.bytes())
            .sum()
    }

    /// Returns the systems for `specs`, or all that fit `tasks` if there are no specs:
    /// then the oracle is among them, and so is the human upper bound if documents have
    /// several references. A name that a summariser and an extractor share means those
    /// that fit.
    ///
    /// # Errors
    /// Returns an error if a spec is refused, or means the same as another.
    pub fn systems(
        registry: &Registry,
        specs: &[Spec],
        tasks: Tasks,
    ) -> Result<Vec<System>, PlanError> {
        let mut systems = Vec::new();
        if specs.is_empty() {
            let plain = |name: &str| Spec {
                name: name.to_owned(),
                arguments: Vec::new(),
            };

            if tasks.has(Task::Summaries) || !tasks.any() {
                let entries = registry.summarisers().iter();
                for spec in entries.flat_map(|entry| registry.every(entry)) {
                    systems.push(System::summariser(registry, &spec)?);
                }
                if !registry
                    .summarisers()
                    .iter()
                    .any(|it| it.name == ORACLE.name)
                {
                    systems.push(System::oracle(&plain(ORACLE.name))?);
                }
                if tasks.agreement {
                    systems.push(System::human(&plain(HUMAN.name))?);
                }
            }

            if tasks.keyphrases || !tasks.any() {
                let entries = registry.extractors().iter();
                for spec in entries.flat_map(|entry| registry.every(entry)) {
                    systems.push(System::extractor(registry, &spec)?);
                }
            }
        }

        for spec in specs {
            systems.extend(System::named(registry, spec, tasks)?);
        }

        Self::check_systems(&systems)?;
        Ok(systems)
    }

    /// Returns the usual metrics for the tasks of `systems` and the references of `tasks`,
    /// with what they do not read.
    ///
    /// A metric of ASCII words is replaced by its form for every script if one of the
    /// corpora [needs it](ReferenceLetters::want_every_script). It is replaced for all
    /// corpora of the run, since averages and ranks over corpora must be those of one
    /// metric.
    ///
    /// # Errors
    /// Returns an error if a metric of the registry refuses to be built without
    /// parameters.
    pub fn usual_metrics(
        registry: &Registry,
        systems: &[System],
        tasks: Tasks,
        corpora: &[(&str, ReferenceLetters)],
    ) -> Result<UsualMetrics, PlanError> {
        let mut metrics = Vec::new();
        for entry in registry.usual_metrics() {
            let spec = Spec {
                name: entry.name.to_owned(),
                arguments: Vec::new(),
            };

            let metric = registry.metric(&spec)?;
            let mut systems = systems.iter();
            if fits(entry.name, tasks)
                && systems.any(|system| system.task() == metric.value.task())
            {
                metrics.push(metric);
            }
        }
        let mut unread = Unread::of(registry, &metrics, corpora);

        if corpora
            .iter()
            .any(|(_, letters)| letters.want_every_script())
        {
            for metric in &mut metrics {
                if !metric.value.tokenisation().drops_beyond_ascii() {
                    continue;
                }
                let spec = metric.name.parse()?;
                let Some(reading) = registry.metric_of_any_script(&spec) else {
                    continue;
                };
                for it in unread.iter_mut().filter(|it| it.metric == metric.name) {
                    it.replaced = true;
                }
                *metric = reading;
            }
        }
        Ok(UsualMetrics { metrics, unread })
    }

    /// Returns the metrics for `specs`, in their order.
    ///
    /// # Errors
    /// Returns an error if a spec is refused, or means the same as another.
    pub fn metrics(
        registry: &Registry,
        specs: &[Spec],
    ) -> Result<Vec<Built<dyn Metric>>, PlanError> {
        let mut metrics: Vec<Built<dyn Metric>> = Vec::new();
        for spec in specs {
            let metric = registry.metric(spec)?;
            if metrics.iter().any(|other| other.name == metric.name) {
                return Err(PlanError::Twice { name: metric.name });
            }
            metrics.push(metric);
        }
        Ok(metrics)
    }

    /// Returns the metrics for `specs` if outputs are texts that no system of the run has
    /// picked.
    ///
    /// # Errors
    /// Returns an error if a spec is refused, means the same as another, or looks at
    /// picks or answers.
    pub fn metrics_of_texts(
        registry: &Registry,
        specs: &[Spec],
    ) -> Result<Vec<Built<dyn Metric>>, PlanError> {
        let metrics = Self::metrics(registry, specs)?;
        Self::check_texts(&metrics)?;
        Ok(metrics)
    }
}
