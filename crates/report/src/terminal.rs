//! Tables for a terminal.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

use epitome_engine::timing::Timing;

use super::grid::{Grid, GridCell, printable, short, thousands};

/// A line below the header, nothing else.
const STYLE: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// A table; letters stand behind the scores, in columns of their own width.
pub fn terminal(grid: &Grid) -> String {
    let mut table = with_header(grid.header.clone());
    for column in table.column_iter_mut().take(grid.words) {
        column.set_cell_alignment(CellAlignment::Left);
    }
    let letters = |cell: &GridCell| short(&cell.letters, "–");
    let width = |at: usize| {
        let widths = grid
            .rows
            .iter()
            .map(|row| letters(&row[at]).chars().count());
        widths.max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..grid.header.len()).map(width).collect();
    for row in &grid.rows {
        table.add_row(row.iter().zip(&widths).map(|(cell, &width)| match width {
            0 => cell.text.clone(),
            width => format!("{} {:<width$}", cell.text, letters(cell)),
        }));
    }
    let mut out = String::new();
    push(&mut out, &table);
    let mut out = with_blocks(&out, grid);
    for note in &grid.notes {
        out.push_str(note);
        out.push('\n');
    }
    printable(&out)
}

/// The lines of a table with the title of each block above its first row.
fn with_blocks(table: &str, grid: &Grid) -> String {
    let width = table
        .lines()
        .map(|line| line.chars().count())
        .max()
        .unwrap_or(0);
    let mut out = String::new();
    for (at, line) in table.lines().enumerate() {
        if let Some(title) = at.checked_sub(HEADER).and_then(|row| grid.block_at(row)) {
            let title = format!("── {title} ─");
            let _ = writeln!(out, "{title:─<width$}");
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// The lines before the first row: titles, and the line below them.
const HEADER: usize = 2;

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
        let titles = [
            &corpus[0].corpus,
            "budget",
            "docs/s",
            "MB/s",
            "µs/document",
            "µs of CPU",
            "µs/sentence",
        ];
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
                timing.cpu_ns.map_or(String::new(), |cpu| {
                    format!("{:.2}", cpu / 1e3 / timing.documents.max(1) as f64)
                }),
                format!("{:.3}", timing.ns_per_sentence / 1e3),
            ]);
        }
        push(&mut out, &table);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::example;

    #[test]
    fn letters_are_aligned_and_tasks_are_apart() {
        let [summaries, keyphrases] = &example()[..] else {
            panic!()
        };
        insta::assert_snapshot!(terminal(&summaries.grid()), @"
         two            rouge-1       rouge-2   words      docs/s
        ──────────────────────────────────────────────────────────
         lead     30.80 ±1.50 a   12.36 ±1.50    61.2   1,234,567
         random   21.44 ±1.50 b    5.00 ±1.50    61.2
        ");
        insta::assert_snapshot!(terminal(&keyphrases.grid()), @"
         two         keyphrase-map   words
        ───────────────────────────────────
         text-rank     20.00 ±1.50    61.2
        ");
    }
}
