//! How a plugin that runs as a child process is opened: built, started and asked what it
//! does.

use std::{iter, path::PathBuf, time::Duration};

use serde_json::{Map, Value};

use epitome_base::{
    isolated::Isolated,
    spec::{self, Parameter, ParameterKind, Params, Spec, SpecError},
};

use super::{
    child::Child,
    command::{self, CommandLine},
    error::PluginError,
    failure::PluginFailure,
    hosted_embedder::HostedEmbedder,
    hosted_metric::HostedMetric,
    hosted_plugin::HostedPlugin,
    isolation,
    limits::PluginLimits,
    manifest,
    message::{PluginRole, Skill},
    options::PluginOptions,
    plugin::Plugin,
    program,
    question::PluginTask,
    session::Session,
    supervisor::{State, Supervisor},
};

/// A plugin that runs as a child process, as it was declared.
#[derive(Debug, Clone)]
pub(super) struct ChildSource {
    pub(super) command: CommandLine,
    pub(super) build: Option<Vec<String>>,
    pub(super) version: Option<Vec<String>>,
    pub(super) does: Option<Vec<Skill>>,
    /// Files that run, in addition to those that the command names.
    pub(super) files: Vec<PathBuf>,
    /// The declared parameters; `None` for `name=command`, whose plugin decides about
    /// them.
    pub(super) parameters: Option<&'static [Parameter]>,
    pub(super) limits: PluginLimits,
}

/// The time limit that is used for "no limit": a year.
const AGES: Duration = Duration::from_hours(365 * 24);

impl ChildSource {
    /// Returns the command with the sandbox before it.
    pub(super) fn command(
        &self,
        options: &PluginOptions,
    ) -> Result<CommandLine, PluginError> {
        let sandbox = options
            .sandbox
            .as_ref()
            .map_or(Some(Vec::new()), |text| command::words(text));
        let sandbox = sandbox.ok_or_else(|| {
            PluginError::Argument("`--sandbox` is no command".to_owned())
        })?;
        self.isolated(sandbox, options)
    }

    /// Returns the command with a sandbox before it and what it is kept from.
    fn isolated(
        &self,
        sandbox: Vec<String>,
        options: &PluginOptions,
    ) -> Result<CommandLine, PluginError> {
        let isolated = isolation::in_effect(options.isolation, !sandbox.is_empty())
            .map_err(PluginError::Argument)?;
        let mut command = CommandLine {
            sandbox,
            isolated,
            ..self.command.clone()
        };
        command.access.hidden.clone_from(&options.hidden);
        Ok(command)
    }

    /// Builds the plugin, starts it, and returns a system for each of its tasks.
    pub(super) fn open(
        &self,
        spec: &Spec,
        options: &PluginOptions,
    ) -> Result<Vec<Box<dyn Plugin>>, PluginError> {
        let supervisor = self.start(PluginRole::System, spec, options)?;
        let name = supervisor.name.clone();

        let skills = self.skills(&supervisor)?;
        let mut tasks: Vec<PluginTask> =
            skills.iter().filter_map(|skill| skill.task()).collect();
        tasks.sort_unstable();
        tasks.dedup();
        if tasks.is_empty() {
            return Err(other_role(name, &skills, "a system"));
        }

        // the process that was started serves the first task; others start their own
        let others = tasks.iter().skip(1).map(|_| supervisor.another());
        let others: Vec<Supervisor> = others.collect();
        let supervisors = iter::once(supervisor).chain(others);
        let systems = tasks.into_iter().zip(supervisors);
        Ok(systems
            .map(|(task, supervisor)| -> Box<dyn Plugin> {
                Box::new(HostedPlugin { task, supervisor })
            })
            .collect())
    }

    /// Returns what a started plugin does: what the declaration lists, or all that it can do.
    fn skills(&self, supervisor: &Supervisor) -> Result<Vec<Skill>, PluginError> {
        let name = || supervisor.name.clone();
        let can = &supervisor.ready.does;
        let skills = self.does.clone().unwrap_or_else(|| can.clone());
        if skills.iter().any(|skill| !can.contains(skill)) {
            return Err(PluginError::Does { name: name() });
        }
        match skills.is_empty() {
            true => Err(PluginError::DoesNothing { name: name() }),
            false => Ok(skills),
        }
    }

    /// Builds the plugin, starts it, and returns it as a metric.
    pub(super) fn open_metric(
        &self,
        spec: &Spec,
        options: &PluginOptions,
    ) -> Result<HostedMetric, PluginError> {
        let supervisor = self.start(PluginRole::Metric, spec, options)?;
        let skills = self.skills(&supervisor)?;
        if !skills.contains(&Skill::Measure) {
            return Err(other_role(supervisor.name, &skills, "a metric"));
        }
        HostedMetric::new(supervisor)?.keeping(options.kept_scores.as_deref())
    }

    /// Builds the plugin, starts it, and returns it as an embedder.
    pub(super) fn open_embedder(
        &self,
        spec: &Spec,
        options: &PluginOptions,
    ) -> Result<HostedEmbedder, PluginError> {
        let supervisor = self.start(PluginRole::Embedder, spec, options)?;
        let skills = self.skills(&supervisor)?;
        if !skills.contains(&Skill::Embed) {
            return Err(other_role(supervisor.name, &skills, "an embedder"));
        }
        HostedEmbedder::new(supervisor)
    }

    /// Builds the plugin and starts a process of it in a role.
    pub(super) fn start(
        &self,
        role: PluginRole,
        spec: &Spec,
        options: &PluginOptions,
    ) -> Result<Supervisor, PluginError> {
        let (name, params) = self.params(spec)?;
        let limits = self.limits(options)?;
        let command = self.command(options)?;

        self.output("build", self.build.as_deref(), &name, &limits, options)?;
        let tool =
            self.output("version", self.version.as_deref(), &name, &limits, options)?;
        let tool = tool.and_then(|text| text.lines().next().map(str::to_owned));
        let program = program::digest(&self.command, &self.files)
            .map_err(|(path, problem)| PluginError::File { path, problem })?;

        let (seed, stop) = (options.seed, options.stop.clone());
        let session = Session::start(&command, role, seed, &params, &limits, &stop)
            .map_err(|failure| PluginError::Start {
                name: name.clone(),
                missing: command.missing(&failure.stderr),
                failure,
            })?;

        Ok(Supervisor {
            name,
            role,
            ready: session.ready.clone(),
            command,
            tool,
            program,
            seed,
            params,
            limits,
            stop,
            state: State::new(Some(session)).into(),
        })
    }

    /// Returns what one of the declared commands, `build` or `version`, prints; `None` if it
    /// is not declared.
    fn output(
        &self,
        what: &'static str,
        words: Option<&[String]>,
        name: &str,
        limits: &PluginLimits,
        options: &PluginOptions,
    ) -> Result<Option<String>, PluginError> {
        let Some(words) = words else {
            return Ok(None);
        };
        let mut command = CommandLine {
            words: words.to_vec(),
            ..self.isolated(Vec::new(), options)?
        };

        // compiling may take any time, memory and files, until the program is to end
        let (patience, limits) = match what {
            "build" => {
                command.isolated = Isolated::Off;
                let memory = u64::MAX;
                (
                    AGES,
                    PluginLimits {
                        memory,
                        ..limits.clone()
                    },
                )
            }
            _ => (limits.start, limits.clone()),
        };

        let output = Child::output(&command, patience, &limits, &options.stop);
        let hinted = |failure: PluginFailure| match command.isolated.is_of_files() {
            true => failure.of_isolated(),
            false => failure,
        };
        output
            .map(Some)
            .map_err(hinted)
            .map_err(|failure| PluginError::Command {
                name: name.to_owned(),
                what,
                problem: failure.to_string(),
            })
    }

    /// Returns the limits that are declared, with those of the options in their place.
    pub(super) fn limits(
        &self,
        options: &PluginOptions,
    ) -> Result<PluginLimits, PluginError> {
        let mut limits = self.limits.clone();
        limits.answer = options.answer.unwrap_or(limits.answer);
        limits.start = options.start.unwrap_or(limits.start);
        limits.run = options.run.or(limits.run);
        limits.grace = options.grace.unwrap_or(limits.grace);
        if let Some(memory) = &options.memory {
            limits.memory = manifest::bytes(memory).map_err(PluginError::Argument)?;
        }
        Ok(limits)
    }

    /// Returns the canonical name, and the values that are sent as parameters.
    pub(super) fn params(
        &self,
        spec: &Spec,
    ) -> Result<(String, Map<String, Value>), SpecError> {
        let Some(declared) = self.parameters else {
            let arguments = spec.arguments.iter();
            let sent = arguments.map(|(key, text)| (key.clone(), guessed(text)));
            return Ok((spec.to_string(), sent.collect()));
        };

        let (name, params) = spec::check(spec, declared)?;
        let sent = declared
            .iter()
            .map(|parameter| (parameter.name.to_owned(), typed(parameter, &params)));
        Ok((name, sent.collect()))
    }
}

/// Returns the error that a plugin with these skills was declared as something else.
fn other_role(name: String, skills: &[Skill], declared: &'static str) -> PluginError {
    let role = skills
        .first()
        .map_or(PluginRole::System, |skill| skill.role());
    let (is, option) = match role {
        PluginRole::System => ("a system", "--plugin"),
        PluginRole::Metric => ("a metric", "--metric-plugin"),
        PluginRole::Embedder => ("an embedder", "--embedder NAME=plugin:PATH"),
    };
    PluginError::OtherRole {
        name,
        is,
        declared,
        option,
    }
}

/// Returns the value of a declared parameter with its type.
fn typed(parameter: &Parameter, params: &Params) -> Value {
    match parameter.kind {
        ParameterKind::Number(..) => params.number(parameter.name).into(),
        ParameterKind::Integer(..) => params.integer(parameter.name).into(),
        ParameterKind::Boolean => params.boolean(parameter.name).into(),
        _ => params.text(parameter.name).into(),
    }
}

/// Returns the value of an undeclared parameter: a number or a truth value if the text
/// can be read as one, otherwise the text.
fn guessed(text: &str) -> Value {
    let value = serde_json::from_str::<Value>(text).ok();
    value
        .filter(|value| value.is_number() || value.is_boolean())
        .unwrap_or_else(|| text.into())
}
