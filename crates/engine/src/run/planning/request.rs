//! A request: systems and metrics by name with the settings of a run. It becomes a plan,
//! or the work on parts of a corpus.

use std::{
    num::NonZero,
    path::{Path, PathBuf},
    sync::Arc,
};

use epitome_base::spec::{Built, Spec};
use epitome_corpora::{Corpus, CorpusOpener, Library, Renamed, files_at};
use epitome_metrics::Metric;
use epitome_plugin::{Declaration, Length, ScoresFile};
use epitome_systems::rank::Budget;

use crate::registry::Registry;

use crate::run::{
    input::first_pass::background,
    setup::{
        corpus_counts::CorpusCounts,
        embedders::used,
        letters::ReferenceLetters,
        tasks::Tasks,
        work::{Reading, Work, cores},
    },
};

use super::{
    metric_sources::{KnownDocuments, MetricSources, NamedMetrics, strangers},
    plan::{Plan, PlannedCorpus, UsualMetrics},
    plan_error::PlanError,
    plugin_set::PluginSet,
    unread::Unread,
};

/// The names of systems and metrics with the settings of a run.
///
/// ```no_run
/// use epitome_engine::{registry::Registry, run::Request};
/// let corpora = vec![epitome_corpora::open("sampler")?];
/// let request = Request {
///     systems: vec!["lead".parse()?, "text-rank(damping=0.9)".parse()?],
///     metrics: vec!["rouge-1".parse()?],
///     ..Request::default()
/// };
/// let plan = request.plan(&Registry::standard(), corpora)?;
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Request {
    /// The systems; if empty, every system that fits the corpora.
    pub systems: Vec<Spec>,
    /// The metrics; if empty, the usual ones that fit.
    pub metrics: Vec<Spec>,
    /// The plugins and their options.
    pub plugins: PluginSet,
    /// The metrics that are declared. Those that `metrics` does not name take part as well.
    pub metric_sources: MetricSources,
    /// The maximal lengths of a summary. Several are an axis of the run: every corpus
    /// that has no budgets of its own is planned once for each. If empty,
    /// [`Work::BUDGET`].
    pub budgets: Vec<Budget>,
    /// The maximal number of keyphrases of a document.
    pub limit: usize,
    /// The corpus that provides document frequencies; `None` if each corpus provides its
    /// own.
    pub background: Option<String>,
    /// The imported corpora, among which the name of the background is looked up.
    pub library: Library,
    /// How texts are read.
    pub reading: Reading,
    /// The seed of the intervals.
    pub seed: u64,
    /// The number of threads.
    pub jobs: NonZero<usize>,
    /// The number of plugins that may work at the same time.
    pub plugin_jobs: NonZero<usize>,
}

/// A corpus of a request, with budgets and a limit of its own if they differ from those of
/// the request.
pub struct RequestedCorpus {
    /// The corpus.
    pub corpus: Box<dyn Corpus>,
    /// The maximal lengths of a summary; if empty, those of the request.
    pub budgets: Vec<Budget>,
    /// The maximal number of keyphrases of a document; `None` for that of the request.
    pub limit: Option<usize>,
}

impl From<Box<dyn Corpus>> for RequestedCorpus {
    fn from(corpus: Box<dyn Corpus>) -> Self {
        Self {
            corpus,
            budgets: Vec::new(),
            limit: None,
        }
    }
}

impl Default for Request {
    fn default() -> Self {
        Self {
            systems: Vec::new(),
            metrics: Vec::new(),
            plugins: PluginSet::default(),
            metric_sources: MetricSources::default(),
            budgets: Vec::new(),
            limit: Work::LIMIT,
            background: None,
            library: CorpusOpener::default().library,
            reading: Reading::default(),
            seed: 0,
            jobs: cores(),
            plugin_jobs: NonZero::<usize>::MIN,
        }
    }
}

impl Request {
    /// Returns the plan of a run over `corpora`. Its plugins are already running.
    ///
    /// A corpus under several budgets is planned once for each, under names that tell
    /// them apart: `news` is `news@3s` at 3 sentences, `news@100w` at 100 words,
    /// `news@665b` at 665 bytes, `news@0.2r` at a share of 0.2.
    ///
    /// # Errors
    /// Returns an error if a system, metric or plugin is refused, two corpora share a
    /// name, a budget allows nothing or is named twice, or a corpus cannot be read.
    pub fn plan(
        &self,
        registry: &Registry,
        corpora: Vec<impl Into<RequestedCorpus>>,
    ) -> Result<Plan, PlanError> {
        let corpora: Vec<RequestedCorpus> = corpora.into_iter().map(Into::into).collect();
        self.hiding(&corpora).plan_hidden(registry, corpora)
    }

    /// Returns how the background is opened: as a whole, whatever is used of the corpora.
    fn opener(&self) -> CorpusOpener {
        CorpusOpener {
            library: self.library.clone(),
            ..CorpusOpener::default()
        }
    }

    /// Returns the request with the files of corpora, of the background, of scores and of outputs
    /// hidden from its plugins.
    fn hiding(&self, corpora: &[RequestedCorpus]) -> Self {
        let files = corpora.iter().flat_map(|it| files_at(&it.corpus.address()));
        let opener = self.opener();
        let background = self.background.iter();
        let background = background.flat_map(|name| opener.files(name));
        let scores = self.metric_sources.scores.iter();
        let scores = scores.map(|(_, path)| ScoresFile::file_of(path).to_owned());
        let outputs = self.plugins.declarations.iter();
        let outputs = outputs.filter_map(Declaration::outputs).map(Path::to_owned);
        let hidden = files.chain(background).chain(scores).chain(outputs);
        let hidden: Vec<PathBuf> = hidden.collect();

        let mut request = self.clone();
        request.plugins.options.hidden.extend_from_slice(&hidden);
        request.metric_sources.options.hidden.extend(hidden);
        request
    }

    /// Returns the plan of a run over `corpora`, which are hidden from its plugins.
    fn plan_hidden(
        &self,
        registry: &Registry,
        corpora: Vec<RequestedCorpus>,
    ) -> Result<Plan, PlanError> {
        let names = corpora.iter().map(|it| it.corpus.name());
        Plan::check_unique(names.collect())?;
        let mut tasks = Tasks::default();
        for requested in &corpora {
            check_budgets(self.budgets_of(requested))?;
            tasks = tasks.or(Tasks::of(requested.corpus.as_ref())?);
        }

        let mut planned = Vec::new();
        for requested in corpora {
            self.plan_corpus(requested, &mut planned)?;
        }
        let names = planned.iter().map(|it| it.corpus.name());
        Plan::check_unique(names.collect())?;

        let letters: Vec<(&str, ReferenceLetters)> = planned
            .iter()
            .map(|it| (it.corpus.name(), it.letters))
            .collect();

        // what all corpora share is the length of the work; others say their own
        let length = planned.first().map_or(self.usual_length(), |it| it.length);
        let NamedMetrics { metrics, scores } =
            self.metric_sources.open(registry, &self.metrics)?;
        let (work, unread) = self.work_on(registry, metrics, tasks, &letters, length)?;
        let mut plan = Plan {
            work,
            corpora: planned,
            unread,
            strangers: Vec::new(),
        };
        if !scores.is_empty() {
            let documents = plan.corpora.iter().map(|it| it.corpus.as_ref());
            let documents = KnownDocuments::of(documents)?;
            let systems = plan.work.systems.iter();
            let systems = systems.map(|it| (it.name.as_str(), it.task()));
            let systems: Vec<_> = systems.collect();
            let metrics = &plan.work.metrics;
            plan.strangers = strangers(&scores, metrics, &systems, &documents)?;
        }
        Ok(plan)
    }

    /// Adds a corpus to the planned ones, once for each of its budgets.
    fn plan_corpus(
        &self,
        requested: RequestedCorpus,
        planned: &mut Vec<PlannedCorpus>,
    ) -> Result<(), PlanError> {
        let budgets = self.budgets_of(&requested).to_vec();
        let limit = requested.limit.unwrap_or(self.limit);
        let corpus = requested.corpus;
        let digest = corpus.digest()?;
        let CorpusCounts { letters, learnt } =
            CorpusCounts::count(corpus.as_ref(), self.jobs)?;

        let planned_at = |corpus, budget| PlannedCorpus {
            corpus,
            digest,
            letters,
            learnt,
            length: Length { budget, limit },
        };
        if let [budget] = budgets[..] {
            planned.push(planned_at(corpus, budget));
            return Ok(());
        }

        let corpus: Arc<dyn Corpus> = corpus.into();
        for budget in budgets {
            let name = format!("{}@{}", corpus.name(), short(budget));
            let corpus = Renamed::new(Arc::clone(&corpus), name);
            planned.push(planned_at(Box::new(corpus), budget));
        }
        Ok(())
    }

    /// Returns the budgets of a corpus: its own, or those of the request.
    fn budgets_of<'a>(&'a self, requested: &'a RequestedCorpus) -> &'a [Budget] {
        match (requested.budgets.as_slice(), self.budgets.as_slice()) {
            ([], []) => &[Work::BUDGET],
            ([], of_request) => of_request,
            (own, _) => own,
        }
    }

    /// Returns the length of outputs where no corpus says its own.
    fn usual_length(&self) -> Length {
        Length {
            budget: self.budgets.first().copied().unwrap_or(Work::BUDGET),
            limit: self.limit,
        }
    }

    /// Returns the work on parts of a corpus. A part does not show what fits the whole,
    /// so systems or plugins, and metrics, must be named.
    ///
    /// # Errors
    /// Returns an error if they are not, if one of them is refused, or if there are
    /// several budgets.
    pub fn work(&self, registry: &Registry) -> Result<Work, PlanError> {
        if self.systems.is_empty() && self.plugins.is_empty() {
            return Err(PlanError::NoSystems);
        }
        if self.metrics.is_empty() && self.metric_sources.is_empty() {
            return Err(PlanError::NoMetrics);
        }
        check_budgets(&self.budgets)?;
        if self.budgets.len() > 1 {
            let count = self.budgets.len();
            return Err(PlanError::SeveralBudgets { count });
        }

        let any = Tasks {
            summaries: true,
            questions: false,
            keyphrases: true,
            agreement: false,
        };
        let named = self.metric_sources.open(registry, &self.metrics)?.metrics;
        self.work_on(registry, named, any, &[], self.usual_length())
            .map(|(work, _)| work)
    }

    /// Returns the work on corpora that have references for `tasks` in the given letters,
    /// and what its metrics do not read of them. `named` are the metrics that were named or
    /// declared.
    fn work_on(
        &self,
        registry: &Registry,
        named: Vec<Built<dyn Metric>>,
        tasks: Tasks,
        letters: &[(&str, ReferenceLetters)],
        length: Length,
    ) -> Result<(Work, Vec<Unread>), PlanError> {
        let is_usual = self.metrics.is_empty();
        let tasks = if is_usual {
            tasks
        } else {
            tasks.measured_by(&named)
        };
        let systems = self.plugins.systems(registry, &self.systems, tasks)?;
        let UsualMetrics { metrics, unread } = if is_usual {
            let mut usual = Plan::usual_metrics(registry, &systems, tasks, letters)?;
            usual.metrics.extend(named);
            usual
        } else {
            let unread = Unread::of(registry, &named, letters);
            UsualMetrics {
                metrics: named,
                unread,
            }
        };

        let embedders = used(registry.embedders(), &systems, &metrics);
        Plan::check_roles(&systems, &metrics)?;
        let mut work = Work {
            systems,
            metrics,
            length,
            reading: self.reading,
            background: None,
            counted: None,
            embedders,
            seed: self.seed,
            jobs: self.jobs,
            plugin_jobs: self.plugin_jobs,
        };

        // a background is counted as the documents will be read
        if let Some(name) = &self.background {
            let corpus = self.opener().open(name)?;
            work.background = Some(background(&work, corpus.as_ref())?);
        }
        Ok((work, unread))
    }
}

/// Checks that every budget allows something, and that none is named twice.
fn check_budgets(budgets: &[Budget]) -> Result<(), PlanError> {
    for (at, budget) in budgets.iter().enumerate() {
        let allows_something = match *budget {
            Budget::Sentences(most) | Budget::Words(most) | Budget::Bytes(most) => {
                most > 0
            }
            Budget::Ratio(share) => share > 0.0,
            Budget::Tokens { most, .. } => most > 0,
        };
        if !allows_something {
            return Err(PlanError::NoBudget {
                budget: budget.to_string(),
            });
        }
        if budgets[..at].contains(budget) {
            return Err(PlanError::Twice {
                name: budget.to_string(),
            });
        }
    }
    Ok(())
}

/// Returns a budget as it is written in the name of a corpus: `3s`, `100w`, `665b`, `0.2r`.
fn short(budget: Budget) -> String {
    match budget {
        Budget::Sentences(most) => format!("{most}s"),
        Budget::Words(most) => format!("{most}w"),
        Budget::Bytes(most) => format!("{most}b"),
        Budget::Ratio(share) => format!("{share}r"),
        Budget::Tokens { most, encoding } => format!("{most}t-{encoding}"),
    }
}
