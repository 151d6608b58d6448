//! Arguments about plugins, of `run` and `bench`.

use std::{num::NonZero, path::PathBuf, time::Duration};

use clap::Args;

use crate::{
    harness::{Experiment, ExperimentPlugin, Placed},
    plugin::{Declaration, PluginOptions, Stop},
};

use super::{arguments::jobs, failure::Failure};

/// External systems, and their limits.
#[derive(Debug, Args)]
#[command(next_help_heading = "Plugins")]
pub(super) struct PluginArgs {
    /// `path/to/plugin.toml`, or `name=command line`; repeatable
    #[arg(long, value_name = "PLUGIN")]
    plugin: Vec<String>,
    /// `name=file.jsonl`: a file of outputs that is scored as a system; repeatable
    #[arg(long, value_name = "OUTPUTS")]
    outputs: Vec<String>,
    /// `name=file.jsonl`: a file of scores made elsewhere, which is a metric; repeatable
    #[arg(long, value_name = "SCORES")]
    scores: Vec<String>,
    /// Time limit for each answer [default: 30]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    plugin_timeout: Option<Duration>,
    /// Time limit for all documents of a plugin; other documents are skipped
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    plugin_run_timeout: Option<Duration>,
    /// Limit of the resident memory of a plugin and its child processes, such as `512 MiB`
    /// [default: 4 GiB]
    #[arg(long, value_name = "SIZE")]
    plugin_memory: Option<String>,
    /// Number of plugins that run at the same time; above 1 their times are less reliable
    #[arg(long, value_name = "N", default_value = "1", value_parser = jobs)]
    pub(super) plugin_jobs: NonZero<usize>,
    /// Command line that precedes that of each plugin; `{folder}` is the folder of the plugin,
    /// `{working}` its working folder
    #[arg(long, value_name = "COMMAND")]
    sandbox: Option<String>,
}

impl PluginArgs {
    /// Adds plugins, outputs and limits to an experiment; they replace its own of the same name.
    pub(super) fn override_in(&self, experiment: &mut Experiment) -> Result<(), Failure> {
        let limits = &mut experiment.limits;
        limits.answer = self.plugin_timeout.or(limits.answer);
        limits.run = self.plugin_run_timeout.or(limits.run);
        limits.memory = self.plugin_memory.clone().or(limits.memory.take());
        limits.sandbox = self.sandbox.clone().or(limits.sandbox.take());

        // an experiment in another folder resolves relative paths there
        let here = match experiment.folder.as_os_str().is_empty() {
            true => PathBuf::new(),
            false => std::env::current_dir().map_err(Failure::of)?,
        };

        for text in &self.plugin {
            let name = Declaration::parse(text)?.name;
            let command = text.strip_prefix(&format!("{name}="));
            let plugins = &mut experiment.plugins;
            plugins.retain(|it| it.value.name.as_ref() != Some(&name));
            plugins.push(Placed::nowhere(ExperimentPlugin {
                name: Some(name),
                run: command.unwrap_or(text).to_owned(),
                folder: here.clone(),
            }));
        }
        for text in &self.outputs {
            let name = Declaration::parse_outputs(text)?.name;
            let path = text.split_once('=').map_or("", |(_, path)| path);
            let outputs = &mut experiment.outputs;
            outputs.retain(|it| it.value.0 != name);
            outputs.push(Placed::nowhere((name, here.join(path))));
        }
        for text in &self.scores {
            let (name, path) = scores_of(text)?;
            let scores = &mut experiment.scores;
            scores.retain(|it| it.value.0 != name);
            scores.push(Placed::nowhere((name, here.join(path))));
        }
        Ok(())
    }

    /// Returns the options of all plugins, which end at `stop`. Their limits are those of the
    /// experiment.
    pub(super) fn options(stop: &Stop) -> PluginOptions {
        PluginOptions {
            stop: stop.clone(),
            ..PluginOptions::default()
        }
    }
}

/// Parses a file of scores: `name=file.jsonl`.
pub(super) fn scores_of(text: &str) -> Result<(String, PathBuf), Failure> {
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
