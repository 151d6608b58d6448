//! A request: systems and metrics by name with the settings of a run. It becomes a plan,
//! or the work on parts of a corpus.

use std::num::NonZero;

use epitome_base::spec::Spec;
use epitome_corpora::Corpus;
use epitome_systems::rank::Budget;

use crate::registry::Registry;

use super::{
    first_pass::background,
    letters::ReferenceLetters,
    plan::{Plan, PlanError, PlannedCorpus, UsualMetrics},
    plugin_set::PluginSet,
    tasks::Tasks,
    unread::Unread,
    work::{Reading, Work, cores},
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
#[derive(Debug)]
pub struct Request {
    /// The systems; if empty, every system that fits the corpora.
    pub systems: Vec<Spec>,
    /// The metrics; if empty, the usual ones that fit.
    pub metrics: Vec<Spec>,
    /// The plugins and their options.
    pub plugins: PluginSet,
    /// The maximal length of a summary.
    pub budget: Budget,
    /// The maximal number of keyphrases of a document.
    pub limit: usize,
    /// The corpus that provides document frequencies; `None` if each corpus provides its
    /// own.
    pub background: Option<String>,
    /// How texts are read.
    pub reading: Reading,
    /// The seed of the intervals.
    pub seed: u64,
    /// The number of threads.
    pub jobs: NonZero<usize>,
    /// The number of plugins that may work at the same time.
    pub plugin_jobs: NonZero<usize>,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            systems: Vec::new(),
            metrics: Vec::new(),
            plugins: PluginSet::default(),
            budget: Work::BUDGET,
            limit: Work::LIMIT,
            background: None,
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
    /// # Errors
    /// Returns an error if a system, metric or plugin is refused, two corpora share a
    /// name, or a corpus cannot be read.
    pub fn plan(
        &self,
        registry: &Registry,
        corpora: Vec<Box<dyn Corpus>>,
    ) -> Result<Plan, PlanError> {
        Plan::check_names(&corpora)?;
        let mut tasks = Tasks::default();
        for corpus in &corpora {
            tasks = tasks.or(Tasks::of(corpus.as_ref())?);
        }

        let mut planned = Vec::new();
        for corpus in corpora {
            let digest = corpus.digest()?;
            let letters = ReferenceLetters::count(corpus.as_ref(), self.jobs)?;
            planned.push(PlannedCorpus {
                corpus,
                digest,
                letters,
            });
        }

        let letters: Vec<(&str, ReferenceLetters)> = planned
            .iter()
            .map(|it| (it.corpus.name(), it.letters))
            .collect();

        let (work, unread) = self.work_on(registry, tasks, &letters)?;
        Ok(Plan {
            work,
            corpora: planned,
            unread,
        })
    }

    /// Returns the work on parts of a corpus. A part does not show what fits the whole,
    /// so systems or plugins, and metrics, must be named.
    ///
    /// # Errors
    /// Returns an error if they are not, or if one of them is refused.
    pub fn work(&self, registry: &Registry) -> Result<Work, PlanError> {
        if self.systems.is_empty() && self.plugins.is_empty() {
            return Err(PlanError::NoSystems);
        }
        if self.metrics.is_empty() {
            return Err(PlanError::NoMetrics);
        }

        let any = Tasks {
            summaries: true,
            keyphrases: true,
            agreement: false,
        };
        self.work_on(registry, any, &[]).map(|(work, _)| work)
    }

    /// Returns the work on corpora that have references for `tasks` in the given letters,
    /// and what its metrics do not read of them.
    fn work_on(
        &self,
        registry: &Registry,
        tasks: Tasks,
        letters: &[(&str, ReferenceLetters)],
    ) -> Result<(Work, Vec<Unread>), PlanError> {
        let named = Plan::metrics(registry, &self.metrics)?;
        let tasks = tasks.measured_by(&named);
        let systems = self.plugins.systems(registry, &self.systems, tasks)?;
        let UsualMetrics { metrics, unread } = if named.is_empty() {
            Plan::usual_metrics(registry, &systems, letters)?
        } else {
            let unread = Unread::of(registry, &named, letters);
            UsualMetrics {
                metrics: named,
                unread,
            }
        };

        let mut work = Work {
            systems,
            metrics,
            budget: self.budget,
            limit: self.limit,
            reading: self.reading,
            background: None,
            counted: None,
            seed: self.seed,
            jobs: self.jobs,
            plugin_jobs: self.plugin_jobs,
        };

        // a background is counted as the documents will be read
        if let Some(name) = &self.background {
            let corpus = epitome_corpora::open(name)?;
            work.background = Some(background(&work, corpus.as_ref())?);
        }
        Ok((work, unread))
    }
}
