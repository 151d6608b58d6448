//! Arguments from which a plan is made, of `run`, `bench` and `aggregate`.

use std::{
    num::NonZero,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{
    corpus::{Corpus, CorpusOpener, Place},
    harness::{Experiment, Placed, Sweep, timed_run},
    metric::Task,
    name::FileName,
    plugin::{PluginOptions, Stop},
    registry::Registry,
    run::{Plan, Request, RequestedCorpus, Work, cores},
    spec::Spec,
};

use super::{
    arguments::{BudgetListArgs, CorporaArgs, EncodingArgs, TextArgs, jobs, metric},
    embedders::EmbedderArgs,
    failure::Failure,
    output::say,
    plugins::PluginArgs,
};

/// Corpora, work and the folder of results.
#[derive(Debug, Args)]
pub(super) struct PlanArgs {
    #[command(flatten)]
    corpora: CorporaArgs,
    #[command(flatten)]
    pub(super) work: WorkArgs,
    /// Folder of all results
    #[arg(long, value_name = "FOLDER", default_value = "results")]
    pub(super) results: PathBuf,
    /// Name of the folder of this run [default: derived from the plan]
    #[arg(long, value_name = "NAME")]
    name: Option<FileName>,
    /// No progress bar, notes or summary; tables and errors only
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// Systems, metrics and settings, for any corpus.
#[derive(Debug, Args)]
pub(super) struct WorkArgs {
    /// System such as `text-rank(damping=0.9)`; `damping=0.5|0.9` is a system for each value;
    /// repeatable [default: all that fit the corpora]
    #[arg(long, value_name = "SPEC")]
    system: Vec<Sweep>,
    /// Metric such as `rouge-1(stemmer=true)`, or a signature; repeatable [default: the usual
    /// ones that fit the corpora]
    #[arg(long, value_name = "SPEC", value_parser = metric)]
    metric: Vec<Spec>,
    #[command(flatten)]
    embedders: EmbedderArgs,
    #[command(flatten)]
    plugins: PluginArgs,
    #[command(flatten)]
    budgets: BudgetListArgs,
    #[command(flatten)]
    encoding: EncodingArgs,
    /// Maximum number of keyphrases of a document [default: 50]
    #[arg(long = "keyphrases", alias = "limit", value_name = "N")]
    limit: Option<usize>,
    /// Corpus that provides document frequencies, instead of the one that is run on
    #[arg(long, value_name = "CORPUS")]
    background: Option<String>,
    #[command(flatten)]
    text: TextArgs,
    /// Seed of the intervals and of `--sample` [default: 0]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Number of threads [default: number of cores]
    #[arg(long, short, value_name = "N", value_parser = jobs)]
    jobs: Option<NonZero<usize>>,
}

impl PlanArgs {
    /// Returns whether options decide on corpora, budgets, systems or metrics, which may make
    /// the plan different from that of an experiment file.
    pub(super) fn overrides(&self) -> bool {
        let work = &self.work;
        self.corpora.names_any()
            || !work.system.is_empty()
            || !work.metric.is_empty()
            || !work.budgets.budgets(work.encoding).is_empty()
    }

    /// Returns an experiment overridden by the arguments.
    pub(super) fn experiment(
        &self,
        mut experiment: Experiment,
    ) -> Result<Experiment, Failure> {
        self.corpora.override_in(&mut experiment);
        self.work.override_in(&mut experiment)?;
        if let Some(name) = &self.name {
            experiment.name = Some(Placed::nowhere(name.as_str().to_owned()));
        }
        Ok(experiment)
    }

    /// Returns a registry with the embedders of an experiment. Those that are programs are
    /// started, and end at `stop`.
    pub(super) fn with_embedders(
        &self,
        registry: &Registry,
        stop: &Stop,
        experiment: &Experiment,
    ) -> Result<Registry, Failure> {
        let options = PluginOptions {
            hidden: vec![self.results.clone()],
            ..PluginArgs::options(stop)
        };
        let opener = self.corpora.opener()?;
        Ok(experiment.with_embedders(registry, &opener, options)?)
    }

    /// Returns the plan of an experiment, and the folder of its results. Its plugins are
    /// running, and end at `stop`.
    pub(super) fn planned(
        &self,
        registry: &Registry,
        stop: &Stop,
        experiment: &mut Experiment,
    ) -> Result<(Plan, PathBuf), Failure> {
        let opener = self.corpora.opener()?;
        let corpora = experiment.open(&opener)?;
        check_readings(&corpora, self.quiet)?;
        experiment.name_corpora(&corpora);
        let results = Some(self.results.as_path());
        let request = Request {
            library: opener.library,
            ..self.work.request(experiment, stop, results)?
        };
        let mut plan = request.plan(registry, corpora)?;
        experiment.leave_out(registry, &mut plan)?;
        let has_extractor = plan
            .work
            .systems
            .iter()
            .any(|it| it.task() == Task::Keyphrases);
        if self.work.limit.is_some() && !has_extractor && !self.quiet {
            say(
                "note: `--keyphrases` limits the output of keyword extractors, and there are none\nhint: `--sample` draws documents",
            );
        }
        let name = match &experiment.name {
            Some(name) => FileName::new(name.value.as_str())?,
            None => FileName::new(plan.name())?,
        };
        Ok((plan, self.results.join(name)))
    }

    /// Returns the plan for timing, and its folder: without a name, that of a run with the same
    /// systems if there is one, by any metrics.
    pub(super) fn timed(
        &self,
        registry: &Registry,
        stop: &Stop,
        experiment: &mut Experiment,
    ) -> Result<(Plan, PathBuf), Failure> {
        let (plan, folder) = self.planned(registry, stop, experiment)?;
        let run = match &experiment.name {
            Some(_) => None,
            None => timed_run(&plan, &self.results),
        };
        Ok((plan, run.unwrap_or(folder)))
    }
}

/// Checks that standard input is named at most once. Unless `quiet`, prints which roles columns
/// were given.
fn check_readings(corpora: &[RequestedCorpus], quiet: bool) -> Result<(), Failure> {
    let corpora = || corpora.iter().map(|requested| requested.corpus.as_ref());
    let on_input = corpora().filter(|it| it.address().place == Place::StandardInput);
    if on_input.count() > 1 {
        return Err(Failure::input(
            "standard input is named twice; it can be read only once",
        ));
    }

    for note in corpora().filter_map(Corpus::reading).filter(|_| !quiet) {
        say(&format!("note: {note}"));
    }
    Ok(())
}

impl WorkArgs {
    /// Returns the work of an experiment on a part of a corpus, by default on one thread.
    pub(super) fn part(
        &self,
        registry: &Registry,
        stop: &Stop,
        mut experiment: Experiment,
    ) -> Result<Work, Failure> {
        let jobs = self.jobs.unwrap_or(NonZero::<usize>::MIN);
        self.override_in(&mut experiment)?;
        let registry = experiment
            .with_embedders(
                registry,
                &CorpusOpener::default(),
                PluginArgs::options(stop),
            )?
            .keeping_embeddings();
        Ok(Request {
            jobs,
            ..self.request(&experiment, stop, None)?
        }
        .work(&registry)?)
    }

    /// Overrides the work of an experiment by that of the arguments.
    fn override_in(&self, experiment: &mut Experiment) -> Result<(), Failure> {
        if !self.system.is_empty() {
            let systems = self.system.iter().cloned();
            experiment.systems = systems.map(Placed::nowhere).collect();
        }
        if !self.metric.is_empty() {
            let metrics = self.metric.iter().cloned();
            experiment.metrics = metrics.map(Placed::nowhere).collect();
        }

        let budgets = self.budgets.budgets(self.encoding);
        if !budgets.is_empty() {
            experiment.budgets = budgets.into_iter().map(Placed::nowhere).collect();
            for corpus in &mut experiment.corpora {
                corpus.value.budgets.clear();
            }
        }
        if let Some(limit) = self.limit {
            experiment.limit = Some(limit);
            for corpus in &mut experiment.corpora {
                corpus.value.limit = None;
            }
        }
        if let Some(background) = &self.background {
            experiment.background = Some(Placed::nowhere(background.clone()));
        }
        experiment.seed = self.seed.or(experiment.seed);
        self.text.override_in(experiment);
        self.embedders.override_in(experiment)?;
        self.plugins.override_in(experiment)
    }

    /// Returns the request of an experiment, with the limits and threads of the arguments.
    /// Scores of metric plugins are kept below `results`; `None` for nowhere.
    fn request(
        &self,
        experiment: &Experiment,
        stop: &Stop,
        results: Option<&Path>,
    ) -> Result<Request, Failure> {
        let metrics = &self.plugins.metrics;
        let options = PluginOptions {
            kept_scores: results.and_then(|results| metrics.kept_scores(results)),
            hidden: results.map(Path::to_owned).into_iter().collect(),
            ..PluginArgs::options(stop)
        };
        let request = experiment.request(options)?;
        Ok(Request {
            jobs: self.jobs.unwrap_or(cores()),
            plugin_jobs: self.plugins.plugin_jobs,
            ..request
        })
    }
}
