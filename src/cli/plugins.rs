//! Arguments about plugins: shared by `run` and `bench`.

use std::{num::NonZero, time::Duration};

use clap::Args;

use crate::{
    plugin::{Declaration, PluginOptions, Stop},
    run::PluginSet,
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
    /// What was declared.
    pub(super) fn plugged(&self, seed: u64, stop: &Stop) -> Result<PluginSet, Failure> {
        let plugins = self.plugin.iter().map(|text| Declaration::parse(text));
        let outputs = self
            .outputs
            .iter()
            .map(|text| Declaration::parse_outputs(text));
        Ok(PluginSet {
            declarations: plugins.chain(outputs).collect::<Result<_, _>>()?,
            own: Vec::new(),
            options: PluginOptions {
                answer: self.plugin_timeout,
                run: self.plugin_run_timeout,
                memory: self.plugin_memory.clone(),
                sandbox: self.sandbox.clone(),
                seed,
                stop: stop.clone(),
                ..PluginOptions::default()
            },
        })
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.trim_end_matches('s').parse::<f64>().ok();
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let duration = duration.filter(|duration| !duration.is_zero());
    duration.ok_or_else(|| "a time is a number of seconds above 0".to_owned())
}
