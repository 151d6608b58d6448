//! `epitome report RUN`: the tables of a run, in any format.

use std::path::PathBuf;

use clap::Args;

use crate::report::{Board, Results, boards, draw_boards};

use super::{
    arguments::FormatArgs,
    failure::{Code, Failure},
    output::{Output, say},
    stored,
};

/// What to draw, and how.
#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// Folders of runs, or names of folders in the results; the newest without any
    run: Vec<String>,
    #[command(flatten)]
    format: FormatArgs,
    /// Folder of all results
    #[arg(long, value_name = "FOLDER", default_value = "results")]
    results: PathBuf,
    /// No notes
    #[arg(long, short)]
    quiet: bool,
}

impl ReportArgs {
    pub(super) fn run(self) -> Result<Code, Failure> {
        let folders = if self.run.is_empty() {
            vec![stored::newest(&self.results).ok_or_else(|| {
                Failure::input(format!(
                    "{}: it holds no run\nhint: `epitome run` makes one",
                    self.results.display()
                ))
            })?]
        } else {
            let find = |name: &String| {
                stored::folder(name, &self.results)
                    .ok_or_else(|| Failure::input(format!("no run `{name}`")))
            };
            self.run.iter().map(find).collect::<Result<_, _>>()?
        };
        let mut all: Vec<Board> = Vec::new();
        for folder in folders {
            let results = Results::read(&folder)?;
            if !results.manifest.complete && !self.quiet {
                let name = folder.display();
                say(&format!(
                    "note: {name} has not come to its end: run its command again"
                ));
            }
            let Results { leaderboard, comparisons, manifest, .. } = results;
            all.extend(boards(&leaderboard, &comparisons, &manifest.metrics));
        }
        let mut output = Output::new();
        output.text(&draw_boards(&all, self.format.format())?)?;
        output.finish()?;
        Ok(Code::Fine)
    }
}
