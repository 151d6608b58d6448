//! Arguments about plugins: shared by `run` and `bench`.

use std::{num::NonZero, path::PathBuf, time::Duration};

use clap::Args;

use crate::{
    harness::{Experiment, ExperimentPlugin, Placed},
    plugin::{Declaration, PluginOptions, Stop},
};

use super::{arguments::jobs, failure::Failure};

/// Systems that are not ours, and what they may take.
#[derive(Debug, Args)]
#[command(next_help_heading = "Plugins")]
pub(super) struct PluginArgs {
    /// `path/to/plugin.toml`, or `name=command line`; repeatable
    #[arg(long, value_name = "PLUGIN")]
    plugin: Vec<String>,
    /// `name=file.jsonl`: outputs made elsewhere take part as a system; repeatable
    #[arg(long, value_name = "OUTPUTS")]
    outputs: Vec<String>,
    /// Until the next answer [default: 30]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    plugin_timeout: Option<Duration>,
    /// For all documents of a plugin; the rest is skipped
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    plugin_run_timeout: Option<Duration>,
    /// Resident memory of a plugin and all it starts, such as `512 MiB` [default: 4 GiB]
    #[arg(long, value_name = "SIZE")]
    plugin_memory: Option<String>,
    /// So many plugins work at the same time; their times are then worth less
    #[arg(long, value_name = "N", default_value = "1", value_parser = jobs)]
    pub(super) plugin_jobs: NonZero<usize>,
    /// Command line to put before each plugin's; `{folder}` is the plugin's, `{working}`
    /// its working folder
    #[arg(long, value_name = "COMMAND")]
    sandbox: Option<String>,
}

impl PluginArgs {
    /// Adds what was declared here to an experiment, in place of what has the same name, and
    /// the limits that were named here in place of its own.
    pub(super) fn override_in(&self, experiment: &mut Experiment) -> Result<(), Failure> {
        let limits = &mut experiment.limits;
        limits.answer = self.plugin_timeout.or(limits.answer);
        limits.run = self.plugin_run_timeout.or(limits.run);
        limits.memory = self.plugin_memory.clone().or(limits.memory.take());
        limits.sandbox = self.sandbox.clone().or(limits.sandbox.take());
        // an experiment that has a folder of its own finds what is here by its whole path
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
        Ok(())
    }

    /// The options of all plugins but their limits, which are the experiment's; they end at
    /// `stop`.
    pub(super) fn options(stop: &Stop) -> PluginOptions {
        PluginOptions {
            stop: stop.clone(),
            ..PluginOptions::default()
        }
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.trim_end_matches('s').parse::<f64>().ok();
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let duration = duration.filter(|duration| !duration.is_zero());
    duration.ok_or_else(|| "a time is a number of seconds above 0".to_owned())
}
