//! What a run would do: its corpora, budgets, systems and metrics as tables.

use std::{fmt::Write as _, path::Path};

use crate::{
    report::{Grid, GridCell, TableFormat, draw_grid},
    run::Plan,
};

/// Returns the corpora with their budgets and digests, the systems and the metrics of a
/// plan, and the folder of its results.
pub(super) fn matrix(plan: &Plan, folder: &Path, width: Option<usize>) -> String {
    let corpora = plan.corpora.iter().map(|planned| {
        vec![
            planned.corpus.name().to_owned(),
            planned.length.budget.to_string(),
            planned.length.limit.to_string(),
            planned.digest.to_hex()[..16].to_owned(),
            planned.corpus.origin(),
        ]
    });
    let systems = plan.work.systems.iter().map(|system| {
        let origin = system.origin().map(|it| it.command);
        let task = format!("{:?}", system.task()).to_lowercase();
        vec![system.name.clone(), task, origin.unwrap_or_default()]
    });
    let metrics = plan.work.metrics.iter().map(|metric| {
        let task = format!("{:?}", metric.value.task()).to_lowercase();
        let signature = metric.value.signature().to_string();
        vec![metric.name.clone(), task, signature]
    });
    let tables = [
        grid(
            "corpora",
            &["corpus", "budget", "keyphrases", "blake3", "origin"],
            corpora.collect(),
        ),
        grid("systems", &["system", "task", "command"], systems.collect()),
        grid(
            "metrics",
            &["metric", "task", "signature"],
            metrics.collect(),
        ),
    ];
    let mut text = String::new();
    for table in &tables {
        text.push_str(&draw_grid(table, TableFormat::Text, width));
        text.push('\n');
    }
    let verb = match folder.join("manifest.json").is_file() {
        true => "goes on in",
        false => "writes",
    };
    let _ = writeln!(text, "the run {verb} {}", folder.display());
    text
}

fn grid(name: &str, header: &[&str], rows: Vec<Vec<String>>) -> Grid {
    let cells = |row: Vec<String>| row.into_iter().map(GridCell::text).collect();
    Grid {
        caption: format!("{name}: {}", rows.len()),
        words: header.len(),
        header: header.iter().map(|&title| title.to_owned()).collect(),
        rows: rows.into_iter().map(cells).collect(),
        ..Grid::default()
    }
}
