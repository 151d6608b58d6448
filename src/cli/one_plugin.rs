//! A plugin that works on one text.

use clap::Args;

use crate::{
    plugin::{
        Answer, AskedDocument, Declaration, Length, Plugin, PluginOptions, PluginTask,
    },
    registry::Registry,
    run::PlanError,
    spec::Spec,
};

use super::{
    failure::{Code, Failure},
    interrupt::Interrupt,
};

/// The plugin that works instead of a built-in system.
#[derive(Debug, Args)]
pub(super) struct OnePluginArgs {
    /// Plugin to use: `path/to/plugin.toml`, or `name=command line`; `--system
    /// 'name(parameter=value)'` sets its parameters
    #[arg(long, value_name = "PLUGIN")]
    plugin: Option<String>,
}

/// The answer of a plugin, and its name.
pub(super) struct PluginAnswer {
    pub(super) name: String,
    pub(super) answer: Answer,
}

impl OnePluginArgs {
    /// Returns whether a plugin was named.
    pub(super) fn is_named(&self) -> bool {
        self.plugin.is_some()
    }

    /// Asks the plugin. `system` is the name of the plugin with parameters, if
    /// any were set.
    pub(super) fn ask(
        &self,
        registry: &Registry,
        system: Option<&Spec>,
        task: PluginTask,
        length: Length,
        question: AskedDocument<'_>,
    ) -> Result<PluginAnswer, Failure> {
        let plugin = self.plugin.as_deref().unwrap_or_default();
        let interrupt = Interrupt::watch()?;
        let declaration = Declaration::parse(plugin)?;
        let name = declaration.name.clone();
        let summarisers = registry.summarisers().iter().map(|entry| entry.name);
        let extractors = registry.extractors().iter().map(|entry| entry.name);
        if summarisers.chain(extractors).any(|it| it == name) {
            return Err(PlanError::TakenName { name }.into());
        }

        let alone = Spec {
            name: name.clone(),
            arguments: Vec::new(),
        };
        let spec = system.unwrap_or(&alone);
        if spec.name != name {
            let system = &spec.name;
            return Err(Failure::input(format!(
                "`--system` is `{system}`, and the plugin is `{name}`; one of them answers"
            )));
        }

        let options = PluginOptions {
            stop: interrupt.stop().clone(),
            ..PluginOptions::default()
        };
        let opened = declaration.open(spec, &options)?;
        let Some(plugin) = opened.iter().find(|plugin| plugin.task() == task) else {
            let what = match task {
                PluginTask::Summarise => "summaries",
                PluginTask::Keywords => "keyphrases",
            };
            return Err(Failure::input(format!(
                "the plugin `{name}` makes no {what}"
            )));
        };
        answered(plugin.as_ref(), length, question)
    }
}

/// Returns the answer of an opened plugin.
fn answered(
    plugin: &dyn Plugin,
    length: Length,
    question: AskedDocument<'_>,
) -> Result<PluginAnswer, Failure> {
    let name = plugin.name().to_owned();
    let answered = plugin.work(&[question], length).into_iter().next();
    match answered.map(|answered| answered.result) {
        Some(Ok(answer)) => Ok(PluginAnswer { name, answer }),
        Some(Err(failure)) => Err(Failure::Message {
            text: format!("`{name}`: {failure}"),
            code: Code::SystemFailed,
        }),
        None => Err(Failure::input(format!("`{name}`: no answer"))),
    }
}
