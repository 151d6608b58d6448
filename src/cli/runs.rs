//! `epitome runs`: the runs in the folder of results.

use std::{
    io::{self, BufRead},
    path::PathBuf,
};

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::{
    harness::{RunState, StoredRun, stored_runs},
    metric::Task,
    name::FileName,
    report::{Grid, GridCell, Part, printable, terminal},
    run::{RunManifest, SystemKind},
};

use super::{
    failure::{Code, Failure},
    output::{Output, say},
    width::{columns, wrapped},
};

/// List, show or remove runs.
#[derive(Debug, Args)]
pub(super) struct RunsArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List runs, the newest first
    List(ListArgs),
    /// Describe a run: its state, corpora, systems, metrics and settings
    Show(ShowArgs),
    /// Remove a run, after a question
    Remove(RemoveArgs),
}

/// List runs.
#[derive(Debug, Args)]
struct ListArgs {
    /// Folder of all results
    #[arg(long, value_name = "FOLDER", default_value = "results")]
    results: PathBuf,
    /// JSON instead of a table
    #[arg(long)]
    json: bool,
}

/// Describe a run.
#[derive(Debug, Args)]
struct ShowArgs {
    /// Folder of a run, or its name in the results
    run: String,
    /// Folder of all results
    #[arg(long, value_name = "FOLDER", default_value = "results")]
    results: PathBuf,
    /// JSON instead of text
    #[arg(long)]
    json: bool,
}

/// Remove a run.
#[derive(Debug, Args)]
struct RemoveArgs {
    /// Folder of a run, or its name in the results
    run: String,
    /// Folder of all results
    #[arg(long, value_name = "FOLDER", default_value = "results")]
    results: PathBuf,
    /// Remove it without asking
    #[arg(long)]
    yes: bool,
}

impl RunsArgs {
    pub(super) fn run(self) -> Result<Code, Failure> {
        match self.action {
            Action::List(args) => args.run(),
            Action::Show(args) => args.run(),
            Action::Remove(args) => args.run(),
        }
    }
}

impl ListArgs {
    fn run(self) -> Result<Code, Failure> {
        let runs = stored_runs(&self.results);
        let mut output = Output::new();
        if self.json {
            let rows: Vec<Value> = runs.iter().map(as_json).collect();
            output.answer("runs list", &json!({ "runs": rows }))?;
        } else if runs.is_empty() {
            say(&format!(
                "{}: it holds no run\nhint: `epitome run` makes one",
                self.results.display()
            ));
        } else {
            output.text(&terminal(&grid(&runs), Some(columns())))?;
        }
        output.finish()?;
        Ok(Code::Fine)
    }
}

/// Returns the table of runs.
fn grid(runs: &[StoredRun]) -> Grid {
    let header = [
        "run",
        "began (UTC)",
        "state",
        "corpora",
        "budget",
        "documents",
        "systems",
    ];

    Grid {
        caption: format!("runs: {}, the newest first", runs.len()),
        header: header.map(str::to_owned).to_vec(),
        words: 5,
        rows: runs.iter().map(row).collect(),
        dispensable: [4, 3, 6].map(Part::Column).to_vec(),
        ..Grid::default()
    }
}

/// Returns the cells of a run, in the order of the header of [`grid`].
fn row(run: &StoredRun) -> Vec<GridCell> {
    let manifest = run.manifest.as_ref().ok();
    let began = manifest.map(|it| minute(&it.start)).unwrap_or_default();
    let systems = manifest.map(|it| it.systems.len().to_string());
    let corpora = manifest.map(|it| corpora(it).join(", "));
    let documents = run.documents.map(|documents| documents.to_string());

    let cells = [
        name(run),
        began,
        run.state.name().to_owned(),
        corpora.unwrap_or_default(),
        run.budgets().join(", "),
        documents.unwrap_or_default(),
        systems.unwrap_or_default(),
    ];
    cells.map(GridCell::text).to_vec()
}

/// Returns the date and minute of a time in ISO 8601: `2026-05-01 12:30`.
fn minute(time: &str) -> String {
    time.chars()
        .take("2026-05-01T12:30".len())
        .collect::<String>()
        .replace('T', " ")
}

/// Returns the name of the folder of a run.
fn name(run: &StoredRun) -> String {
    let name = run.folder.file_name().unwrap_or(run.folder.as_os_str());
    name.to_string_lossy().into_owned()
}

/// Returns the names of the corpora of a run.
fn corpora(manifest: &RunManifest) -> Vec<&str> {
    manifest
        .corpora
        .iter()
        .map(|corpus| corpus.name.as_str())
        .collect()
}

/// Returns a run as JSON, for `runs list` and `runs show`.
fn as_json(run: &StoredRun) -> Value {
    let manifest = run.manifest.as_ref().ok();
    let names = |of: fn(&RunManifest) -> Vec<&str>| manifest.map(of).unwrap_or_default();
    json!({
        "run": name(run),
        "folder": run.folder,
        "state": run.state.name(),
        "start": manifest.map(|it| &it.start),
        "end": manifest.and_then(|it| it.end.as_ref()),
        "documents": run.documents,
        "failures": run.failures,
        "budgets": run.budgets(),
        "corpora": names(corpora),
        "systems": names(|it| it.systems.iter().map(|it| it.name.as_str()).collect()),
        "metrics": names(|it| it.metrics.iter().map(|it| it.name.as_str()).collect()),
        "problem": run.manifest.as_ref().err().map(ToString::to_string),
    })
}

/// Returns the run called `name`, or one in a folder of that path.
fn stored(name: &str, results: &std::path::Path) -> Result<StoredRun, Failure> {
    let among_results = FileName::new(name).ok().map(|name| results.join(name));
    let paths = [Some(PathBuf::from(name)), among_results];
    let found = paths
        .into_iter()
        .flatten()
        .find_map(|path| StoredRun::read(&path));
    found.ok_or_else(|| {
        Failure::input(format!(
            "no run `{name}`\nhint: `epitome runs list` shows all"
        ))
    })
}

impl ShowArgs {
    fn run(self) -> Result<Code, Failure> {
        let run = stored(&self.run, &self.results)?;
        let mut output = Output::new();
        match (&run.manifest, self.json) {
            (_, true) => output.answer("runs show", &as_json(&run))?,
            (Err(error), false) => return Err(Failure::of(error)),
            (Ok(manifest), false) => {
                for (title, text) in words(&run, manifest) {
                    let text = printable(&text);
                    output.text(&wrapped(&format!("{title:<10}"), &text, columns()))?;
                }
            }
        }
        output.finish()?;
        Ok(Code::Fine)
    }
}

/// Returns the description of a run as lines of a title and a text.
fn words(run: &StoredRun, manifest: &RunManifest) -> Vec<(&'static str, String)> {
    let state = match run.state {
        RunState::Failed => format!(
            "finished, and systems failed {} times: see failures.csv",
            run.failures
        ),
        RunState::Unfinished => "unfinished: its command again continues it".to_owned(),
        other => other.name().to_owned(),
    };

    let documents = run
        .documents
        .map_or("unknown".to_owned(), |count| count.to_string());
    let ended = match &manifest.end {
        Some(end) => format!("{} to {} UTC", minute(&manifest.start), minute(end)),
        None => format!("{} UTC, not ended", minute(&manifest.start)),
    };
    let resumed = match manifest.resumed.len() {
        0 => String::new(),
        times => format!(", resumed {times} times"),
    };

    let revision = manifest.git.as_deref().unwrap_or("unknown");
    let mut lines = vec![
        ("run", run.folder.display().to_string()),
        ("state", state),
        ("time", ended + &resumed),
        ("command", command_line(&manifest.argv)),
        (
            "program",
            format!("epitome {}, revision {revision}", manifest.epitome),
        ),
        ("documents", documents),
    ];
    for corpus in &manifest.corpora {
        let digest = corpus.blake3.get(..16).unwrap_or(&corpus.blake3);
        lines.push((
            "corpus",
            format!("{} of {}, {digest}", corpus.name, corpus.origin),
        ));
    }
    lines.push(("budget", run.budgets().join(", ")));

    let of = |task: Task, kind: SystemKind| {
        let systems = manifest.systems.iter();
        let wanted = systems.filter(|it| it.task == task && it.kind == kind);
        wanted
            .map(|it| it.name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    for (title, task, kind) in [
        ("summaries", Task::Summaries, SystemKind::System),
        ("phrases", Task::Keyphrases, SystemKind::System),
        ("reference", Task::Summaries, SystemKind::Reference),
        ("reference", Task::Keyphrases, SystemKind::Reference),
    ] {
        lines.push((title, of(task, kind)));
    }

    for metric in &manifest.metrics {
        lines.push(("metric", metric.signature.clone()));
    }
    let (seed, resamples) = (manifest.seed, manifest.resamples);
    lines.push(("chance", format!("seed {seed}, {resamples} resamples")));
    lines.retain(|(_, text)| !text.is_empty());
    lines
}

impl RemoveArgs {
    fn run(self) -> Result<Code, Failure> {
        let run = stored(&self.run, &self.results)?;
        let place = run.folder.display().to_string();

        if !self.yes {
            let documents = run.documents.unwrap_or(0);
            say(&format!(
                "remove {place}, a run of {documents} documents? [y/N]"
            ));
            let mut answer = String::new();
            io::stdin()
                .lock()
                .read_line(&mut answer)
                .map_err(Failure::of)?;
            if !matches!(answer.trim(), "y" | "Y" | "yes") {
                return Err(Failure::input(format!(
                    "{place}: it is not removed, since the answer is not `y`\nhint: `--yes` removes without asking"
                )));
            }
        }

        run.remove()?;
        say(&format!("removed {place}"));
        Ok(Code::Fine)
    }
}

/// Returns a command that a shell reads as these words.
fn command_line(words: &[String]) -> String {
    let words = words.iter().map(String::as_str);
    // a word with a zero byte cannot have been given to a program
    shlex::try_join(words).unwrap_or_default()
}
