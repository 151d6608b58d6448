//! What a run is to do.

use epitome_base::spec::{Built, Spec, SpecError};
use epitome_corpora::{Corpus, CorpusError};
use epitome_metrics::{Metric, Task};
use epitome_plugin::PluginError;

use crate::registry::Registry;

use super::{
    human::HUMAN, layout::Layout, letters::ReferenceLetters, oracle::ORACLE,
    system::System, tasks::Tasks, unread::Unread, work::Work,
};

/// Everything that decides what a run writes: the work, and the corpora that it is done on.
pub struct Plan {
    /// What is done with each document.
    pub work: Work,
    /// The corpora, in table order.
    pub corpora: Vec<PlannedCorpus>,
    /// Metrics that drop some of the letters of the references.
    pub unread: Vec<Unread>,
}

/// A corpus of a plan.
pub struct PlannedCorpus {
    /// The corpus.
    pub corpus: Box<dyn Corpus>,
    /// Digest of its contents.
    pub digest: blake3::Hash,
    /// The letters of its references; none if nothing is measured.
    pub letters: ReferenceLetters,
}

/// The metrics of a run, and what they do not read.
pub struct UsualMetrics {
    /// The metrics.
    pub metrics: Vec<Built<dyn Metric>>,
    /// What they, or those that they replace, do not read.
    pub unread: Vec<Unread>,
}

/// Why a plan cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// A system or metric is refused.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// A corpus is refused.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// A plugin is.
    #[error(transparent)]
    Plugin(#[from] PluginError),
    /// Two corpora would share a name.
    #[error(
        "two corpora are called `{name}`\nhint: `--corpus other-name=path` gives one another name"
    )]
    SameName {
        /// The name.
        name: String,
    },
    /// A metric looks at picked sentences where there are only texts.
    #[error(
        "`{name}` looks at which sentences were picked, and texts do not say\nhint: `epitome run` measures it"
    )]
    NoPicks {
        /// The metric's canonical name.
        name: String,
    },
    /// No system does what a metric measures.
    #[error(
        "nothing to measure: `{system}` gives {does}, and `{metric}` is of {measures}\nhint: `--metric {instead}` measures {does}; `epitome list` shows all systems and metrics"
    )]
    Mismatch {
        /// The first system.
        system: String,
        /// What it gives.
        does: &'static str,
        /// The first metric.
        metric: String,
        /// What it measures.
        measures: &'static str,
        /// A metric of what the system gives.
        instead: &'static str,
    },
    /// A part of a corpus is to be worked on, and no system is named.
    #[error(
        "a part of a corpus does not show what fits the whole\nhint: name systems by `--system`, metrics by `--metric`"
    )]
    NoSystems,
    /// A part of a corpus is to be worked on, and no metric is named.
    #[error(
        "a part of a corpus does not show which metrics fit the whole\nhint: name them by `--metric`"
    )]
    NoMetrics,
    /// The same system or metric was named twice.
    #[error("`{name}` is named twice")]
    Twice {
        /// Its canonical name.
        name: String,
    },
}

impl Plan {
    /// Returns the corpora.
    pub fn sources(&self) -> Vec<&dyn Corpus> {
        self.corpora
            .iter()
            .map(|planned| planned.corpus.as_ref())
            .collect()
    }

    /// Returns the layout of the rows.
    pub fn layout(&self) -> Layout {
        let names = self.corpora.iter().map(|it| it.corpus.name().to_owned());
        self.work.layout(names.collect())
    }

    /// Returns how many bytes the corpora have.
    pub fn bytes(&self) -> u64 {
        self.corpora
            .iter()
            .map(|planned| planned.corpus.bytes())
            .sum()
    }

    /// The systems for `specs`, or all that fit `tasks` where there are none, and then the
    /// oracle too, and people where they wrote several references. A name that two families share means those that fit.
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
            let every = |name: &str| Spec {
                name: name.to_owned(),
                arguments: Vec::new(),
            };
            if tasks.summaries || !tasks.any() {
                for entry in registry.summarisers() {
                    systems.push(System::summariser(registry, &every(entry.name))?);
                }
                if !registry
                    .summarisers()
                    .iter()
                    .any(|it| it.name == ORACLE.name)
                {
                    systems.push(System::oracle(&every(ORACLE.name))?);
                }
                if tasks.agreement {
                    systems.push(System::human(&every(HUMAN.name))?);
                }
            }
            if tasks.keyphrases || !tasks.any() {
                for entry in registry.extractors() {
                    systems.push(System::extractor(registry, &every(entry.name))?);
                }
            }
        }
        for spec in specs {
            systems.extend(System::named(registry, spec, tasks)?);
        }
        Self::check_systems(&systems)?;
        Ok(systems)
    }

    /// Checks that no two systems for the same task share a name.
    ///
    /// # Errors
    /// Returns an error if two do.
    pub(super) fn check_systems(systems: &[System]) -> Result<(), PlanError> {
        for (at, system) in systems.iter().enumerate() {
            let same = |other: &System| {
                other.name == system.name && other.task() == system.task()
            };
            if systems[..at].iter().any(same) {
                return Err(PlanError::Twice {
                    name: system.name.clone(),
                });
            }
        }
        Ok(())
    }

    /// The usual metrics for the tasks of `systems`, and what they do not read.
    ///
    /// A metric of ASCII words is replaced by its form for every script if one of the
    /// corpora [wants it](ReferenceLetters::want_every_script): for all corpora of the run,
    /// since averages and ranks over corpora are of one metric.
    ///
    /// # Errors
    /// Returns an error if a metric of the registry refuses to be built without
    /// parameters.
    pub fn usual_metrics(
        registry: &Registry,
        systems: &[System],
        corpora: &[(&str, ReferenceLetters)],
    ) -> Result<UsualMetrics, PlanError> {
        let mut metrics = Vec::new();
        for entry in registry.usual_metrics() {
            let spec = Spec {
                name: entry.name.to_owned(),
                arguments: Vec::new(),
            };
            let metric = registry.metric(&spec)?;
            if systems
                .iter()
                .any(|system| system.task() == metric.value.task())
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

    /// The metrics for `specs`.
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

    /// The metrics for `specs` where outputs are texts that no system of the run picked.
    ///
    /// # Errors
    /// Returns an error if a spec is refused, means the same as another, or looks at
    /// picks.
    pub fn metrics_of_texts(
        registry: &Registry,
        specs: &[Spec],
    ) -> Result<Vec<Built<dyn Metric>>, PlanError> {
        let metrics = Self::metrics(registry, specs)?;
        let of_picks = metrics.iter().find(|metric| metric.value.needs().picks);
        match of_picks {
            Some(metric) => Err(PlanError::NoPicks {
                name: metric.name.clone(),
            }),
            None => Ok(metrics),
        }
    }

    /// Checks that some system does what some metric measures.
    ///
    /// # Errors
    /// Returns an error if none does.
    pub fn check_measured(&self) -> Result<(), PlanError> {
        let work = &self.work;
        let (Some(system), Some(metric)) = (work.systems.first(), work.metrics.first())
        else {
            return Ok(());
        };
        if work.unmeasured().len() < work.systems.len() {
            return Ok(());
        }
        Err(PlanError::Mismatch {
            system: system.name.clone(),
            does: words_of(system.task()),
            metric: metric.name.clone(),
            measures: words_of(metric.value.task()),
            instead: match system.task() {
                Task::Summaries => "rouge-1",
                Task::Keyphrases => "keyphrase-f1@10",
            },
        })
    }

    /// Checks that no two corpora share a name.
    ///
    /// # Errors
    /// Returns an error if two do.
    pub fn check_names(corpora: &[Box<dyn Corpus>]) -> Result<(), PlanError> {
        let mut names: Vec<&str> = corpora.iter().map(|corpus| corpus.name()).collect();
        names.sort_unstable();
        match names.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(PlanError::SameName {
                name: pair[0].to_owned(),
            }),
            None => Ok(()),
        }
    }
}

/// What a system of a task gives, in words.
fn words_of(task: Task) -> &'static str {
    match task {
        Task::Summaries => "summaries",
        Task::Keyphrases => "keyphrases",
    }
}
