//! What a user says of a plugin, and how it becomes systems.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use serde_json::{Map, Value};

use epitome_base::spec::{self, Parameter, ParameterKind, Params, Spec, SpecError};

use super::{
    child::Child,
    command::{self, CommandLine},
    error::PluginError,
    hosted_plugin::{HostedPlugin, State},
    limits::{PluginLimits, Stop},
    manifest::{self, PluginManifest},
    outputs::Outputs,
    plugin::Plugin,
    program,
    question::PluginTask,
    session::Session,
};

/// A plugin as it was declared: by a `plugin.toml`, by `name=command`, or as a file of
/// outputs.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// What specs call it.
    pub name: String,
    source: Source,
}

#[derive(Debug, Clone)]
enum Source {
    Outputs(PathBuf),
    Child(Box<ChildSource>),
}

#[derive(Debug, Clone)]
struct ChildSource {
    command: CommandLine,
    build: Option<Vec<String>>,
    version: Option<Vec<String>>,
    does: Option<Vec<PluginTask>>,
    /// What runs, beside the files that the command names.
    files: Vec<PathBuf>,
    /// Nothing is declared of what `name=command` takes: the plugin decides.
    parameters: Option<&'static [Parameter]>,
    limits: PluginLimits,
}

/// Longer than anybody waits.
const AGES: Duration = Duration::from_hours(365 * 24);

/// What holds for every plugin of a program; what is given here goes before what a
/// `plugin.toml` says.
#[derive(Debug, Clone, Default)]
pub struct PluginOptions {
    /// Until the next answer.
    pub answer: Option<Duration>,
    /// From its start until it is ready.
    pub start: Option<Duration>,
    /// For all documents.
    pub run: Option<Duration>,
    /// Between being asked to end and being killed.
    pub grace: Option<Duration>,
    /// Bytes, as text: `2 GiB`.
    pub memory: Option<String>,
    /// A command line to put before each plugin's.
    pub sandbox: Option<String>,
    /// What is sent as seed.
    pub seed: u64,
    /// The wish that all end.
    pub stop: Stop,
}

impl Declaration {
    /// Reads `path/to/plugin.toml` or `name=command`.
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
                let path = Path::new(text);
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

    /// A command of which nothing is declared.
    pub fn of_command(name: &str, words: Vec<String>) -> Self {
        let folder = PathBuf::from(".");
        let child = ChildSource {
            command: CommandLine {
                words,
                folder,
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

    fn declared(manifest: &PluginManifest, folder: &Path) -> Result<Self, String> {
        let name = plain(&manifest.name)?;
        let words = |words: &Option<manifest::Words>, what: &str| match words {
            None => Ok(None),
            Some(words) => match words.words() {
                Some(words) => Ok(Some(words)),
                None => Err(format!("`{what}` is no command")),
            },
        };
        let source =
            match (&manifest.outputs, words(&manifest.run, "run")?) {
                (Some(file), None) => Source::Outputs(folder.join(file)),
                (None, Some(run)) => {
                    let inherited = manifest.inherit.iter().filter_map(|name| {
                        Some((name.clone(), std::env::var(name).ok()?))
                    });
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
                        does: manifest.does.as_ref().map(|skills| {
                            skills.iter().map(|&skill| skill.into()).collect()
                        }),
                        files: manifest.files.clone(),
                        parameters: Some(manifest.parameters()?),
                        limits: manifest.limits()?,
                    }))
                }
                _ => return Err("it needs either `run` or `outputs`".to_owned()),
            };
        Ok(Self { name, source })
    }

    /// The systems that it is with the arguments of `spec`: one for each task.
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

    /// A process of it, for a look at how it starts and ends.
    pub(super) fn session(&self, options: &PluginOptions) -> Result<Session, String> {
        let Source::Child(child) = &self.source else {
            return Err("a file of outputs has no process".to_owned());
        };
        let in_words = |error: PluginError| error.to_string();
        let spec = Spec {
            name: self.name.clone(),
            arguments: Vec::new(),
        };
        let (_, params) = child.params(&spec).map_err(|error| error.to_string())?;
        let limits = child.limits(options).map_err(in_words)?;
        let command = child.command(options).map_err(in_words)?;
        Session::start(&command, options.seed, &params, &limits, &options.stop)
            .map_err(|failure| failure.to_string())
    }
}

impl ChildSource {
    /// The command with the sandbox before it.
    fn command(&self, options: &PluginOptions) -> Result<CommandLine, PluginError> {
        let sandbox = options
            .sandbox
            .as_ref()
            .map_or(Some(Vec::new()), |text| command::words(text));
        let refuse = || PluginError::Argument("`--sandbox` is no command".to_owned());
        Ok(CommandLine {
            sandbox: sandbox.ok_or_else(refuse)?,
            ..self.command.clone()
        })
    }

    fn open(
        &self,
        spec: &Spec,
        options: &PluginOptions,
    ) -> Result<Vec<Box<dyn Plugin>>, PluginError> {
        let (name, params) = self.params(spec)?;
        let limits = self.limits(options)?;
        let command = self.command(options)?;
        let of_name = |what, words: &Option<Vec<String>>| match words {
            None => Ok(None),
            Some(words) => {
                let command = CommandLine {
                    words: words.clone(),
                    sandbox: Vec::new(),
                    ..self.command.clone()
                };
                // a compiler may take what it takes, until the program is to end
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
                    name: name.clone(),
                    what,
                    problem: failure.to_string(),
                })
            }
        };
        of_name("build", &self.build)?;
        let tool = of_name("version", &self.version)?;
        let program = program::digest(&self.command, &self.files)
            .map_err(|(path, problem)| PluginError::File { path, problem })?;
        let tool = tool.and_then(|text| text.lines().next().map(str::to_owned));

        let stop = &options.stop;
        let session = Session::start(&command, options.seed, &params, &limits, stop)
            .map_err(|failure| PluginError::Start {
                name: name.clone(),
                failure,
            })?;
        let ready = session.ready.clone();
        let can: Vec<PluginTask> = ready.does.iter().map(|&skill| skill.into()).collect();
        let mut tasks = self.does.clone().unwrap_or_else(|| can.clone());
        tasks.sort_unstable();
        tasks.dedup();
        if tasks.iter().any(|task| !can.contains(task)) {
            return Err(PluginError::Does { name });
        }
        if tasks.is_empty() {
            return Err(PluginError::DoesNothing { name });
        }
        let mut first = Some(session);
        let hosted = |task| -> Box<dyn Plugin> {
            Box::new(HostedPlugin {
                name: name.clone(),
                task,
                ready: ready.clone(),
                command: command.clone(),
                tool: tool.clone(),
                program: program.clone(),
                seed: options.seed,
                params: params.clone(),
                limits: limits.clone(),
                stop: stop.clone(),
                state: State::new(first.take()).into(),
            })
        };
        Ok(tasks.into_iter().map(hosted).collect())
    }

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

    /// The canonical name, and what is sent as parameters.
    fn params(&self, spec: &Spec) -> Result<(String, Map<String, Value>), SpecError> {
        let Some(declared) = self.parameters else {
            let sent = |(key, text): &(String, String)| (key.clone(), guessed(text));
            return Ok((spec.to_string(), spec.arguments.iter().map(sent).collect()));
        };
        let (name, params) = spec::check(spec, declared)?;
        let sent = |parameter: &Parameter| {
            (parameter.name.to_owned(), typed(parameter, &params))
        };
        Ok((name, declared.iter().map(sent).collect()))
    }
}

/// The value of a declared parameter.
fn typed(parameter: &Parameter, params: &Params) -> Value {
    match parameter.kind {
        ParameterKind::Number(..) => params.number(parameter.name).into(),
        ParameterKind::Integer(..) => params.integer(parameter.name).into(),
        ParameterKind::Boolean => params.boolean(parameter.name).into(),
        _ => params.text(parameter.name).into(),
    }
}

/// The value of a parameter that nobody declared: a number or truth value if it reads as
/// one, else text.
fn guessed(text: &str) -> Value {
    let value = serde_json::from_str::<Value>(text).ok();
    value
        .filter(|value| value.is_number() || value.is_boolean())
        .unwrap_or_else(|| text.into())
}

/// A name that a spec can have.
fn plain(name: &str) -> Result<String, String> {
    match name.parse::<Spec>() {
        Ok(spec) if spec.arguments.is_empty() && !name.contains('(') => Ok(spec.name),
        _ => Err(format!("`{name}` is no plain name for a plugin")),
    }
}
