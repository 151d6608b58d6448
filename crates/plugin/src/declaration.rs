//! Declarations of plugins: how they are written, and what they open.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use epitome_base::{
    embedding::Embedder,
    isolated::Isolated,
    spec::{self, Built, Spec},
    whole_file,
};
use epitome_metrics::{External, Metric};

use super::{
    child_source::ChildSource,
    command::{self, CommandLine},
    environment::inherited,
    error::PluginError,
    hosted_embedder::HostedEmbedder,
    hosted_metric::HostedMetric,
    limits::PluginLimits,
    manifest::{self, PluginManifest},
    message::PluginRole,
    options::PluginOptions,
    outputs::Outputs,
    plugin::Plugin,
    session::Session,
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
                Ok(Self::of_command(&name, words))
            }
            _ => Self::read(Path::new(text)),
        }
    }

    /// Reads a `plugin.toml`, or that of a folder.
    ///
    /// # Errors
    /// Returns an error if it cannot be read or does not declare a plugin.
    pub fn read(path: &Path) -> Result<Self, PluginError> {
        let path = file_of(path);
        let path = path.as_path();
        let refuse = |problem: String| PluginError::File {
            path: path.to_owned(),
            problem,
        };
        let toml = whole_file::read_text(path).map_err(|error| {
            refuse(format!("{error}\nhint: `--plugin` takes `name=command` or the path of a `plugin.toml`"))
        })?;
        let manifest: PluginManifest = toml::from_str(&toml)
            .map_err(|error| refuse(error.to_string().trim_end().to_owned()))?;

        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        Self::declared(&manifest, folder.unwrap_or(Path::new("."))).map_err(refuse)
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

    /// Returns the file of outputs, if that is what is declared.
    pub fn outputs(&self) -> Option<&Path> {
        match &self.source {
            Source::Outputs(path) => Some(path),
            Source::Child(_) => None,
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

    /// Returns what its processes are kept from; `None` for a file of outputs, which has
    /// none.
    ///
    /// # Errors
    /// Returns an error if the options ask for more than the system can do.
    pub fn isolation(
        &self,
        options: &PluginOptions,
    ) -> Result<Option<Isolated>, PluginError> {
        match &self.source {
            Source::Outputs(_) => Ok(None),
            Source::Child(child) => Ok(Some(child.command(options)?.isolated)),
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
                        folder: folder.to_owned(),
                        environment: inherited.chain(stated).collect(),
                        access: manifest.access(folder)?,
                        ..CommandLine::default()
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

    /// Returns the embedder that the plugin is, called `name`.
    ///
    /// # Errors
    /// Returns an error if the plugin does not start as an embedder.
    pub fn open_embedder(
        &self,
        name: &str,
        options: &PluginOptions,
    ) -> Result<Arc<dyn Embedder>, PluginError> {
        Ok(Arc::new(self.hosted_embedder(name, options)?))
    }

    /// Returns the embedder of the plugin as what asks it.
    pub(super) fn hosted_embedder(
        &self,
        name: &str,
        options: &PluginOptions,
    ) -> Result<HostedEmbedder, PluginError> {
        let spec = Spec {
            name: name.to_owned(),
            arguments: Vec::new(),
        };
        match &self.source {
            Source::Child(child) => child.open_embedder(&spec, options),
            Source::Outputs(_) => Err(PluginError::OtherRole {
                name: self.name.clone(),
                is: "a file of outputs",
                declared: "an embedder",
                option: "--outputs",
            }),
        }
    }

    /// Returns the role of the plugin: that of what it does if all of that is of one role,
    /// and otherwise that of a system.
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
        let role = does.first().map_or(PluginRole::System, |it| it.role());
        match does.iter().all(|it| it.role() == role) {
            true => Ok(role),
            false => Ok(PluginRole::System),
        }
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

/// Returns a name if a spec can have it, otherwise what is wrong with it.
fn plain(name: &str) -> Result<String, String> {
    match name.parse::<Spec>() {
        Ok(spec) if spec.arguments.is_empty() && !name.contains('(') => Ok(spec.name),
        _ => Err(format!("`{name}` is no plain name for a plugin")),
    }
}
