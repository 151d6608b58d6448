//! Arguments about plugins, of `run` and `bench`.

use std::{
    num::NonZero,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{
    harness::{Experiment, ExperimentPlugin, Placed},
    plugin::{Declaration, PluginOptions, Stop},
};

use super::{
    arguments::jobs,
    failure::Failure,
    metric_plugins::{MetricPluginArgs, PluginLimitArgs},
};

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
    #[command(flatten)]
    pub(super) metrics: MetricPluginArgs,
    #[command(flatten)]
    limits: PluginLimitArgs,
    /// Number of plugins that run at the same time; above 1 their times are less reliable
    #[arg(long, value_name = "N", default_value = "1", value_parser = jobs)]
    pub(super) plugin_jobs: NonZero<usize>,
}

impl PluginArgs {
    /// Adds plugins, outputs and limits to an experiment; they replace its own of the same name.
    pub(super) fn override_in(&self, experiment: &mut Experiment) -> Result<(), Failure> {
        let limits = &mut experiment.limits;
        limits.answer = self.limits.plugin_timeout.or(limits.answer);
        limits.run = self.limits.plugin_run_timeout.or(limits.run);
        let memory = self.limits.plugin_memory.clone();
        limits.memory = memory.or(limits.memory.take());
        let sandbox = self.limits.sandbox.clone();
        limits.sandbox = sandbox.or(limits.sandbox.take());
        limits.isolation = self.limits.isolation.or(limits.isolation);

        // an experiment in another folder resolves relative paths there
        let here = match experiment.folder.as_os_str().is_empty() {
            true => PathBuf::new(),
            false => std::env::current_dir().map_err(Failure::of)?,
        };

        add_plugins(&mut experiment.plugins, &self.plugin, &here)?;
        add_plugins(
            &mut experiment.metric_plugins,
            &self.metrics.metric_plugin,
            &here,
        )?;
        for text in &self.outputs {
            let name = Declaration::parse_outputs(text)?.name;
            let path = text.split_once('=').map_or("", |(_, path)| path);
            let outputs = &mut experiment.outputs;
            outputs.retain(|it| it.value.0 != name);
            outputs.push(Placed::nowhere((name, here.join(path))));
        }
        for (name, path) in self.metrics.scores()? {
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

/// Adds plugins that run in the folder `here`; they replace others of the same name.
fn add_plugins(
    plugins: &mut Vec<Placed<ExperimentPlugin>>,
    texts: &[String],
    here: &Path,
) -> Result<(), Failure> {
    for text in texts {
        let name = Declaration::parse(text)?.name;
        let command = text.strip_prefix(&format!("{name}="));
        plugins.retain(|it| it.value.name.as_ref() != Some(&name));
        plugins.push(Placed::nowhere(ExperimentPlugin {
            name: Some(name),
            run: command.unwrap_or(text).to_owned(),
            folder: here.to_owned(),
        }));
    }
    Ok(())
}
