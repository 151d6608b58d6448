//! `epitome cache`: the scores of metric plugins that are kept.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use serde_json::json;

use crate::plugin::{KeptScores, verify_kept_scores};

use super::{
    failure::{Code, Failure},
    output::Output,
};

/// The folder of the kept scores, in that of all results.
pub(super) const KEPT: &str = ".scores";

/// Check kept scores.
#[derive(Debug, Args)]
pub(super) struct CacheArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Check the kept scores of metric plugins: lines that were changed, and scores that
    /// contradict each other
    Verify(VerifyArgs),
}

/// Check kept scores.
#[derive(Debug, Args)]
struct VerifyArgs {
    /// Folder of all results
    #[arg(long, value_name = "FOLDER", default_value = "results")]
    results: PathBuf,
    /// JSON instead of text
    #[arg(long)]
    json: bool,
}

impl CacheArgs {
    /// Checks the kept scores. The exit code is 2 if something is wrong with one.
    pub(super) fn run(self) -> Result<Code, Failure> {
        let Action::Verify(VerifyArgs { results, json }) = self.action;
        let folder = results.join(KEPT);
        let found = match folder.is_dir() {
            true => verified(&folder)?,
            false => Vec::new(),
        };

        let mut output = Output::new();
        if json {
            output.answer("cache verify", &json!({ "metrics": found }))?;
        } else {
            for metric in &found {
                output.text(&lines(metric))?;
            }
        }
        output.finish()?;

        let broken: usize = found.iter().map(|metric| metric.problems.len()).sum();
        match (found.is_empty(), broken) {
            (true, _) => Err(Failure::Message {
                text: format!("{}: no scores are kept", folder.display()),
                code: Code::NothingToDo,
            }),
            (false, 0) => Ok(Code::Fine),
            (false, 1) => Err(Failure::input("1 line is not as it was written")),
            (false, _) => Err(Failure::input(format!(
                "{broken} lines are not as they were written"
            ))),
        }
    }
}

fn verified(folder: &Path) -> Result<Vec<KeptScores>, Failure> {
    verify_kept_scores(folder)
        .map_err(|error| Failure::input(format!("{}: {error}", folder.display())))
}

/// Returns a line about a metric, and one for each problem.
fn lines(metric: &KeptScores) -> String {
    let word = match metric.problems.is_empty() {
        true => "ok    ",
        false => "BROKEN",
    };
    let KeptScores {
        signature,
        scores,
        bytes,
        path,
        ..
    } = metric;
    let kibibytes = bytes.div_ceil(1 << 10);
    let mut text = format!("{word} {scores} scores, {kibibytes} KiB: {signature}\n");
    for problem in &metric.problems {
        let _ = writeln!(text, "       {}: {problem}", path.display());
    }
    text
}
