//! The tree of commands as help, completions and man pages show it: commands and options
//! by purpose, and examples at the end of each command.

mod examples;
mod options;

use std::fmt::Write as _;

use clap::{Command, builder::StyledStr};

use crate::run;

#[cfg(test)]
pub(super) use examples::EXAMPLES;

/// The commands by purpose, in the order of the help.
const COMMANDS: [(&str, &[&str]); 7] = [
    (
        "Measure systems",
        &["run", "tune", "bench", "score", "judge"],
    ),
    (
        "Read results",
        &["runs", "compare", "report", "show", "worst", "verify"],
    ),
    ("Remember runs", REMEMBERING),
    ("Work on one text", &["summarise", "keywords", "inspect"]),
    ("Corpora and plugins", &["corpus", "plugin", "cache"]),
    ("Many machines", &["worker", "statistics", "aggregate"]),
    (
        "Help",
        &["list", "explain", "completions", "manual", "help"],
    ),
];

/// The commands that remember runs; the site is a feature.
const REMEMBERING: &[&str] = match cfg!(feature = "site") {
    true => &["record", "history", "site"],
    false => &["record", "history"],
};

/// Returns the tree with headings, examples and versions.
pub(super) fn complete(command: Command) -> Command {
    let command = command.long_version(long_version());
    let command = below(command, "");
    let help = grouped(&command);
    command.help_template(help)
}

/// Adds headings and examples to a command and to those below it; `path` is the names of
/// the commands on the way to it.
fn below(command: Command, path: &str) -> Command {
    let names: Vec<String> = command
        .get_subcommands()
        .map(|it| it.get_name().to_owned())
        .collect();
    let mut command = options::with_headings(command);
    if let Some(examples) = examples::of(path) {
        command = command
            .after_help(format!(
                "`epitome {path} --help` shows all options, and examples"
            ))
            .after_long_help(examples);
    }
    for name in names {
        let path = format!("{path} {name}");
        command = command.mut_subcommand(name, |it| below(it, path.trim()));
    }
    command
}

/// Returns the template of the help without a command, whose commands are by purpose.
fn grouped(command: &Command) -> StyledStr {
    let styles = command.get_styles();
    let (header, literal) = (styles.get_header(), styles.get_literal());
    let mut text = String::from("{about-with-newline}\n{usage-heading} {usage}\n");

    for (purpose, names) in COMMANDS {
        let _ = write!(text, "\n{header}{purpose}:{header:#}\n");
        for name in names {
            let about = match command.find_subcommand(name) {
                Some(found) => found.get_about().map(ToString::to_string),
                None => Some("Print this, or the help of a command".to_owned()),
            };
            let about = about.unwrap_or_default();
            let _ = writeln!(text, "  {literal}{name:<WIDTH$}{literal:#}  {about}");
        }
    }

    let _ = write!(
        text,
        "\n{header}Options:{header:#}\n{{options}}{{after-help}}"
    );
    text.into()
}

/// The width of the names of commands.
const WIDTH: usize = 11;

/// A feature, what it reads, and whether it is built in.
type Feature = (&'static str, &'static str, bool);

/// The features that a build may leave out.
const FEATURES: [Feature; 3] = [
    ("onnx", "models in the format ONNX", cfg!(feature = "onnx")),
    ("parquet", "Parquet files", cfg!(feature = "parquet")),
    ("tokeniser", "tables of tokens", cfg!(feature = "tokeniser")),
];

/// Returns version, revision, build and features, a line each.
fn long_version() -> String {
    let revision = run::revision().map_or_else(
        || "unknown: built outside of its repository".to_owned(),
        ToOwned::to_owned,
    );
    let (built, left_out): (Vec<Feature>, Vec<Feature>) = FEATURES
        .into_iter()
        .partition(|(_, _, is_built_in)| *is_built_in);
    let mut features: Vec<String> =
        built.iter().map(|(name, ..)| (*name).to_owned()).collect();
    features.extend(
        left_out.iter().map(|(name, does, _)| {
            format!("`{name}`, which reads {does}, is not built in")
        }),
    );
    let features = features.join("; ");
    format!(
        "{}\nrevision: {revision}\nbuild: {}\ncompiler: {}\nfeatures: {features}",
        env!("CARGO_PKG_VERSION"),
        run::own_build(),
        run::compiler(),
    )
}

/// Returns the names of the commands that have a purpose.
#[cfg(test)]
pub(super) fn names() -> Vec<&'static str> {
    COMMANDS
        .iter()
        .flat_map(|(_, names)| names.iter().copied())
        .collect()
}
