//! Tables in LaTeX, for the package booktabs.

use std::fmt::Write as _;

use super::grid::{Grid, GridCell, short};

/// A `tabular`; the best of each column is bold, letters are superscripts.
pub(super) fn latex(grid: &Grid) -> String {
    let rows: Vec<Vec<String>> = grid
        .rows
        .iter()
        .map(|row| row.iter().map(cell).collect())
        .collect();
    let header: Vec<String> = grid.header.iter().map(|title| escaped(title)).collect();
    let width = |at: usize| {
        let cells = rows
            .iter()
            .chain([&header])
            .map(|row| row[at].chars().count());
        cells.max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    let line = |cells: &[String]| {
        let padded = cells
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(at, (cell, &width))| {
                if at < grid.words {
                    format!("{cell:<width$}")
                } else {
                    format!("{cell:>width$}")
                }
            });
        format!("{} \\\\\n", padded.collect::<Vec<_>>().join(" & "))
    };
    let columns: String = (0..header.len())
        .map(|at| if at < grid.words { 'l' } else { 'r' })
        .collect();
    let mut out = format!("\\begin{{tabular}}{{{columns}}}\n\\toprule\n");
    out.push_str(&line(&header));
    out.push_str("\\midrule\n");
    for (at, row) in rows.iter().enumerate() {
        if let Some(title) = grid.block_at(at) {
            let (columns, title) = (grid.header.len(), escaped(title));
            out.push_str("\\midrule\n");
            let _ = writeln!(
                out,
                "\\multicolumn{{{columns}}}{{l}}{{\\emph{{{title}}}}} \\\\"
            );
        }
        out.push_str(&line(row));
    }
    out.push_str("\\bottomrule\n\\end{tabular}\n");
    for note in &grid.notes {
        out.extend(["\n", &escaped(note), "\n"]);
    }
    out
}

fn cell(cell: &GridCell) -> String {
    let text = escaped(&cell.text);
    let text = if cell.best {
        format!("\\textbf{{{text}}}")
    } else {
        text
    };
    match cell.letters.as_str() {
        "" => text,
        letters => format!("{text}\\textsuperscript{{{}}}", short(letters, "--")),
    }
}

/// Text with the signs that LaTeX keeps for itself spelt out.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for sign in text.chars() {
        match sign {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', sign]),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '±' => out.push_str("$\\pm$"),
            '−' => out.push_str("$-$"),
            '<' => out.push_str("$<$"),
            '>' => out.push_str("$>$"),
            '–' => out.push_str("--"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::example;

    #[test]
    fn columns_are_aligned_and_the_best_is_bold() {
        insta::assert_snapshot!(latex(&example()[0].grid()), @r"
        \begin{tabular}{lrrrr}
        \toprule
        two    &                                     rouge-1 &                  rouge-2 & words &    docs/s \\
        \midrule
        lead   & \textbf{30.80 $\pm$1.50}\textsuperscript{a} & \textbf{12.36 $\pm$1.50} &  61.2 & 1,234,567 \\
        random &          21.44 $\pm$1.50\textsuperscript{b} &           5.00 $\pm$1.50 &  61.2 &           \\
        \bottomrule
        \end{tabular}
        ");
    }

    #[test]
    fn signs_of_its_own_are_spelt_out() {
        assert_eq!(
            escaped(r"a_b & 50 % \ ~"),
            r"a\_b \& 50 \% \textbackslash{} \textasciitilde{}"
        );
    }
}
