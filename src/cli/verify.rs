//! `epitome verify RUN`: whether what a run says follows from what it holds.

use std::{num::NonZero, path::PathBuf};

use clap::Args;
use serde_json::json;

use crate::{
    harness::{Verified, find_run, verify},
    registry::Registry,
};

use super::{
    arguments::jobs,
    failure::{Code, Failure},
    output::Output,
    progress::Notes,
};

/// Check that a run follows from its rows, outputs and corpora.
#[derive(Debug, Args)]
pub(super) struct VerifyRunArgs {
    /// Folders of runs, or their names in the results
    #[arg(required = true)]
    run: Vec<String>,
    /// Number of threads [default: number of cores]
    #[arg(long, short, value_name = "N", value_parser = jobs)]
    jobs: Option<NonZero<usize>>,
    /// JSON instead of text
    #[arg(long)]
    json: bool,
    /// Folder of all results
    #[arg(long, value_name = "FOLDER", default_value = "results")]
    results: PathBuf,
}

impl VerifyRunArgs {
    /// Verifies each run. The exit code is 1 if something does not follow, 4 if something
    /// could not be checked, since a corpus or a metric is not there or has changed.
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let mut all = Vec::new();
        for name in &self.run {
            let folder = find_run(name, &self.results)
                .ok_or_else(|| Failure::input(format!("no run `{name}`")))?;
            let found = verify(registry, &folder, self.jobs, &mut Notes)?;
            all.push((folder, found));
        }

        let mut output = Output::new();
        if self.json {
            let runs: Vec<_> = all
                .iter()
                .map(|(folder, found)| json!({ "folder": folder, "parts": found }))
                .collect();
            output.answer("verify", &json!({ "runs": runs }))?;
        } else {
            for (folder, found) in &all {
                output.line(&folder.display().to_string())?;
                for part in found {
                    output.line(&line(part))?;
                }
            }
        }
        output.finish()?;

        let parts = all.iter().flat_map(|(_, found)| found);
        let has = |wanted: Option<bool>| parts.clone().any(|it| it.follows == wanted);
        Ok(match () {
            () if has(Some(false)) => Code::Regression,
            () if has(None) => Code::NotComparable,
            () => Code::Fine,
        })
    }
}

fn line(part: &Verified) -> String {
    let verdict = match part.follows {
        Some(true) => "ok     ",
        Some(false) => "FAILED ",
        None => "unknown",
    };
    format!("  {verdict} {}: {}", part.part, part.sentence)
}
