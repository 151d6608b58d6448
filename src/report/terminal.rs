//! The leaderboard as tables for a terminal.

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

use crate::timing::Timing;

use super::{Leaderboard, Row};

/// A line below the header, nothing else.
const STYLE: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// One table for each corpus and set of systems measured alike, best system first by
/// the first metric. Scores are in percent, with half the width of their 95 % interval.
pub fn tables(leaderboard: &Leaderboard) -> String {
    let mut out = String::new();
    for corpus in leaderboard.rows.chunk_by(|a, b| a.corpus == b.corpus) {
        for group in groups(corpus) {
            push(&mut out, &table(&group));
        }
    }
    out
}

/// Adds a table, after a blank line where it is not the first.
pub(super) fn push(out: &mut String, table: &Table) {
    if !out.is_empty() {
        out.push('\n');
    }
    for line in table.lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// The metrics of a corpus, gathered by the systems that they measured.
fn groups(corpus: &[Row]) -> Vec<Vec<&[Row]>> {
    let mut groups: Vec<Vec<&[Row]>> = Vec::new();
    let systems =
        |rows: &[Row]| rows.iter().map(|row| row.system.clone()).collect::<Vec<_>>();
    for metric in corpus.chunk_by(|a, b| a.metric == b.metric) {
        let same_task = |group: &&mut Vec<&[Row]>| {
            let first = group[0];
            systems(first) == systems(metric)
                && is_keyphrase(&first[0]) == is_keyphrase(&metric[0])
        };
        match groups.iter_mut().find(same_task) {
            Some(group) => group.push(metric),
            None => groups.push(vec![metric]),
        }
    }
    groups
}

fn is_keyphrase(row: &Row) -> bool {
    row.metric.starts_with("keyphrase")
}

fn table(metrics: &[&[Row]]) -> Table {
    let first = metrics[0];
    let timed = first.iter().any(|row| row.docs_per_s.is_some());
    let mut header = vec![first[0].corpus.clone()];
    header.extend(metrics.iter().map(|rows| rows[0].metric.clone()));
    header.push("words".to_owned());
    header.extend(timed.then(|| "docs/s".to_owned()));
    let mut table = with_header(header);

    let mut order: Vec<usize> = (0..first.len()).collect();
    let mean = |at: usize| first[at].mean.unwrap_or(f64::NEG_INFINITY);
    order.sort_by(|&a, &b| mean(b).total_cmp(&mean(a)));
    for at in order {
        let mut cells = vec![first[at].system.clone()];
        cells.extend(metrics.iter().map(|rows| score(&rows[at])));
        cells.push(first[at].words.map_or(String::new(), |words| format!("{words:.1}")));
        cells
            .extend(timed.then(|| first[at].docs_per_s.map_or(String::new(), thousands)));
        table.add_row(cells);
    }
    table
}

/// A table whose columns but the first are aligned to the right.
pub(super) fn with_header(header: Vec<String>) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE);
    table.set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(header);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// One table of speeds for each corpus, in the order of the plan.
pub fn speeds(timings: &[Timing]) -> String {
    let mut out = String::new();
    for corpus in timings.chunk_by(|a, b| a.corpus == b.corpus) {
        let titles =
            [&corpus[0].corpus, "budget", "docs/s", "MB/s", "µs/document", "µs/sentence"];
        let mut table = with_header(titles.map(str::to_owned).to_vec());
        for timing in corpus {
            let half = 50.0 * (timing.docs_per_s_high - timing.docs_per_s_low)
                / timing.docs_per_s;
            table.add_row([
                timing.system.clone(),
                timing.budget.clone(),
                format!("{} ±{half:.1} %", thousands(timing.docs_per_s)),
                format!("{:.1}", timing.mb_per_s),
                format!("{:.2}", 1e6 / timing.docs_per_s),
                format!("{:.3}", timing.ns_per_sentence / 1e3),
            ]);
        }
        push(&mut out, &table);
    }
    out
}

fn score(row: &Row) -> String {
    match (row.mean, row.ci_low, row.ci_high) {
        (Some(mean), Some(low), Some(high)) => {
            format!("{:.2} ±{:.2}", 100.0 * mean, 50.0 * (high - low))
        }
        _ => "–".to_owned(),
    }
}

/// `12345.6` as `12,346`.
fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(system: &str, metric: &str, mean: f64, speed: Option<f64>) -> Row {
        Row {
            corpus: "two".to_owned(),
            system: system.to_owned(),
            metric: metric.to_owned(),
            signature: String::new(),
            mean: Some(mean),
            ci_low: Some(mean - 0.01),
            ci_high: Some(mean + 0.02),
            n: 2,
            failed: 0,
            words: Some(61.25),
            rank_low: None,
            rank_high: None,
            share_of_oracle: None,
            docs_per_s: speed,
        }
    }

    #[test]
    fn the_best_comes_first_and_tasks_are_apart() {
        let rows = vec![
            row("random", "rouge-1", 0.2144, None),
            row("lead", "rouge-1", 0.308, Some(1_234_567.0)),
            row("random", "rouge-2", 0.05, None),
            row("lead", "rouge-2", 0.1236, Some(1_234_567.0)),
            row("text-rank", "keyphrase-map", 0.2, None),
        ];
        insta::assert_snapshot!(tables(&Leaderboard { rows }), @"
         two          rouge-1       rouge-2   words      docs/s
        ────────────────────────────────────────────────────────
         lead     30.80 ±1.50   12.36 ±1.50    61.2   1,234,567
         random   21.44 ±1.50    5.00 ±1.50    61.2

         two         keyphrase-map   words
        ───────────────────────────────────
         text-rank     20.00 ±1.50    61.2
        ");
    }
}
