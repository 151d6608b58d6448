//! Arguments that make a plan: shared by `run` and `bench`.

use std::{num::NonZero, path::PathBuf};

use clap::Args;

use crate::{
    harness::timed_run,
    name::FileName,
    plugin::Stop,
    registry::Registry,
    run::{Plan, Reading, Request, Work, cores},
    spec::Spec,
};

use super::{
    arguments::{BudgetListArgs, CorporaArgs, TextArgs, jobs},
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
    budgets: BudgetListArgs,
    /// At most so many keyphrases a document
    #[arg(long, value_name = "N", default_value_t = Work::LIMIT)]
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
    /// Returns the plan, and the folder of its results. Its plugins are running, and end at
    /// `stop`.
    pub(super) fn plan(
        &self,
        registry: &Registry,
        stop: &Stop,
    ) -> Result<(Plan, PathBuf), Failure> {
        let corpora = self.corpora.open(self.work.seed)?;
        let plan = self.work.request(stop)?.plan(registry, corpora)?;
        let folder = self.folder(&plan)?;
        Ok((plan, folder))
    }

    /// As [`PlanArgs::plan`], of what is timed: without a name, the folder of a run of the
    /// same systems, whatever they were measured by.
    pub(super) fn timed(
        &self,
        registry: &Registry,
        stop: &Stop,
    ) -> Result<(Plan, PathBuf), Failure> {
        let (plan, folder) = self.plan(registry, stop)?;
        let run = match &self.name {
            Some(_) => None,
            None => timed_run(&plan, &self.results),
        };
        Ok((plan, run.unwrap_or(folder)))
    }

    fn folder(&self, plan: &Plan) -> Result<PathBuf, Failure> {
        let name = match &self.name {
            Some(name) => name.clone(),
            None => FileName::new(plan.name())?,
        };
        Ok(self.results.join(name))
    }
}

impl WorkArgs {
    /// Returns the work on a part of a corpus, on one thread if nobody says how many.
    pub(super) fn part(&self, registry: &Registry, stop: &Stop) -> Result<Work, Failure> {
        let jobs = self.jobs.unwrap_or(NonZero::<usize>::MIN);
        Ok(Request {
            jobs,
            ..self.request(stop)?
        }
        .work(registry)?)
    }

    fn request(&self, stop: &Stop) -> Result<Request, Failure> {
        Ok(Request {
            systems: self.system.clone(),
            metrics: self.metric.clone(),
            plugins: self.plugins.plugged(self.seed, stop)?,
            budgets: self.budgets.budgets(),
            limit: self.limit,
            background: self.background.clone(),
            reading: Reading {
                language: self.text.lang,
                segmenter: self.text.segmenter(),
                line_ends: self.text.line_ends(),
            },
            seed: self.seed,
            jobs: self.jobs.unwrap_or(cores()),
            plugin_jobs: self.plugins.plugin_jobs,
        })
    }
}
