//! Tables in Markdown that are also readable as plain text.

use super::{
    grid::{Grid, GridCell, printable, short, widths},
    terminal::{BEST, NEAR},
};

/// Formats a table with its caption above, and notes and legend below. The best number of each
/// column is bold, letters are superscript.
pub(super) fn markdown(grid: &Grid) -> String {
    let rows: Vec<Vec<String>> = grid
        .rows
        .iter()
        .map(|row| row.iter().map(cell).collect())
        .collect();
    let header: Vec<String> = grid.header.iter().map(|title| escaped(title)).collect();
    let widths = widths(&header, &rows, 3);

    let line = |cells: &[String]| {
        let padded = grid.padded(cells, &widths);
        format!("| {} |\n", padded.join(" | "))
    };
    let rule: Vec<String> = widths
        .iter()
        .enumerate()
        .map(|(at, &width)| match at < grid.words {
            true => "-".repeat(width),
            false => format!("{}:", "-".repeat(width - 1)),
        })
        .collect();

    let mut out = match grid.caption.as_str() {
        "" => String::new(),
        caption => format!("**{}**\n\n", escaped(caption)),
    };
    out.push_str(&(line(&header) + &line(&rule)));
    for (at, row) in rows.iter().enumerate() {
        if let Some(title) = grid.block_at(at) {
            let mut cells = vec![String::new(); grid.header.len()];
            cells[0] = format!("*{}*", escaped(title));
            out.push_str(&line(&cells));
        }
        out.push_str(&line(row));
    }

    let legend = grid.legend_text();
    for note in grid
        .notes
        .iter()
        .chain([&legend])
        .filter(|note| !note.is_empty())
    {
        out.extend(["\n", &escaped(note), "\n"]);
    }
    out
}

/// Formats a cell.
fn cell(cell: &GridCell) -> String {
    let text = escaped(&cell.text);
    let text = match (cell.best, cell.near) {
        (true, _) => format!("**{text}**{}", escaped(BEST)),
        (false, true) => format!("{text}{NEAR}"),
        (false, false) => text,
    };
    match cell.letters.as_str() {
        "" => text,
        letters => format!("{text} <sup>{}</sup>", short(letters, "–")),
    }
}

/// Escapes a text so that Markdown shows it unchanged: without markup, HTML, links, or the end of a
/// cell.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in printable(text).chars() {
        if matches!(sign, '|' | '*' | '<' | '>' | '[' | ']' | '`' | '\\' | '&') {
            out.push('\\');
        }
        out.push(if sign == '\n' { ' ' } else { sign });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_markup_html_or_a_link() {
        let text = escaped("<b>[x](javascript:y)`|&amp;\n\u{1b}[2J");
        assert_eq!(
            text,
            r"\<b\>\[x\](javascript:y)\`\|\&amp; \u{fffd}\[2J"
                .replace(r"\u{fffd}", "\u{fffd}")
        );
    }
    use crate::board::tests::example;

    #[test]
    fn columns_are_aligned_and_the_best_is_bold() {
        insta::assert_snapshot!(markdown(&example()[0].grid()), @r"
        **two, 3 sentences, n = 2**

        | system |                        rouge-1 |           rouge-2 | length | docs/s alone | docs/s |
        | ------ | -----------------------------: | ----------------: | -----: | -----------: | -----: |
        | lead   | **30.80 ±1.50**\* <sup>a</sup> | **12.36 ±1.50**\* |   61.2 |    1,234,567 |  4,321 |
        | random |       21.44 ±1.50 <sup>b</sup> |        5.00 ±1.50 |   61.2 |              |        |

        by rouge-1 \`lead\` is best; every other system is shown to be worse

        rouge-1, rouge-2 in %; ± is half the width of the 95 % interval of the mean; \* is the best system; systems that share no letter differ (paired randomisation, Holm, 5 %); length: mean words of an output; docs/s alone: documents per second on one core, without the analysis of the texts; docs/s: with the analysis of the texts
        ");
    }
}
