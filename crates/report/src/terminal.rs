//! Tables for a terminal.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

use super::grid::{Grid, GridCell, Part, printable, short};

/// Style of tables: a line below the header and no other lines.
const STYLE: TableStyle =
    TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// Formats a table with its caption above, and notes and legend below. If it is wider than `width`
/// columns, dispensable parts are left out one by one, then the names of rows are shortened; a
/// sentence below says so.
pub fn terminal(grid: &Grid, width: Option<usize>) -> String {
    let Fitted {
        grid,
        table,
        left_out,
    } = fitted(grid, width);

    let mut out = String::new();
    for line in wrapped(&grid.caption, width) {
        let _ = writeln!(out, " {line}");
    }
    out.push_str(&with_blocks(&table, &grid));
    for text in grid.notes.iter().chain([&grid.legend_text(), &left_out]) {
        for line in wrapped(text, width) {
            let _ = writeln!(out, " {line}");
        }
    }
    printable(&out)
}

/// A table that fits into a width.
struct Fitted {
    grid: Grid,
    /// The formatted table without caption and notes.
    table: String,
    /// Sentence about the parts that were left out; empty if none were.
    left_out: String,
}

/// Returns the table without as few dispensable parts as necessary to fit into a width.
fn fitted(whole: &Grid, width: Option<usize>) -> Fitted {
    let table = drawn(whole);
    let most = width.unwrap_or(usize::MAX);
    if width_of(&table) <= most {
        return Fitted {
            grid: whole.clone(),
            table,
            left_out: String::new(),
        };
    }

    let mut parts: Vec<Part> = Vec::new();
    let mut fitted = (whole.clone(), table);
    for &part in &whole.dispensable {
        parts.push(part);
        let grid = whole.without(&parts);
        let table = drawn(&grid);
        fitted = (grid, table);
        if width_of(&fitted.1) <= most {
            break;
        }
    }

    let names: Vec<&str> = parts.iter().map(|part| whole.name_of(*part)).collect();
    let mut left_out = match names.is_empty() {
        true => String::new(),
        false => format!("left out to fit {most} columns: {}", names.join(", ")),
    };

    let excess = width_of(&fitted.1).saturating_sub(most);
    if excess > 0 {
        fitted.0 = with_short_names(&fitted.0, excess);
        fitted.1 = drawn(&fitted.0);
        let names = format!("names are cut to fit {most} columns");
        left_out = match left_out.is_empty() {
            true => names,
            false => format!("{left_out}; {names}"),
        };
    }

    let (grid, table) = fitted;
    Fitted {
        grid,
        table,
        left_out: format!("{left_out}; a wider terminal or `COLUMNS` shows all"),
    }
}

/// Returns the table with the texts of its widest column of words shortened by `excess` characters.
fn with_short_names(grid: &Grid, excess: usize) -> Grid {
    let mut grid = grid.clone();
    let length = |cells: &[GridCell], at: usize| cells[at].text.chars().count();
    let longest = |at: usize| grid.rows.iter().map(|row| length(row, at)).max();
    let widest = (0..grid.words).max_by_key(|&at| (longest(at), usize::MAX - at));
    let Some(at) = widest else { return grid };

    let most = longest(at)
        .unwrap_or(0)
        .saturating_sub(excess)
        .max(SHORTEST);
    for row in &mut grid.rows {
        if length(row, at) > most {
            let kept: String = row[at].text.chars().take(most - 1).collect();
            row[at].text = kept + "…";
        }
    }
    grid
}

/// Minimum length of a shortened name, in characters.
const SHORTEST: usize = 8;

/// Wraps a text into lines, of which all but the first are indented by two spaces; no lines if it
/// is empty.
fn wrapped(text: &str, width: Option<usize>) -> Vec<String> {
    let most = width.unwrap_or(usize::MAX).saturating_sub(1);
    let mut lines: Vec<String> = Vec::new();
    for (at, word) in text.split(' ').filter(|word| !word.is_empty()).enumerate() {
        let fits =
            |line: &String| line.chars().count() + 1 + word.chars().count() <= most;
        match lines.last_mut() {
            Some(line) if fits(line) => {
                line.push(' ');
                line.push_str(word);
            }
            _ if at == 0 => lines.push(word.to_owned()),
            _ => lines.push(format!("  {word}")),
        }
    }
    lines
}

/// Formats the table itself. Marks and letters follow the numbers and are aligned among
/// themselves.
fn drawn(grid: &Grid) -> String {
    let mut table = with_header(grid.header.clone());
    for column in table.column_iter_mut().take(grid.words) {
        column.set_cell_alignment(CellAlignment::Left);
    }

    // for each column, whether any cell is marked and the width of the longest letters
    let letters = |cell: &GridCell| short(&cell.letters, "–");
    let widths = |at: usize| {
        let cells = || grid.rows.iter().map(move |row| &row[at]);
        let widest = cells().map(|cell| letters(cell).chars().count()).max();
        (
            cells().any(|cell| !mark(cell).is_empty()),
            widest.unwrap_or(0),
        )
    };
    let widths: Vec<(bool, usize)> = (0..grid.header.len()).map(widths).collect();

    for row in &grid.rows {
        table.add_row(row.iter().zip(&widths).map(|(cell, &(is_marked, width))| {
            let mark = if is_marked {
                format!("{:<1}", mark(cell))
            } else {
                String::new()
            };
            match width {
                0 => format!("{}{mark}", cell.text),
                width => format!("{}{mark} {:<width$}", cell.text, letters(cell)),
            }
        }));
    }

    let mut out = String::new();
    push(&mut out, &table);
    out
}

/// Returns the sign after the number of a cell; empty if it is not marked.
fn mark(cell: &GridCell) -> &'static str {
    match (cell.best, cell.near) {
        (true, _) => BEST,
        (false, true) => NEAR,
        (false, false) => "",
    }
}

/// Sign after the best number of a column.
pub(super) const BEST: &str = "*";

/// Sign after a number that is not shown to differ from the best.
pub(super) const NEAR: &str = "°";

/// Returns the width of a formatted table, in characters.
fn width_of(table: &str) -> usize {
    table
        .lines()
        .map(|line| line.chars().count())
        .max()
        .unwrap_or(0)
}

/// Inserts the title of each block above its first row.
fn with_blocks(table: &str, grid: &Grid) -> String {
    let width = width_of(table);
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

/// Number of lines before the first row: titles, and the line below them.
const HEADER: usize = 2;

/// Appends the lines of a table, without trailing spaces.
fn push(out: &mut String, table: &Table) {
    for line in table.lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// Returns an empty table with titles, whose columns except the first are aligned to the right.
fn with_header(header: Vec<String>) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE);
    table.set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(header);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
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
        insta::assert_snapshot!(terminal(&summaries.grid(), None), @"
         two, 3 sentences, n = 2
         system          rouge-1        rouge-2   length   docs/s alone   docs/s
        ─────────────────────────────────────────────────────────────────────────
         lead     30.80 ±1.50* a   12.36 ±1.50*     61.2      1,234,567    4,321
         random   21.44 ±1.50  b    5.00 ±1.50      61.2
         by rouge-1 `lead` is best; every other system is shown to be worse
         rouge-1, rouge-2 in %; ± is half the width of the 95 % interval of the mean; * is the best system; systems that share no letter differ (paired randomisation, Holm, 5 %); length: mean words of an output; docs/s alone: documents per second on one core, without the analysis of the texts; docs/s: with the analysis of the texts
        ");
        insta::assert_snapshot!(terminal(&keyphrases.grid(), None), @"
         two, 3 sentences, n = 2
         system      keyphrase-map   length
        ────────────────────────────────────
         text-rank     20.00 ±1.50     61.2
         keyphrase-map in %; ± is half the width of the 95 % interval of the mean; length: mean words of all phrases of an output (a metric at 5 scores the first 5 only)
        ");
    }

    #[test]
    fn a_table_that_is_too_wide_says_which_parts_are_left_out() {
        let grid = example()[0].grid();
        for width in [30, 40, 50, 60, 80] {
            let text = terminal(&grid, Some(width));
            let widest = text.lines().map(|line| line.chars().count()).max().unwrap();
            assert!(widest <= width, "{width}: {text}");
        }

        insta::assert_snapshot!(terminal(&grid, Some(40)), @"
         two, 3 sentences, n = 2
         system        rouge-1        rouge-2
        ──────────────────────────────────────
         lead     30.80 ±1.50*   12.36 ±1.50*
         random   21.44 ±1.50     5.00 ±1.50
         by rouge-1 `lead` is best; every other
           system is shown to be worse
         rouge-1, rouge-2 in %; ± is half the
           width of the 95 % interval of the
           mean; * is the best system
         left out to fit 40 columns: letters,
           length, docs/s alone, docs/s; a wider
           terminal or `COLUMNS` shows all

        ");
    }

    #[test]
    fn long_names_are_cut_last() {
        let mut grid = example()[0].grid();
        grid.rows[0][0].text =
            "text-rank(damping=0.5, similarity=log-overlap)".to_owned();
        let text = terminal(&grid, Some(40));
        assert!(text.contains("text-rank(d") && text.contains('…'), "{text}");
        assert!(
            text.lines().all(|line| line.chars().count() <= 40),
            "{text}"
        );
    }
}
