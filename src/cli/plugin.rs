//! `epitome plugin`: makes a plugin to start from, and checks one.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand, ValueEnum};

use crate::{
    name::FileName,
    plugin::{
        Declaration, Isolation, PluginOptions,
        check::{self, CheckVerdict},
        scaffold::{self, ScaffoldLanguage},
    },
};

use super::{
    failure::{Code, Failure},
    interrupt::Interrupt,
    output::{Output, say},
};

/// Create or check a plugin.
#[derive(Debug, Args)]
pub(super) struct PluginCommandArgs {
    #[command(subcommand)]
    command: PluginCommand,
}

#[derive(Debug, Subcommand)]
enum PluginCommand {
    /// Create a working plugin in a folder of its name
    New {
        /// Programming language of the plugin
        #[arg(
            id = "plugin_language",
            long = "language",
            value_enum,
            value_name = "LANGUAGE",
            default_value = "python"
        )]
        language: LanguageArg,
        /// A metric instead of a system, in Python
        #[arg(id = "is_metric", long = "metric")]
        metric: bool,
        /// A source of vectors instead of a system, in Python
        #[arg(id = "is_embedder", long = "embedder", conflicts_with = "is_metric")]
        embedder: bool,
        /// Name of the plugin and of its folder
        name: FileName,
    },
    /// Run a plugin on unusual documents, and check its answers
    Check {
        /// What the kernel keeps it from: `files` or `none` [default: files where there is
        /// Landlock]
        #[arg(long, value_name = "WHAT")]
        isolation: Option<Isolation>,
        /// Command line, or path of a `plugin.toml`
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<String>,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum LanguageArg {
    Python,
    Node,
    Rust,
    Shell,
}

impl PluginCommandArgs {
    pub(super) fn run(self) -> Result<Code, Failure> {
        match self.command {
            PluginCommand::New {
                language: LanguageArg::Python,
                metric: true,
                name,
                ..
            } => new(
                &scaffold::metric_files(name.as_str()),
                name.as_str(),
                &format!("--metric-plugin {name}/plugin.toml"),
            ),
            PluginCommand::New {
                language: LanguageArg::Python,
                embedder: true,
                name,
                ..
            } => new(
                &scaffold::embedder_files(name.as_str()),
                name.as_str(),
                &format!(
                    "--embedder {name}=plugin:{name}/plugin.toml --system 'key-bert(embedder={name})'"
                ),
            ),
            PluginCommand::New {
                metric, embedder, ..
            } if metric || embedder => Err(Failure::input(
                "a metric or embedder to start from is in Python\nhint: the protocol is the same in every language: docs/protocol.md",
            )),
            PluginCommand::New { language, name, .. } => {
                let language = match language {
                    LanguageArg::Python => ScaffoldLanguage::Python,
                    LanguageArg::Node => ScaffoldLanguage::Node,
                    LanguageArg::Rust => ScaffoldLanguage::Rust,
                    LanguageArg::Shell => ScaffoldLanguage::Shell,
                };
                let files = scaffold::files(language, name.as_str());
                let option = format!("--plugin {name}/plugin.toml");
                new(&files, name.as_str(), &option)
            }
            PluginCommand::Check { isolation, command } => check(isolation, &command),
        }
    }
}

/// Creates a plugin in a new folder from its files. `option` is how a run takes it.
fn new(
    files: &[(&'static str, String)],
    name: &str,
    option: &str,
) -> Result<Code, Failure> {
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if !is_name {
        return Err(Failure::input(format!(
            "`{name}` is no name of letters, digits, `-` and `_`"
        )));
    }

    let folder = PathBuf::from(name);
    if folder.exists() {
        return Err(Failure::input(format!("`{name}` exists already")));
    }

    for (path, text) in files {
        let path = folder.join(path);
        let refuse = |error| {
            Failure::of(format!("{}: it cannot be written: {error}", path.display()))
        };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(refuse)?;
        }
        fs::write(&path, text).map_err(refuse)?;
    }

    say(&format!(
        "wrote {name}/\nhint: `epitome plugin check {name}/plugin.toml`, then `epitome run {option}`"
    ));
    Ok(Code::Fine)
}

/// Returns whether a path ends in `.toml`, or is a folder.
fn is_declared(path: &str) -> bool {
    let path = Path::new(path);
    path.is_dir() || path.extension().is_some_and(|ending| ending == "toml")
}

/// Runs the checks of a plugin and prints their results.
fn check(isolation: Option<Isolation>, command: &[String]) -> Result<Code, Failure> {
    let interrupt = Interrupt::watch()?;
    let declaration = match command {
        [path] if is_declared(path) => Declaration::parse(path)?,
        words => Declaration::of_command("plugin", words.to_vec()),
    };
    let options = PluginOptions {
        stop: interrupt.stop().clone(),
        isolation,
        ..PluginOptions::default()
    };

    let mut output = Output::new();
    output.line(&environment(&declaration))?;
    if let Some(isolated) = declaration.isolation(&options)? {
        let more = match isolated.is_of_files() {
            true => "; `read` and `write` in plugin.toml name more files to open",
            false => "",
        };
        output.line(&format!("isolation: {isolated}{more}"))?;
    }
    let (mut tried, mut failed) = (0, 0);
    let mut broken = None;
    check::check(&declaration, &options, |CheckVerdict { title, problem }| {
        tried += 1;
        let told = match problem {
            None => output.line(&format!("ok     {title}")),
            Some(problem) => {
                failed += 1;
                let problem = problem.replace('\n', "\n       ");
                output.line(&format!("FAILED {title}\n       {problem}"))
            }
        };
        broken = broken.take().or(told.err());
    })?;
    if let Some(failure) = broken {
        return Err(failure);
    }

    output.line(&format!("{} of {tried} cases are fine", tried - failed))?;
    output.finish()?;
    Ok(if failed > 0 {
        Code::SystemFailed
    } else {
        Code::Fine
    })
}

/// Returns the line about the environment variables that are passed to the plugin.
fn environment(declaration: &Declaration) -> String {
    let names = declaration.environment();
    let names = match names.as_slice() {
        [] => "no variable but the usual ones".to_owned(),
        names => names.join(", "),
    };
    format!("environment: {names}; `inherit` in plugin.toml names others to pass on")
}
