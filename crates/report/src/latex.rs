//! Tables in LaTeX, for the package booktabs.

use std::fmt::Write as _;

use super::{
    grid::{Grid, GridCell, short, widths},
    latex_panels::{pages, panels},
    terminal::{BEST, NEAR},
};

/// Returns a `table` with a caption, for the packages booktabs and graphicx. The best of each
/// column is bold, letters are superscripts in a column of their own, groups of columns have a
/// title. Columns that do not fit the width of the text beside each other are in panels one below
/// the other, and panels that do not fit one page in several tables.
pub(super) fn latex(grid: &Grid) -> String {
    let notes = notes(grid);
    let pages = pages(panels(grid), &notes);
    let last = pages.len() - 1;
    let table = |(at, page): (usize, &Vec<Grid>)| {
        let continued = if at == 0 { "" } else { " (continued)" };
        let label = match (grid.label.as_str(), at) {
            ("", _) => String::new(),
            (label, 0) => format!("\\label{{tab:{}}}\n", name(label)),
            (label, at) => format!("\\label{{tab:{}-{}}}\n", name(label), at + 1),
        };
        let panels: Vec<String> = page.iter().map(tabular).collect();
        let notes = if at == last {
            boxed(&notes)
        } else {
            String::new()
        };
        format!(
            "\\begin{{table}}\n\\centering\n\\caption{{{}{continued}}}\n{label}{SMALL}{}{notes}\\end{{table}}\n",
            escaped(&grid.caption),
            panels.join("\n\\medskip\n")
        )
    };
    let tables: Vec<String> = pages.iter().enumerate().map(table).collect();
    format!("% \\usepackage{{booktabs,graphicx}}\n{}", tables.join("\n"))
}

/// Returns the `tabular` of a panel.
fn tabular(grid: &Grid) -> String {
    let splits = splits(grid);
    let rows: Vec<Vec<String>> = grid
        .rows
        .iter()
        .map(|row| {
            row.iter()
                .zip(&splits)
                .map(|(one, split)| cell(one, *split))
        })
        .map(Iterator::collect)
        .collect();
    let titles = grid.header.iter().zip(&splits);
    let header: Vec<String> = titles
        .map(|(title, split)| match split {
            true => format!("\\multicolumn{{2}}{{c}}{{{}}}", escaped(title)),
            false => escaped(title),
        })
        .collect();
    let widths = widths(&header, &rows, 0);
    let line = |cells: &[String]| {
        let padded = grid.padded(cells, &widths);
        format!("{} \\\\\n", padded.join(" & "))
    };

    let mut out = format!(
        "{SHRUNK}\\begin{{tabular}}{{{}}}\n\\toprule\n",
        columns(grid, &splits)
    );
    out.push_str(&group_lines(grid, &splits));
    out.push_str(&line(&header));
    out.push_str("\\midrule\n");
    for (at, row) in rows.iter().enumerate() {
        if let Some(title) = grid.block_at(at) {
            let (columns, title) = (place(&splits, splits.len()) - 1, escaped(title));
            out.push_str("\\midrule\n");
            let _ = writeln!(
                out,
                "\\multicolumn{{{columns}}}{{l}}{{\\emph{{{title}}}}} \\\\"
            );
        }
        out.push_str(&line(row));
    }
    out.push_str("\\bottomrule\n\\end{tabular}}\n");
    out
}

/// Returns for each column whether any of its cells has marks or letters.
fn splits(grid: &Grid) -> Vec<bool> {
    let has_signs = |at: usize| {
        let mut cells = grid.rows.iter().map(|row| &row[at]);
        cells.any(|cell| !signs(cell).is_empty())
    };
    (0..grid.header.len()).map(has_signs).collect()
}

/// The type of a table.
const SMALL: &str = "\\footnotesize\\setlength{\\tabcolsep}{4pt}\n";

/// The beginning of a box that is at most as wide as the text. A column alone can be wider.
const SHRUNK: &str =
    "\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%\n";

/// Returns the column types of `tabular`. A column whose cells have marks becomes two.
fn columns(grid: &Grid, splits: &[bool]) -> String {
    let letters = splits.iter().enumerate().map(|(at, split)| match split {
        _ if at < grid.words => "l",
        true => "r@{}l",
        false => "r",
    });
    letters.collect()
}

/// Returns the number of the LaTeX column, from 1, at which a column of the table begins.
fn place(splits: &[bool], at: usize) -> usize {
    1 + at + splits[..at].iter().filter(|split| **split).count()
}

/// Returns the titles of the groups of columns and the rules below them; empty without groups.
fn group_lines(grid: &Grid, splits: &[bool]) -> String {
    if grid.groups.is_empty() {
        return String::new();
    }
    let ends = grid.groups.iter().map(|group| {
        let (from, to) = (place(splits, group.from), place(splits, group.to) - 1);
        (from, to, escaped(&group.title))
    });
    let (mut titles, mut rules, mut next) = (Vec::new(), Vec::new(), 1);
    for (from, to, title) in ends {
        titles.extend((next..from).map(|_| String::new()));
        titles.push(format!(
            "\\multicolumn{{{}}}{{c}}{{{title}}}",
            1 + to - from
        ));
        rules.push(format!("\\cmidrule(lr){{{from}-{to}}}"));
        next = to + 1;
    }
    format!("{} \\\\\n{}\n", titles.join(" & "), rules.join(" "))
}

/// Returns the notes and the legend as sentences.
fn notes(grid: &Grid) -> Vec<String> {
    let legend = grid.legend_text();
    let begins_with_name = grid.header.iter().any(|title| {
        let name = title.split([',', '(']).next().unwrap_or(title);
        legend.starts_with(name)
    });
    let legend = match begins_with_name {
        true => format!("Scores: {legend}"),
        false => legend,
    };
    let notes = grid.notes.iter().chain([&legend]);
    let notes = notes.filter(|note| !note.is_empty());
    notes.map(|note| escaped(&sentence(note))).collect()
}

/// Returns notes in a box as wide as the text; empty without notes.
fn boxed(notes: &[String]) -> String {
    match notes.is_empty() {
        true => String::new(),
        false => format!(
            "\n\\smallskip\n\\begin{{minipage}}{{\\linewidth}}\n{}\n\\end{{minipage}}\n",
            notes.join("\\par\n")
        ),
    }
}

/// Returns a note with a capital first letter and a full stop.
fn sentence(note: &str) -> String {
    let mut signs = note.chars();
    let first = signs.next().into_iter().flat_map(char::to_uppercase);
    let end = if note.ends_with(['.', '?', '!']) {
        ""
    } else {
        "."
    };
    first.chain(signs).chain(end.chars()).collect()
}

/// Returns the number of a cell; if `splits`, its marks are in the next column.
fn cell(cell: &GridCell, splits: bool) -> String {
    let (value, half) = match cell.text.split_once(" ±") {
        Some((value, half)) => (value, format!("{{\\scriptsize\\,$\\pm$\\,{half}}}")),
        None => (cell.text.as_str(), String::new()),
    };
    let value = match cell.best {
        true => format!("\\textbf{{{}}}", escaped(value)),
        false => escaped(value),
    };
    match splits {
        true => format!("{value}{half} & {}", signs(cell)),
        false => format!("{value}{half}"),
    }
}

/// Returns the marks and letters of a cell.
fn signs(cell: &GridCell) -> String {
    let mark = match (cell.best, cell.near) {
        (true, _) => BEST.to_owned(),
        (false, true) => escaped(NEAR),
        (false, false) => String::new(),
    };
    match cell.letters.as_str() {
        "" => mark,
        letters => format!("{mark}\\textsuperscript{{\\,{}}}", short(letters, "--")),
    }
}

/// Replaces characters of a label that have a meaning in LaTeX.
fn name(label: &str) -> String {
    let sign = |sign: char| match sign {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' | '@' => sign,
        _ => '-',
    };
    label.chars().map(sign).collect()
}

/// Escapes characters that have a meaning in LaTeX.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for sign in text.chars() {
        match sign {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => out.extend(['\\', sign]),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            '`' => {} // names are plain
            '|' => out.push_str("\\textbar{}"),
            '°' => out.push_str("$^\\circ$"),
            '†' => out.push_str("$^\\dagger$"),
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
        % \usepackage{booktabs,graphicx}
        \begin{table}
        \centering
        \caption{two, 3 sentences, n = 2}
        \label{tab:two-summaries}
        \footnotesize\setlength{\tabcolsep}{4pt}
        \resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{%
        \begin{tabular}{lr@{}lr@{}lrrr}
        \toprule
        system &                                       \multicolumn{2}{c}{rouge-1} &                  \multicolumn{2}{c}{rouge-2} & length & docs/s alone & docs/s \\
        \midrule
        lead   & \textbf{30.80}{\scriptsize\,$\pm$\,1.50} & *\textsuperscript{\,a} & \textbf{12.36}{\scriptsize\,$\pm$\,1.50} & * &   61.2 &    1,234,567 &  4,321 \\
        random &           21.44{\scriptsize\,$\pm$\,1.50} & \textsuperscript{\,b} &            5.00{\scriptsize\,$\pm$\,1.50} &  &   61.2 &              &        \\
        \bottomrule
        \end{tabular}}

        \smallskip
        \begin{minipage}{\linewidth}
        By rouge-1 lead is best; every other system is shown to be worse.\par
        Scores: rouge-1, rouge-2 in \%; $\pm$ is half the width of the 95 \% interval of the mean; * is the best system; systems that share no letter differ (paired randomisation, Holm, 5 \%); length: mean words of an output; docs/s alone: documents per second on one core, without the analysis of the texts; docs/s: with the analysis of the texts.
        \end{minipage}
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
