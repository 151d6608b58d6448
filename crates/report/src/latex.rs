//! Tables in LaTeX, for the package booktabs.

use std::fmt::Write as _;

use super::{
    grid::{Grid, GridCell, short, widths},
    terminal::{BEST, NEAR},
};

/// A `table` with a caption; the best of each column is bold, letters are superscripts.
pub(super) fn latex(grid: &Grid) -> String {
    let rows: Vec<Vec<String>> = grid
        .rows
        .iter()
        .map(|row| row.iter().map(cell).collect())
        .collect();
    let header: Vec<String> = grid.header.iter().map(|title| escaped(title)).collect();
    let widths = widths(&header, &rows, 0);
    let line = |cells: &[String]| {
        let padded = grid.padded(cells, &widths);
        format!("{} \\\\\n", padded.join(" & "))
    };
    let columns: String = (0..header.len())
        .map(|at| if at < grid.words { 'l' } else { 'r' })
        .collect();
    let caption = escaped(&grid.caption);
    let mut out = format!(
        "\\begin{{table}}\n\\centering\n\\caption{{{caption}}}\n\\begin{{tabular}}{{{columns}}}\n\\toprule\n"
    );
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
    let legend = grid.legend_text();
    for note in grid
        .notes
        .iter()
        .chain([&legend])
        .filter(|note| !note.is_empty())
    {
        out.extend(["\n\\smallskip\\footnotesize ", &escaped(note), "\n"]);
    }
    out.push_str("\\end{table}\n");
    out
}

fn cell(cell: &GridCell) -> String {
    let text = escaped(&cell.text);
    let text = match (cell.best, cell.near) {
        (true, _) => format!("\\textbf{{{text}}}{BEST}"),
        (false, true) => format!("{text}{}", escaped(NEAR)),
        (false, false) => text,
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
            '`' => {} // names are plain
            '°' => out.push_str("$^\\circ$"),
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
        \begin{table}
        \centering
        \caption{two, 3 sentences, n = 2}
        \begin{tabular}{lrrrrr}
        \toprule
        system &                                      rouge-1 &                   rouge-2 & length & docs/s alone & docs/s \\
        \midrule
        lead   & \textbf{30.80 $\pm$1.50}*\textsuperscript{a} & \textbf{12.36 $\pm$1.50}* &   61.2 &    1,234,567 &  4,321 \\
        random &           21.44 $\pm$1.50\textsuperscript{b} &            5.00 $\pm$1.50 &   61.2 &              &        \\
        \bottomrule
        \end{tabular}

        \smallskip\footnotesize by rouge-1 lead is best; every other system is shown to be worse

        \smallskip\footnotesize rouge-1, rouge-2 in \%; $\pm$ is half the width of the 95 \% interval of the mean; * is the best system; systems that share no letter differ (paired randomisation, Holm, 5 \%); length: mean words of an output; docs/s alone: documents a second of the system on one core, texts analysed before; docs/s: with the analysis of the texts
        \end{table}
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
