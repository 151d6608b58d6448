//! The same tables in five formats.

use std::path::Path;

use serde::Serialize;

use crate::run::Kind;

use super::{
    Board, Comparison, Grid, TableError, falls,
    grid::{Cell, p_value},
    latex::latex,
    markdown::markdown,
    table_file,
    terminal::terminal,
};

/// How a table is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For a terminal.
    #[default]
    Text,
    /// Markdown.
    Markdown,
    /// LaTeX.
    Latex,
    /// CSV, in full precision.
    Csv,
    /// One JSON value, in full precision.
    Json,
}

/// A row of a board in CSV.
#[derive(Serialize)]
struct BoardRow<'a> {
    corpus: &'a str,
    system: &'a str,
    metric: &'a str,
    signature: &'a str,
    mean: Option<f64>,
    ci_low: Option<f64>,
    ci_high: Option<f64>,
    letters: Option<&'a str>,
    n: u64,
    failed: u64,
    words: Option<f64>,
    rank_low: Option<u32>,
    rank_high: Option<u32>,
    share_of_oracle: Option<f64>,
    docs_per_s: Option<f64>,
    fall_from: Option<&'a str>,
    fall: Option<f64>,
    fall_low: Option<f64>,
    fall_high: Option<f64>,
    kind: Kind,
    /// Which references there were.
    references: &'static str,
}

/// Leaderboards, and what scores lose on robustness tracks.
///
/// # Errors
/// The table does not fit CSV or JSON.
pub fn draw_boards(boards: &[Board], format: Format) -> Result<String, TableError> {
    let rows = || {
        boards.iter().flat_map(|board| {
            let metrics = || board.metrics.iter().enumerate();
            let cells = board.lines.iter().flat_map(move |line| {
                metrics().map(move |(at, metric)| (line, metric, &line.scores[at], false))
            });
            let beside = board.beside_people.iter().flat_map(move |line| {
                metrics().map(move |(at, metric)| (line, metric, &line.scores[at], true))
            });
            cells.chain(beside).map(|(line, metric, scored, left_out)| BoardRow {
                corpus: &board.corpus,
                system: &line.system,
                kind: line.kind,
                references: if left_out { "one left out" } else { "all" },
                metric: &metric.name,
                signature: &metric.signature,
                mean: scored.mean,
                ci_low: scored.ci_low,
                ci_high: scored.ci_high,
                letters: scored.letters.as_deref(),
                n: scored.n,
                failed: line.failed,
                words: line.words,
                rank_low: scored.rank_low,
                rank_high: scored.rank_high,
                share_of_oracle: scored.share_of_oracle,
                docs_per_s: line.docs_per_s,
                fall_from: scored.fall.as_ref().map(|fall| fall.from.as_str()),
                fall: scored.fall.as_ref().map(|fall| fall.difference),
                fall_low: scored.fall.as_ref().and_then(|fall| fall.ci_low),
                fall_high: scored.fall.as_ref().and_then(|fall| fall.ci_high),
            })
        })
    };
    let mut grids: Vec<Grid> = boards.iter().map(Board::grid).collect();
    grids.extend(falls::grids(boards));
    let mut text = draw(&grids, boards, rows(), format)?;
    text.push_str(&notes(boards, format));
    Ok(text)
}

/// What readers of the tables must know, in the formats for people; JSON has it in its
/// boards.
fn notes(boards: &[Board], format: Format) -> String {
    let (begin, end) = match format {
        Format::Text => ("note: ", "\n"),
        Format::Markdown => ("\n*", "*\n"),
        Format::Latex => ("% ", "\n"),
        Format::Csv | Format::Json => return String::new(),
    };
    let mut text = String::new();
    for note in boards.iter().flat_map(|board| &board.notes) {
        text.extend([begin, note, end]);
    }
    text
}

/// Pairs of systems.
///
/// # Errors
/// As for [`draw_boards`].
pub fn draw_comparisons(
    rows: &[Comparison],
    format: Format,
) -> Result<String, TableError> {
    let families = rows.chunk_by(|a, b| (&a.corpus, &a.metric) == (&b.corpus, &b.metric));
    let grids: Vec<Grid> = families.map(grid).collect();
    draw(&grids, rows, rows, format)
}

fn grid(family: &[Comparison]) -> Grid {
    let title = format!("{}, {}", family[0].corpus, family[0].metric);
    let header = [
        &title,
        "against",
        "difference",
        "95 % interval",
        "p",
        "p (Holm)",
        "effect",
        "wins",
        "ties",
        "losses",
    ];
    let points = |value: f64| format!("{:+.2}", 100.0 * value).replace('-', "−");
    let row = |row: &Comparison| {
        let interval = row.ci_low.zip(row.ci_high);
        let interval =
            interval.map(|(low, high)| format!("{} to {}", points(low), points(high)));
        let effect = row.effect.map(|effect| format!("{effect:+.2}").replace('-', "−"));
        let significant = row.p_holm < super::ALPHA;
        vec![
            Cell::text(&row.a),
            Cell::text(&row.b),
            Cell { best: significant, ..Cell::text(points(row.difference)) },
            Cell::text(interval.unwrap_or_default()),
            Cell::text(p_value(row.p)),
            Cell::text(p_value(row.p_holm)),
            Cell::text(effect.unwrap_or_default()),
            Cell::text(row.wins.to_string()),
            Cell::text(row.ties.to_string()),
            Cell::text(row.losses.to_string()),
        ]
    };
    Grid {
        header: header.map(|title: &str| title.to_owned()).to_vec(),
        words: 2,
        rows: family.iter().map(row).collect(),
        ..Grid::default()
    }
}

/// Grids for people, rows for CSV, the model itself for JSON.
pub(super) fn draw<R: Serialize>(
    grids: &[Grid],
    model: &(impl Serialize + ?Sized),
    rows: impl IntoIterator<Item = R>,
    format: Format,
) -> Result<String, TableError> {
    let all = |one: fn(&Grid) -> String| {
        grids.iter().map(one).collect::<Vec<String>>().join("\n")
    };
    let standard_output = Path::new("standard output");
    Ok(match format {
        Format::Text => all(terminal),
        Format::Markdown => all(markdown),
        Format::Latex => all(latex),
        Format::Csv => {
            let text = table_file::text(standard_output, rows)?;
            String::from_utf8_lossy(&text).into_owned()
        }
        Format::Json => {
            let text = serde_json::to_string(model).map_err(|error| TableError::Csv {
                path: standard_output.to_owned(),
                error: std::io::Error::from(error).into(),
            })?;
            text + "\n"
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{board::tests::example, comparison::tests::comparison};

    #[test]
    fn every_format_names_every_system() {
        let boards = example();
        for format in
            [Format::Text, Format::Markdown, Format::Latex, Format::Csv, Format::Json]
        {
            let text = draw_boards(&boards, format).unwrap();
            for name in ["lead", "random", "text-rank", "rouge-2", "keyphrase-map"] {
                assert!(text.contains(name), "{format:?}: {text}");
            }
        }
    }

    #[test]
    fn numbers_keep_their_digits_in_csv() {
        insta::assert_snapshot!(draw_boards(&example()[1..], Format::Csv).unwrap(), @"
        corpus,system,metric,signature,mean,ci_low,ci_high,letters,n,failed,words,rank_low,rank_high,share_of_oracle,docs_per_s,fall_from,fall,fall_low,fall_high,kind,references
        two,text-rank,keyphrase-map,keyphrase-map|v:1,0.2,0.19,0.22,,2,0,61.25,,,,,,,,,system,all
        ");
    }

    #[test]
    fn comparisons_are_in_points_with_the_significant_ones_marked() {
        let rows =
            [comparison("lead", "random", 0.2), comparison("lead", "tail", 0.000_01)];
        insta::assert_snapshot!(draw_comparisons(&rows, Format::Text).unwrap(), @"
         two, rouge-1   against   difference    95 % interval         p   p (Holm)   effect   wins   ties   losses
        ───────────────────────────────────────────────────────────────────────────────────────────────────────────
         lead           random         +1.00   −0.50 to +2.50      0.10       0.20               3      1        2
         lead           tail           +1.00   −0.50 to +2.50   <0.0001    <0.0001               3      1        2
        ");
        assert!(draw_comparisons(&rows, Format::Markdown).unwrap().contains("**+1.00**"));
    }
}
