//! Arguments that make a plan: shared by `run` and `bench`.

use std::{num::NonZero, path::PathBuf};

use clap::Args;

use crate::{
    corpus::Stream,
    name::FileName,
    plugin::Stop,
    registry::Registry,
    run::{self, Plan, ReferenceLetters, Tasks, Unread, UsualMetrics},
    spec::Spec,
};

use super::{
    arguments::{BudgetArgs, CorporaArgs, TextArgs, jobs},
    failure::Failure,
    plugins::PluginArgs,
};

/// What to run, on what.
#[derive(Debug, Args)]
pub(super) struct PlanArgs {
    #[command(flatten)]
    corpora: CorporaArgs,
    #[command(flatten)]
    pub(super) work: WorkArgs,
    /// Folder of all results
    #[arg(long, value_name = "FOLDER", default_value = "results")]
    results: PathBuf,
    /// Name of this run's folder; made from the plan without it
    #[arg(long, value_name = "NAME")]
    name: Option<FileName>,
    /// No progress bar, notes or summary; tables and errors only
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// What to run, on whatever.
#[derive(Debug, Args)]
pub(super) struct WorkArgs {
    /// System such as `text-rank(damping=0.9)`; repeatable; all that fit without it
    #[arg(long, value_name = "SPEC")]
    system: Vec<Spec>,
    /// Metric such as `rouge-1(stemmer=true)`; repeatable; all that fit without it
    #[arg(long, value_name = "SPEC")]
    metric: Vec<Spec>,
    #[command(flatten)]
    plugins: PluginArgs,
    #[command(flatten)]
    budget: BudgetArgs,
    /// At most so many keyphrases a document
    #[arg(long, value_name = "N", default_value_t = Plan::LIMIT)]
    limit: usize,
    /// Corpus to take document frequencies from, instead of the one that is run on
    #[arg(long, value_name = "CORPUS")]
    background: Option<String>,
    #[command(flatten)]
    text: TextArgs,
    /// Seed of the intervals and of `--sample`
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Threads; as many as cores without it
    #[arg(long, short, value_name = "N", value_parser = jobs)]
    jobs: Option<NonZero<usize>>,
}

impl PlanArgs {
    /// The plan, and the folder of its results. Its plugins are running, and end at `stop`.
    pub(super) fn plan(
        &self,
        registry: &Registry,
        stop: &Stop,
    ) -> Result<(Plan, PathBuf), Failure> {
        let corpora = self.corpora.open(self.work.seed)?;
        Plan::check_names(&corpora)?;
        let tasks = Plan::tasks(&corpora)?;
        let digests = corpora
            .iter()
            .map(|corpus| corpus.digest())
            .collect::<Result<Vec<_>, _>>()?;
        let letters = Plan::letters(&corpora, self.work.jobs())?;
        let named: Vec<(&str, ReferenceLetters)> =
            corpora.iter().map(|corpus| corpus.name()).zip(letters.clone()).collect();
        let plan = self.work.plan(registry, stop, tasks, &named)?;
        let plan = Plan { corpora, digests, letters, ..plan };
        let name = match &self.name {
            Some(name) => name.clone(),
            None => FileName::new(plan.name())?,
        };
        let folder = self.results.join(name);
        Ok((plan, folder))
    }
}

impl WorkArgs {
    /// The plan for a part of a corpus on standard input. What fits cannot be seen there,
    /// so systems and metrics must be named.
    pub(super) fn part(&self, registry: &Registry, stop: &Stop) -> Result<Plan, Failure> {
        if self.system.is_empty() && !self.plugins.any() {
            return Err(Failure::input(
                "a part of a corpus does not show what fits the whole\nhint: name systems by `--system`, metrics by `--metric`",
            ));
        }
        if self.metric.is_empty() {
            return Err(Failure::input(
                "a part of a corpus does not show which metrics fit the whole\nhint: name them by `--metric`",
            ));
        }
        let any = Tasks { summaries: true, keyphrases: true, agreement: false };
        let plan = self.plan(registry, stop, any, &[])?;
        Ok(Plan { jobs: self.jobs.unwrap_or(NonZero::<usize>::MIN), ..plan })
    }

    /// Threads: as many as were asked for, or as there are cores.
    fn jobs(&self) -> NonZero<usize> {
        let cores = std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        self.jobs.unwrap_or(cores)
    }

    /// The plan without corpora, for those that have references for `tasks` in such
    /// letters.
    fn plan(
        &self,
        registry: &Registry,
        stop: &Stop,
        tasks: Tasks,
        letters: &[(&str, ReferenceLetters)],
    ) -> Result<Plan, Failure> {
        let named = Plan::metrics(registry, &self.metric)?;
        let plugged = self.plugins.plugged(self.seed, stop)?;
        let systems =
            plugged.systems(registry, &self.system, tasks.measured_by(&named))?;
        let UsualMetrics { metrics, unread } = if named.is_empty() {
            Plan::usual_metrics(registry, &systems, letters)?
        } else {
            let unread = Unread::of(registry, &named, letters);
            UsualMetrics { metrics: named, unread }
        };
        let mut plan = Plan {
            systems,
            metrics,
            corpora: vec![Box::new(Stream)],
            digests: Vec::new(),
            letters: Vec::new(),
            unread,
            budget: self.budget.budget(),
            limit: self.limit,
            language: self.text.lang,
            segmenter: self.text.segmenter(),
            line_ends: self.text.line_ends(),
            background: None,
            counted: None,
            seed: self.seed,
            jobs: self.jobs(),
            plugin_jobs: self.plugins.plugin_jobs,
        };
        if let Some(name) = &self.background {
            let corpus = crate::corpus::open(name)?;
            plan.background = Some(run::background(&plan, corpus.as_ref())?);
        }
        Ok(plan)
    }
}
