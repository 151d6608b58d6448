//! Arguments about metrics that are not built in, and about what plugins may use: of every
//! command that scores.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use clap::Args;

use crate::{
    plugin::{Declaration, Isolation, PluginOptions, ScoresFile},
    run::MetricSources,
};

use super::{
    cache::KEPT, embedders::EmbedderArgs, failure::Failure, interrupt::Interrupt,
};

/// Metrics that are not built in.
#[derive(Debug, Args)]
#[command(next_help_heading = "Plugins")]
pub(super) struct MetricPluginArgs {
    /// Plugin that is a metric: `path/to/plugin.toml`, or `name=command line`; repeatable
    #[arg(long, value_name = "PLUGIN")]
    pub(super) metric_plugin: Vec<String>,
    /// `name=file.jsonl`: a file of scores made elsewhere, which is a metric; repeatable
    #[arg(long, value_name = "SCORES")]
    scores: Vec<String>,
    /// Ask metric plugins for every score, and keep none: scores are kept in `.scores` of the
    /// results otherwise, by all that decides them
    #[arg(long)]
    no_cache: bool,
}

/// What every plugin may use.
#[derive(Debug, Args)]
#[command(next_help_heading = "Plugins")]
pub(super) struct PluginLimitArgs {
    /// Time limit for each answer [default: 30]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(super) plugin_timeout: Option<Duration>,
    /// Time limit for all documents of a plugin; other documents are skipped
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(super) plugin_run_timeout: Option<Duration>,
    /// Limit of the resident memory of a plugin and its child processes, such as `512 MiB`
    /// [default: 4 GiB]
    #[arg(long, value_name = "SIZE")]
    pub(super) plugin_memory: Option<String>,
    /// Command line that precedes that of each plugin; `{folder}` is the folder of the plugin,
    /// `{working}` its working folder
    #[arg(long, value_name = "COMMAND")]
    pub(super) sandbox: Option<String>,
    /// What the kernel keeps plugins from: `files`, all but the system, their own folder and
    /// what they declare; or `none` [default: files where there is Landlock and no `--sandbox`]
    #[arg(long, value_name = "WHAT")]
    pub(super) isolation: Option<Isolation>,
}

impl MetricPluginArgs {
    /// Returns the folder in which scores are kept; `None` if none are to be.
    pub(super) fn kept_scores(&self, results: &Path) -> Option<PathBuf> {
        (!self.no_cache).then(|| results.join(KEPT))
    }

    /// Returns the files of scores, each with the name of its metric.
    pub(super) fn scores(&self) -> Result<Vec<(String, PathBuf)>, Failure> {
        self.scores.iter().map(|text| scores_of(text)).collect()
    }

    /// Returns the metrics that are declared, and the record of signals, at which their plugins end;
    /// without plugins a signal ends the program by itself. `files`, files of scores and the results
    /// are hidden from the plugins.
    pub(super) fn sources(
        &self,
        limits: &PluginLimitArgs,
        embedders: &EmbedderArgs,
        seed: u64,
        results: &Path,
        files: Vec<PathBuf>,
    ) -> Result<(MetricSources, Interrupt), Failure> {
        let has_plugins = !self.metric_plugin.is_empty() || embedders.has_plugins();
        let interrupt = Interrupt::watch_if(has_plugins)?;
        let plugins = self.metric_plugin.iter();
        let scores = self.scores()?;
        let mut hidden = files;
        hidden.push(results.to_owned());
        let files = scores.iter().map(|(_, path)| ScoresFile::file_of(path));
        hidden.extend(files.map(Path::to_owned));
        let sources = MetricSources {
            plugins: plugins
                .map(|text| Declaration::parse(text))
                .collect::<Result<_, _>>()?,
            options: PluginOptions {
                answer: limits.plugin_timeout,
                run: limits.plugin_run_timeout,
                memory: limits.plugin_memory.clone(),
                sandbox: limits.sandbox.clone(),
                isolation: limits.isolation,
                hidden,
                kept_scores: self.kept_scores(results),
                seed,
                stop: interrupt.stop().clone(),
                ..PluginOptions::default()
            },
            scores,
        };
        Ok((sources, interrupt))
    }
}

/// Parses a file of scores: `name=file.jsonl`.
fn scores_of(text: &str) -> Result<(String, PathBuf), Failure> {
    let split = text.split_once('=');
    let (name, path) = split
        .ok_or_else(|| Failure::input(format!("`{text}` is not `name=file.jsonl`")))?;
    Ok((name.to_owned(), PathBuf::from(path)))
}

/// Parses a time limit in seconds.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.trim_end_matches('s').parse::<f64>().ok();
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let duration = duration.filter(|duration| !duration.is_zero());
    duration.ok_or_else(|| "a time is a number of seconds above 0".to_owned())
}
