//! `epitome record RUN`: appends what is remembered of a run to a file of history.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use crate::harness::{HistoryRecord, Quiet, find_run, newest_run, open_run};
use crate::registry::Registry;

use super::{
    failure::{Code, Failure},
    output::{Output, say},
};

/// Remember a run.
#[derive(Debug, Args)]
pub(super) struct RecordArgs {
    /// Folders of runs, or their names in the results [default: the newest that has come to
    /// its end]
    run: Vec<String>,
    /// Folder of history, or a file of it that ends in `.jsonl`
    #[arg(long, value_name = "PATH", default_value = "history")]
    into: PathBuf,
    /// Revision that was measured, such as a commit [default: that of epitome]
    #[arg(long, value_name = "TEXT")]
    revision: Option<String>,
    /// JSON instead of text
    #[arg(long)]
    json: bool,
    /// Folder of all results
    #[arg(long, value_name = "FOLDER", default_value = "results")]
    results: PathBuf,
}

/// The file in a folder of history that records are appended to.
const FILE: &str = "records.jsonl";

impl RecordArgs {
    pub(super) fn run(self, registry: &Registry) -> Result<Code, Failure> {
        let file = match self.into.extension().is_some_and(|it| it == "jsonl") {
            true => self.into.clone(),
            false => self.into.join(FILE),
        };

        let mut new = Vec::new();
        for folder in self.folders()? {
            open_run(registry, &folder, &mut Quiet)?;
            let records = HistoryRecord::of(&folder, self.revision.as_deref())?;
            new.extend(HistoryRecord::append(&file, records)?);
        }

        if self.json {
            let mut output = Output::new();
            output.answer("record", &json!({ "file": file, "records": new }))?;
            output.finish()?;
        } else {
            said(&file, &new);
        }
        Ok(match new.is_empty() {
            true => Code::NothingToDo,
            false => Code::Fine,
        })
    }

    fn folders(&self) -> Result<Vec<PathBuf>, Failure> {
        if self.run.is_empty() {
            let results = self.results.display();
            let newest = newest_run(&self.results)
                .ok_or_else(|| Failure::input(format!("{results}: it holds no run")))?;
            return Ok(vec![newest]);
        }
        let find = |name: &String| {
            find_run(name, &self.results)
                .ok_or_else(|| Failure::input(format!("no run `{name}`")))
        };
        self.run.iter().map(find).collect()
    }
}

fn said(file: &Path, new: &[HistoryRecord]) {
    let file = file.display();
    match new {
        [] => say(&format!("nothing to do: {file} has these records")),
        new => {
            let of: Vec<String> = new
                .iter()
                .map(|record| format!("{} at {}", record.corpus, record.budget))
                .collect();
            say(&format!("recorded in {file}: {}", of.join(", ")));
        }
    }
}
