//! The plan of a run: everything that decides what it writes, and the checks that a plan
//! can be carried out.

use epitome_base::spec::{Built, Spec, SpecError};
use epitome_corpora::{Corpus, CorpusError};
use epitome_metrics::{
    ExternalMetric, Metric, Task, USUAL_OF_QUERIES, USUAL_OF_SUMMARIES,
};
use epitome_plugin::{Length, PluginError};

use crate::registry::Registry;

use crate::run::setup::{
    human::HUMAN, layout::Layout, letters::ReferenceLetters, oracle::ORACLE,
    run_corpus::RunCorpus, system::System, tasks::Tasks, work::Work,
};

use super::unread::Unread;

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

/// Why a plan cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// A system or metric is refused.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// A corpus is refused.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// A plugin is refused.
    #[error(transparent)]
    Plugin(#[from] PluginError),
    /// Two corpora would have the same name.
    #[error(
        "two corpora are called `{name}`\nhint: `--corpus other-name=path` gives one another name"
    )]
    SameName {
        /// The name of both corpora.
        name: String,
    },
    /// A metric needs the picked sentences, but there are only texts.
    #[error(
        "`{name}` needs to know which sentences were selected, which texts do not show\nhint: `epitome run` measures it"
    )]
    NoPicks {
        /// The canonical name of the metric.
        name: String,
    },
    /// A metric needs answers to queries, but there are only texts and references.
    #[error(
        "`{name}` needs answers to the query of a document, which pairs of texts do not have\nhint: `epitome run` measures it"
    )]
    NoAnswers {
        /// The canonical name of the metric.
        name: String,
    },
    /// No system returns what a metric measures.
    #[error(
        "nothing to measure: `{system}` returns {does}, and `{metric}` measures {measures}\nhint: `--metric {instead}` measures {does}; `epitome list` shows all systems and metrics"
    )]
    Mismatch {
        /// The name of the first system.
        system: String,
        /// The kind of outputs of that system.
        does: &'static str,
        /// The name of the first metric.
        metric: String,
        /// The kind of outputs that the metric measures.
        measures: &'static str,
        /// A metric that measures the outputs of the system.
        instead: &'static str,
    },
    /// A part of a corpus is to be worked on, but no system is named.
    #[error(
        "a part of a corpus does not show what fits the whole\nhint: name systems by `--system`, metrics by `--metric`"
    )]
    NoSystems,
    /// A part of a corpus is to be worked on, but no metric is named.
    #[error(
        "a part of a corpus does not show which metrics fit the whole\nhint: name them by `--metric`"
    )]
    NoMetrics,
    /// A plugin or outputs have the name of a system that is built in.
    #[error(
        "`{name}` is a built-in system\nhint: another name distinguishes them in every table: `my-{name}=…`"
    )]
    TakenName {
        /// The name.
        name: String,
    },
    /// A plugin or a file of scores has the name of a metric that is built in.
    #[error(
        "`{name}` is a built-in metric\nhint: another name distinguishes them in every table: `my-{name}=…`"
    )]
    TakenMetric {
        /// The name.
        name: String,
    },
    /// A program is a system and a metric of the same run.
    #[error(
        "`{metric}` sees the references, and is the same program as the system `{system}`\nhint: a plugin that has been given references cannot be a system of the same run"
    )]
    BothRoles {
        /// The canonical name of the system.
        system: String,
        /// The canonical name of the metric.
        metric: String,
    },
    /// A budget allows nothing.
    #[error("a budget of {budget} allows no summary: the number must be above 0")]
    NoBudget {
        /// The budget in words.
        budget: String,
    },
    /// A part of a corpus is to be worked on under several budgets.
    #[error(
        "a part of a corpus is worked on under one budget, and {count} are named\nhint: run a worker for each"
    )]
    SeveralBudgets {
        /// The number of budgets.
        count: usize,
    },
    /// The same system, metric or budget is named twice.
    #[error("`{name}` is named twice")]
    Twice {
        /// The canonical name of what is named twice.
        name: String,
    },
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

    /// Checks that no two systems for the same task have the same name.
    ///
    /// # Errors
    /// Returns an error if two do.
    pub(super) fn check_systems(systems: &[System]) -> Result<(), PlanError> {
        for (at, system) in systems.iter().enumerate() {
            let is_twice = systems[..at]
                .iter()
                .any(|other| other.name == system.name && other.task() == system.task());
            if is_twice {
                return Err(PlanError::Twice {
                    name: system.name.clone(),
                });
            }
        }
        Ok(())
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

    /// Checks that no metric looks at picks, which texts do not show, or at answers.
    ///
    /// # Errors
    /// Returns an error if one does.
    pub(super) fn check_texts(metrics: &[Built<dyn Metric>]) -> Result<(), PlanError> {
        for metric in metrics {
            let (needs, name) = (metric.value.needs(), metric.name.clone());
            if needs.picks {
                return Err(PlanError::NoPicks { name });
            }
            if needs.answers {
                return Err(PlanError::NoAnswers { name });
            }
        }
        Ok(())
    }

    /// Checks that no program is both a system and a metric, which sees the references.
    ///
    /// # Errors
    /// Returns an error if one is: if the command, the files or what it says of its version
    /// are the same.
    pub(super) fn check_roles(
        systems: &[System],
        metrics: &[Built<dyn Metric>],
    ) -> Result<(), PlanError> {
        for metric in metrics {
            let Some(sees) = metric.value.external().map(ExternalMetric::origin) else {
                continue;
            };
            let is_same = |system: &&System| {
                system.origin().is_some_and(|makes| {
                    makes.command == sees.command
                        || makes.version == sees.version
                        || (!makes.program.is_empty() && makes.program == sees.program)
                })
            };
            if let Some(system) = systems.iter().find(is_same) {
                return Err(PlanError::BothRoles {
                    system: system.name.clone(),
                    metric: metric.name.clone(),
                });
            }
        }
        Ok(())
    }

    /// Checks that at least one system returns what a metric measures.
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

    /// Checks that no two corpora have the same name.
    ///
    /// # Errors
    /// Returns an error if two do.
    pub fn check_names(corpora: &[Box<dyn Corpus>]) -> Result<(), PlanError> {
        Self::check_unique(corpora.iter().map(|corpus| corpus.name()).collect())
    }

    /// Checks that no two of the names of corpora are the same.
    pub(super) fn check_unique(mut names: Vec<&str>) -> Result<(), PlanError> {
        names.sort_unstable();
        match names.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(PlanError::SameName {
                name: pair[0].to_owned(),
            }),
            None => Ok(()),
        }
    }
}

/// Returns the outputs of a task, in words.
fn words_of(task: Task) -> &'static str {
    match task {
        Task::Summaries => "summaries",
        Task::Keyphrases => "keyphrases",
    }
}
