//! Arguments that make a plan: shared by `run` and `bench`.

use std::{num::NonZero, path::PathBuf};

use clap::Args;

use crate::{registry::Registry, run::Plan, spec::Spec};

use super::{
    arguments::{BudgetArgs, CorporaArgs, TextArgs},
    failure::Failure,
};

/// What to run, on what.
#[derive(Debug, Args)]
pub(super) struct PlanArgs {
    #[command(flatten)]
    corpora: CorporaArgs,
    /// System such as `text-rank(damping=0.9)`; repeatable; all that fit without it
    #[arg(long, value_name = "SPEC")]
    system: Vec<Spec>,
    /// Metric such as `rouge-1(stemmer=true)`; repeatable; all that fit without it
    #[arg(long, value_name = "SPEC")]
    metric: Vec<Spec>,
    #[command(flatten)]
    budget: BudgetArgs,
    /// At most so many keyphrases a document
    #[arg(long, value_name = "N", default_value_t = Plan::LIMIT)]
    limit: usize,
    #[command(flatten)]
    text: TextArgs,
    /// Seed of the intervals and of `--sample`
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Threads; as many as cores without it
    #[arg(long, short, value_name = "N")]
    jobs: Option<NonZero<usize>>,
    /// Folder of all results
    #[arg(long, value_name = "FOLDER", default_value = "results")]
    results: PathBuf,
    /// Name of this run's folder; made from the plan without it
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// No progress bar, notes or summary; tables and errors only
    #[arg(long, short)]
    pub(super) quiet: bool,
}

impl PlanArgs {
    /// The plan, and the folder of its results.
    pub(super) fn plan(&self, registry: &Registry) -> Result<(Plan, PathBuf), Failure> {
        let corpora = self.corpora.open(self.seed)?;
        Plan::check_names(&corpora)?;
        let named = Plan::metrics(registry, &self.metric, &[])?;
        let tasks = Plan::tasks(&corpora)?.measured_by(&named);
        let systems = Plan::systems(registry, &self.system, tasks)?;
        let metrics = Plan::metrics(registry, &self.metric, &systems)?;
        let digests = corpora
            .iter()
            .map(|corpus| corpus.digest())
            .collect::<Result<Vec<_>, _>>()?;
        let cores = std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        let plan = Plan {
            systems,
            metrics,
            corpora,
            digests,
            budget: self.budget.budget(),
            limit: self.limit,
            language: self.text.lang,
            segmenter: self.text.segmenter(),
            seed: self.seed,
            jobs: self.jobs.unwrap_or(cores),
        };
        let name = self.name.clone().unwrap_or_else(|| plan.name());
        let folder = self.results.join(name);
        Ok((plan, folder))
    }
}
