//! The output of a dry run: corpora, budgets, systems and metrics.

use std::{fmt::Write as _, path::Path};

use serde_json::{Value, json};

use crate::{
    metric::Task,
    plugin::Length,
    report::{Grid, GridCell, TableFormat, draw_grid},
    run::Plan,
};

/// The plan of a run, and the folder of its results.
#[derive(Clone, Copy)]
pub(super) struct Matrix<'a> {
    pub(super) plan: &'a Plan,
    pub(super) folder: &'a Path,
}

impl Matrix<'_> {
    /// Returns tables of the corpora with their budgets and digests, the systems and the metrics,
    /// at most `width` columns wide, and whether a run in the folder would be resumed.
    pub(super) fn text(self, width: Option<usize>) -> String {
        let mut text = String::new();
        for table in self.grids() {
            text.push_str(&draw_grid(&table, TableFormat::Text, width));
            text.push('\n');
        }
        let verb = if self.goes_on() {
            "continues in"
        } else {
            "writes"
        };
        let _ = writeln!(text, "the run {verb} {}", self.folder.display());
        text
    }

    /// Returns the corpora, systems and metrics as JSON, with whole digests.
    pub(super) fn json(self) -> Value {
        let corpora = self.plan.corpora.iter().map(|planned| {
            json!({
                "corpus": planned.corpus.name(),
                "budget": planned.length.budget.to_string(),
                "keyphrases": planned.length.limit,
                "blake3": planned.digest.to_hex().as_str(),
                "origin": planned.corpus.origin(),
            })
        });
        let systems = self.plan.work.systems.iter().map(|system| {
            json!({
                "system": system.name,
                "task": system.task(),
                "command": system.origin().map(|it| it.command),
            })
        });
        let metrics = self.plan.work.metrics.iter().map(|metric| {
            json!({
                "metric": metric.name,
                "task": metric.value.task(),
                "signature": metric.value.signature().to_string(),
            })
        });

        json!({
            "corpora": corpora.collect::<Vec<_>>(),
            "systems": systems.collect::<Vec<_>>(),
            "metrics": metrics.collect::<Vec<_>>(),
            "folder": self.folder,
            "goes_on": self.goes_on(),
        })
    }

    /// Returns whether the folder contains a run, which would be resumed.
    fn goes_on(self) -> bool {
        self.folder.join("manifest.json").is_file()
    }

    /// Returns how long outputs may be, of each task that a system has.
    fn lengths(self, length: &Length) -> String {
        let has = |task: Task| self.plan.work.systems.iter().any(|it| it.task() == task);
        let summaries = has(Task::Summaries).then(|| length.budget.to_string());
        let keyphrases =
            has(Task::Keyphrases).then(|| format!("{} keyphrases", length.limit));
        let parts: Vec<String> = summaries.into_iter().chain(keyphrases).collect();
        parts.join(", ")
    }

    /// Returns the tables.
    fn grids(self) -> [Grid; 3] {
        let corpora = self.plan.corpora.iter().map(|planned| {
            vec![
                planned.corpus.name().to_owned(),
                self.lengths(&planned.length),
                planned.digest.to_hex()[..16].to_owned(),
                planned.corpus.origin(),
            ]
        });
        let systems = self.plan.work.systems.iter().map(|system| {
            let origin = system.origin().map(|it| it.command);
            let task = format!("{:?}", system.task()).to_lowercase();
            vec![system.name.clone(), task, origin.unwrap_or_default()]
        });
        let metrics = self.plan.work.metrics.iter().map(|metric| {
            let task = format!("{:?}", metric.value.task()).to_lowercase();
            let signature = metric.value.signature().to_string();
            vec![metric.name.clone(), task, signature]
        });

        let of_corpora = ["corpus", "budget", "blake3", "origin"];
        let of_metrics = ["metric", "task", "signature"];
        [
            grid("corpora", &of_corpora, corpora.collect()),
            grid("systems", &["system", "task", "command"], systems.collect()),
            grid("metrics", &of_metrics, metrics.collect()),
        ]
    }
}

/// Returns a table of texts with its number of rows.
fn grid(name: &str, header: &[&str], rows: Vec<Vec<String>>) -> Grid {
    Grid {
        caption: format!("{name}: {}", rows.len()),
        words: header.len(),
        header: header.iter().map(|&title| title.to_owned()).collect(),
        rows: rows
            .into_iter()
            .map(|row| row.into_iter().map(GridCell::text).collect())
            .collect(),
        ..Grid::default()
    }
}
