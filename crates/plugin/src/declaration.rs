//! Declarations of plugins, and how they become systems.

use std::{
    fs, iter,
    path::{Path, PathBuf},
    time::Duration,
};

use serde_json::{Map, Value};

use epitome_base::spec::{
    self, Built, Parameter, ParameterKind, Params, Spec, SpecError,
};
use epitome_metrics::{External, Metric};

use super::{
    child::Child,
    command::{self, CommandLine},
    environment::inherited,
    error::PluginError,
    hosted_metric::HostedMetric,
    hosted_plugin::HostedPlugin,
    limits::{PluginLimits, Stop},
    manifest::{self, PluginManifest},
    message::{PluginRole, Skill},
    outputs::Outputs,
    plugin::Plugin,
    program,
    question::PluginTask,
    session::Session,
    supervisor::{State, Supervisor},
};

/// A plugin as the user declared it: by a `plugin.toml`, by `name=command`, or as a file
/// of outputs.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// The name of the plugin in specs.
    pub name: String,
    source: Source,
}

/// The source of a plugin's answers: a file, or a child process.
#[derive(Debug, Clone)]
enum Source {
    Outputs(PathBuf),
    Child(Box<ChildSource>),
}

/// A plugin that runs as a child process, as it was declared.
#[derive(Debug, Clone)]
struct ChildSource {
    command: CommandLine,
    build: Option<Vec<String>>,
    version: Option<Vec<String>>,
    does: Option<Vec<Skill>>,
    /// Files that run, in addition to those that the command names.
    files: Vec<PathBuf>,
    /// The declared parameters; `None` for `name=command`, whose plugin decides about
    /// them.
    parameters: Option<&'static [Parameter]>,
    limits: PluginLimits,
}

/// The time limit that is used for "no limit": a year.
const AGES: Duration = Duration::from_hours(365 * 24);

/// Options for all plugins of a run. They have priority over the settings in a
/// `plugin.toml`.
#[derive(Debug, Clone, Default)]
pub struct PluginOptions {
    /// The time limit until the next answer.
    pub answer: Option<Duration>,
    /// The time limit from the start of a plugin until it is ready.
    pub start: Option<Duration>,
    /// The time limit for all documents.
    pub run: Option<Duration>,
    /// The time between the request to end and being killed.
    pub grace: Option<Duration>,
    /// The memory limit as text, such as `2 GiB`.
    pub memory: Option<String>,
    /// A command line that is put before that of each plugin, such as a sandbox.
    pub sandbox: Option<String>,
    /// The folder in which scores of metrics are kept; `None` if none are.
    pub kept_scores: Option<PathBuf>,
    /// The seed that is sent to plugins.
    pub seed: u64,
    /// The request that all plugins end.
    pub stop: Stop,
}

/// Returns the path of the `plugin.toml` in a folder; any other path as it is.
fn file_of(path: &Path) -> PathBuf {
    match path.join("plugin.toml") {
        file if path.is_dir() && file.is_file() => file,
        _ => path.to_owned(),
    }
}

impl Declaration {
    /// Parses a declaration: `path/to/plugin.toml`, the folder of such a file, or
    /// `name=command`.
    ///
    /// # Errors
    /// Returns an error if it is neither.
    pub fn parse(text: &str) -> Result<Self, PluginError> {
        match text.split_once('=') {
            Some((name, command)) if !name.contains(['/', '.']) => {
                let name = plain(name).map_err(PluginError::Argument)?;
                let words = command::words(command).ok_or_else(|| {
                    PluginError::Argument(format!("`{text}` has no command after `=`"))
                })?;
                let command = CommandLine {
                    words,
                    folder: PathBuf::from("."),
                    environment: inherited(None),
                    ..Default::default()
                };
                let child = ChildSource {
                    command,
                    build: None,
                    version: None,
                    does: None,
                    files: Vec::new(),
                    parameters: None,
                    limits: PluginLimits::default(),
                };
                Ok(Self {
                    name,
                    source: Source::Child(Box::new(child)),
                })
            }
            _ => {
                let path = file_of(Path::new(text));
                let path = path.as_path();
                let refuse = |problem: String| PluginError::File {
                    path: path.to_owned(),
                    problem,
                };
                let toml = fs::read_to_string(path).map_err(|error| {
                    refuse(format!("{error}\nhint: `--plugin` takes `name=command` or the path of a `plugin.toml`"))
                })?;
                let manifest: PluginManifest = toml::from_str(&toml)
                    .map_err(|error| refuse(error.to_string().trim_end().to_owned()))?;

                let folder = path.parent().filter(|folder| *folder != Path::new(""));
                Self::declared(&manifest, folder.unwrap_or(Path::new(".")))
                    .map_err(refuse)
            }
        }
    }

    /// Returns the declaration of a command that runs in a folder: paths in it are relative
    /// to that. A file of outputs stays as it is.
    #[must_use]
    pub fn in_folder(mut self, folder: &Path) -> Self {
        if let Source::Child(child) = &mut self.source
            && !folder.as_os_str().is_empty()
        {
            folder.clone_into(&mut child.command.folder);
        }
        self
    }

    /// Returns the declaration of a command without declared parameters.
    pub fn of_command(name: &str, words: Vec<String>) -> Self {
        let folder = PathBuf::from(".");
        let child = ChildSource {
            command: CommandLine {
                words,
                folder,
                environment: inherited(None),
                ..CommandLine::default()
            },
            build: None,
            version: None,
            does: None,
            files: Vec::new(),
            parameters: None,
            limits: PluginLimits::default(),
        };
        Self {
            name: name.to_owned(),
            source: Source::Child(Box::new(child)),
        }
    }

    /// The names of the variables of our environment, and of its own, that reach it beside
    /// those that every plugin has.
    pub fn environment(&self) -> Vec<&str> {
        match &self.source {
            Source::Outputs(_) => Vec::new(),
            Source::Child(child) => {
                let variables = child.command.environment.iter();
                variables.map(|(name, _)| name.as_str()).collect()
            }
        }
    }

    /// Reads `name=file.jsonl`, a file of outputs.
    ///
    /// # Errors
    /// Returns an error if it is no such thing.
    pub fn parse_outputs(text: &str) -> Result<Self, PluginError> {
        let (name, file) = text.split_once('=').ok_or_else(|| {
            PluginError::Argument(format!("`{text}` is not `name=file.jsonl`"))
        })?;
        let name = plain(name).map_err(PluginError::Argument)?;
        Ok(Self {
            name,
            source: Source::Outputs(PathBuf::from(file)),
        })
    }

    /// Returns the declaration that a `plugin.toml` in `folder` contains.
    fn declared(manifest: &PluginManifest, folder: &Path) -> Result<Self, String> {
        let name = plain(&manifest.name)?;
        let words = |words: &Option<manifest::Words>, what: &str| match words {
            None => Ok(None),
            Some(words) => match words.words() {
                Some(words) => Ok(Some(words)),
                None => Err(format!("`{what}` is no command")),
            },
        };
        let source = match (&manifest.outputs, words(&manifest.run, "run")?) {
            (Some(file), None) => Source::Outputs(folder.join(file)),
            (None, Some(run)) => {
                let inherited = inherited(manifest.inherit.as_deref()).into_iter();
                let stated = manifest.environment.clone().into_iter();
                Source::Child(Box::new(ChildSource {
                    command: CommandLine {
                        words: run,
                        sandbox: Vec::new(),
                        folder: folder.to_owned(),
                        environment: inherited.chain(stated).collect(),
                    },
                    build: words(&manifest.build, "build")?,
                    version: words(&manifest.version, "version")?,
                    does: manifest.does.clone(),
                    files: manifest.files.clone(),
                    parameters: Some(manifest.parameters()?),
                    limits: manifest.limits()?,
                }))
            }
            _ => return Err("it needs either `run` or `outputs`".to_owned()),
        };
        Ok(Self { name, source })
    }

    /// Returns the systems of the plugin with the arguments of `spec`, one for each task.
    ///
    /// # Errors
    /// Returns an error if a parameter is refused, a file of outputs is broken, or the
    /// plugin does not start.
    pub fn open(
        &self,
        spec: &Spec,
        options: &PluginOptions,
    ) -> Result<Vec<Box<dyn Plugin>>, PluginError> {
        match &self.source {
            Source::Outputs(path) => {
                let (name, _) = spec::check(spec, &[])?;
                Outputs::read(&name, path)
            }
            Source::Child(child) => child.open(spec, options),
        }
    }

    /// Returns the metric of the plugin with the arguments of `spec`.
    ///
    /// # Errors
    /// Returns an error if a parameter is refused, or the plugin does not start as a metric.
    pub fn open_metric(
        &self,
        spec: &Spec,
        options: &PluginOptions,
    ) -> Result<Built<dyn Metric>, PluginError> {
        let metric = self.hosted_metric(spec, options)?;
        let (name, description) = (metric.name().to_owned(), metric.description.clone());
        Ok(Built {
            name,
            value: Box::new(External::new(description, Box::new(metric))),
        })
    }

    /// Returns the metric of the plugin as what asks it.
    pub(super) fn hosted_metric(
        &self,
        spec: &Spec,
        options: &PluginOptions,
    ) -> Result<HostedMetric, PluginError> {
        match &self.source {
            Source::Child(child) => child.open_metric(spec, options),
            Source::Outputs(_) => Err(PluginError::OtherRole {
                name: self.name.clone(),
                is: "a file of outputs",
                declared: "a metric",
                option: "--outputs",
            }),
        }
    }

    /// Returns the role of the plugin: that of a metric if all that it does is to measure.
    ///
    /// # Errors
    /// Returns an error if a parameter is refused, or it does not start.
    pub(super) fn role(
        &self,
        spec: &Spec,
        options: &PluginOptions,
    ) -> Result<PluginRole, PluginError> {
        let Source::Child(child) = &self.source else {
            return Ok(PluginRole::System);
        };
        let started;
        let does = if let Some(does) = &child.does {
            does
        } else {
            started = child.start(PluginRole::System, spec, options)?;
            &started.ready.does
        };
        let measures = !does.is_empty() && does.iter().all(|it| *it == Skill::Measure);
        Ok(if measures {
            PluginRole::Metric
        } else {
            PluginRole::System
        })
    }

    /// Starts a process of the plugin in a role, to examine how it starts and ends.
    pub(super) fn session(
        &self,
        role: PluginRole,
        options: &PluginOptions,
    ) -> Result<Session, String> {
        let Source::Child(child) = &self.source else {
            return Err("a file of outputs has no process".to_owned());
        };
        let spec = Spec {
            name: self.name.clone(),
            arguments: Vec::new(),
        };

        let (_, params) = child.params(&spec).map_err(|error| error.to_string())?;
        let limits = child.limits(options).map_err(|error| error.to_string())?;
        let command = child.command(options).map_err(|error| error.to_string())?;
        Session::start(
            &command,
            role,
            options.seed,
            &params,
            &limits,
            &options.stop,
        )
        .map_err(|failure| failure.to_string())
    }
}

impl ChildSource {
    /// Returns the command with the sandbox before it.
    fn command(&self, options: &PluginOptions) -> Result<CommandLine, PluginError> {
        let sandbox = options
            .sandbox
            .as_ref()
            .map_or(Some(Vec::new()), |text| command::words(text));
        let sandbox = sandbox.ok_or_else(|| {
            PluginError::Argument("`--sandbox` is no command".to_owned())
        })?;
        Ok(CommandLine {
            sandbox,
            ..self.command.clone()
        })
    }

    /// Builds the plugin, starts it, and returns a system for each of its tasks.
    fn open(
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
            return Err(PluginError::OtherRole {
                name,
                is: "a metric",
                declared: "a system",
                option: "--metric-plugin",
            });
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
    fn open_metric(
        &self,
        spec: &Spec,
        options: &PluginOptions,
    ) -> Result<HostedMetric, PluginError> {
        let supervisor = self.start(PluginRole::Metric, spec, options)?;
        if !self.skills(&supervisor)?.contains(&Skill::Measure) {
            return Err(PluginError::OtherRole {
                name: supervisor.name,
                is: "a system",
                declared: "a metric",
                option: "--plugin",
            });
        }
        HostedMetric::new(supervisor)?.keeping(options.kept_scores.as_deref())
    }

    /// Builds the plugin and starts a process of it in a role.
    fn start(
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
        let command = CommandLine {
            words: words.to_vec(),
            sandbox: Vec::new(),
            ..self.command.clone()
        };

        // compiling may take any time and memory, until the program is to end
        let (patience, limits) = match what {
            "build" => (
                AGES,
                PluginLimits {
                    memory: u64::MAX,
                    ..limits.clone()
                },
            ),
            _ => (limits.start, limits.clone()),
        };

        let output = Child::output(&command, patience, &limits, &options.stop);
        output.map(Some).map_err(|failure| PluginError::Command {
            name: name.to_owned(),
            what,
            problem: failure.to_string(),
        })
    }

    /// Returns the limits that are declared, with those of the options in their place.
    fn limits(&self, options: &PluginOptions) -> Result<PluginLimits, PluginError> {
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
    fn params(&self, spec: &Spec) -> Result<(String, Map<String, Value>), SpecError> {
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

/// Returns a name if a spec can have it, otherwise what is wrong with it.
fn plain(name: &str) -> Result<String, String> {
    match name.parse::<Spec>() {
        Ok(spec) if spec.arguments.is_empty() && !name.contains('(') => Ok(spec.name),
        _ => Err(format!("`{name}` is no plain name for a plugin")),
    }
}
