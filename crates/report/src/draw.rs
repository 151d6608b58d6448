//! Draws tables in five formats.

use std::{borrow::Borrow, path::Path};

use serde::{Deserialize, Serialize};

use epitome_engine::run::SystemKind;
use epitome_metrics::Unit;

use super::{
    across::AcrossStanding,
    board::Board,
    comparison::{Comparison, nothing_to_show},
    grid::{Explained, Grid, GridCell, Part, p_value},
    latex::latex,
    markdown::markdown,
    run_tables::RunTables,
    table_file::{self, TableError},
    terminal::{BEST, terminal},
    unit,
};

/// The format of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TableFormat {
    /// Text for a terminal.
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
#[derive(Clone, Serialize, Deserialize)]
struct BoardRow<'a> {
    corpus: &'a str,
    system: &'a str,
    metric: &'a str,
    signature: &'a str,
    mean: Option<f64>,
    ci_low: Option<f64>,
    ci_high: Option<f64>,
    letters: Option<&'a str>,
    /// Number of documents; `None` for an average over corpora.
    n: Option<u64>,
    failed: Option<u64>,
    words: Option<f64>,
    rank_low: Option<u32>,
    rank_high: Option<u32>,
    share_of_oracle: Option<f64>,
    docs_per_s: Option<f64>,
    change_from: Option<&'a str>,
    change: Option<f64>,
    change_low: Option<f64>,
    change_high: Option<f64>,
    kind: SystemKind,
    /// Whether all references were used, or one was left out in turn.
    references: &'a str,
    run: &'a str,
    budget: &'a str,
    unit: Unit,
    total_docs_per_s: Option<f64>,
    learnt_on: Option<u64>,
    /// Kind of the average over corpora, `macro` or `micro`; `None` in a row of one corpus.
    average: Option<&'a str>,
    mean_rank: Option<f64>,
}

/// Draws the tables of runs: leaderboards, changes of scores on perturbed texts, and averages over
/// corpora. Text has `width` columns.
///
/// # Errors
/// Returns an error if the table does not fit CSV or JSON.
pub fn draw_tables(
    runs: &[RunTables],
    format: TableFormat,
    width: Option<usize>,
) -> Result<String, TableError> {
    #[derive(Serialize)]
    struct Model<'a> {
        boards: Vec<&'a Board>,
        averages: Vec<&'a AcrossStanding>,
    }

    let model = Model {
        boards: runs.iter().flat_map(|run| &run.boards).collect(),
        averages: runs.iter().flat_map(RunTables::averages).collect(),
    };
    let grids = runs.iter().flat_map(|run| match format {
        TableFormat::Latex => run.grouped_grids(),
        _ => run.grids(),
    });
    let rows = runs.iter().flat_map(|run| {
        let boards = run.boards.iter().flat_map(rows_of);
        boards.chain(average_rows(run))
    });
    let grids: Vec<Grid> = grids.collect();
    draw::<BoardRow<'_>, _>(&grids, &model, rows, format, width)
}

/// Returns the rows of a board in CSV, including the human references and systems on the same
/// terms.
fn rows_of(board: &Board) -> impl Iterator<Item = BoardRow<'_>> {
    let lines = board.lines.iter().map(|line| (line, "all"));
    let beside = board.beside_people.iter();
    let beside = beside.map(|line| (line, "one left out"));
    lines.chain(beside).flat_map(move |(line, references)| {
        let scores = line.scores.iter().zip(&board.metrics);
        scores.map(move |(scored, metric)| {
            let change = scored.change.as_ref();
            BoardRow {
                corpus: &board.corpus,
                system: &line.system,
                kind: line.kind,
                references,
                run: &board.run,
                budget: &board.budget,
                unit: metric.unit,
                total_docs_per_s: line.total_docs_per_s,
                learnt_on: line.learnt_on,
                metric: &metric.name,
                signature: &metric.signature,
                mean: scored.mean,
                ci_low: scored.ci_low,
                ci_high: scored.ci_high,
                letters: scored.letters.as_deref(),
                n: Some(scored.n),
                failed: Some(line.failed),
                words: line.words,
                rank_low: scored.rank_low,
                rank_high: scored.rank_high,
                share_of_oracle: scored.share_of_oracle,
                docs_per_s: line.docs_per_s,
                change_from: change.map(|change| change.from.as_str()),
                change: change.map(|change| change.difference),
                change_low: change.and_then(|change| change.ci_low),
                change_high: change.and_then(|change| change.ci_high),
                average: None,
                mean_rank: None,
            }
        })
    })
}

/// Returns two rows for each system and metric of a run of several corpora: the macro average, in
/// which each corpus has the same weight, and the micro average, in which each document has.
fn average_rows(run: &RunTables) -> impl Iterator<Item = BoardRow<'_>> {
    run.averages().flat_map(move |standing| {
        let metrics = run.boards.iter().flat_map(|board| &board.metrics);
        let mut same = metrics.filter(|metric| metric.name == standing.metric);
        let row = BoardRow {
            corpus: "",
            system: &standing.system,
            kind: SystemKind::System,
            references: "all",
            run: &standing.run,
            budget: &standing.budget,
            unit: standing.unit,
            metric: &standing.metric,
            signature: same.next().map_or("", |metric| metric.signature.as_str()),
            rank_low: standing.place_low,
            rank_high: standing.place_high,
            mean: standing.mean,
            ci_low: standing.mean_low,
            ci_high: standing.mean_high,
            letters: None,
            n: None,
            failed: None,
            words: None,
            share_of_oracle: None,
            docs_per_s: None,
            change_from: None,
            change: None,
            change_low: None,
            change_high: None,
            total_docs_per_s: None,
            learnt_on: None,
            average: Some("macro"),
            mean_rank: Some(standing.mean_rank),
        };
        let micro = BoardRow {
            mean: standing.micro_mean,
            ci_low: None,
            ci_high: None,
            average: Some("micro"),
            rank_low: None,
            rank_high: None,
            mean_rank: None,
            ..row.clone()
        };
        [row, micro]
    })
}

/// Draws comparisons of pairs of systems. Text has `width` columns.
///
/// # Errors
/// Returns the errors of [`draw_tables`].
pub fn draw_comparisons(
    rows: &[Comparison],
    format: TableFormat,
    width: Option<usize>,
) -> Result<String, TableError> {
    let families = rows.chunk_by(|a, b| (&a.corpus, &a.metric) == (&b.corpus, &b.metric));
    let grids: Vec<Grid> = families.map(grid).collect();
    draw::<Comparison, _>(&grids, rows, rows, format, width)
}

/// Returns the table of the comparisons on one corpus by one metric.
fn grid(family: &[Comparison]) -> Grid {
    let Comparison {
        corpus,
        metric,
        budget,
        unit,
        ..
    } = &family[0];
    let header = [
        "system",
        "against",
        "difference",
        "95 % interval",
        "p",
        "p (Holm)",
        "effect",
        "wins/ties/losses",
    ];

    let row = |row: &Comparison| {
        let interval = row.ci_low.zip(row.ci_high);
        let interval = interval.map(|bounds| unit::differences(*unit, bounds));
        let effect = row
            .effect
            .map(|effect| format!("{effect:+.2}").replace('-', "−"));
        let significant = row.p_holm < super::ALPHA;
        vec![
            GridCell::text(&row.a),
            GridCell::text(&row.b),
            GridCell {
                best: significant,
                ..GridCell::text(unit::difference(*unit, row.difference))
            },
            GridCell::text(interval.unwrap_or_default()),
            GridCell::text(p_value(row.p) + mark(row)),
            GridCell::text(p_value(row.p_holm)),
            GridCell::text(effect.unwrap_or_default()),
            GridCell::text(format!("{}/{}/{}", row.wins, row.ties, row.losses)),
        ]
    };

    let documents = family
        .iter()
        .map(|row| row.wins + row.ties + row.losses)
        .max();

    let parts = [
        corpus.clone(),
        budget.clone(),
        metric.clone(),
        format!("differences in {}", unit::symbol_of_differences(*unit)),
        format!("n = {}", documents.unwrap_or(0)),
    ];
    let parts = parts.into_iter().filter(|part| !part.is_empty());

    Grid {
        caption: parts.collect::<Vec<_>>().join(", "),
        header: header.map(|title: &str| title.to_owned()).to_vec(),
        words: 2,
        rows: family.iter().map(row).collect(),
        legend: legend(family),
        notes: marked(family),
        dispensable: [6, 7, 4].map(Part::Column).to_vec(),
        ..Grid::default()
    }
}

/// Returns the explanations of the columns of a comparison.
fn legend(family: &[Comparison]) -> Vec<Explained> {
    let is_shown = family.iter().any(|row| row.p_holm < super::ALPHA);
    let pairs = family.len();

    let explained = [
        (
            Part::Table,
            "difference: mean of the system minus that of the other".to_owned(),
        ),
        (
            Part::Table,
            if is_shown {
                format!("{BEST} p (Holm) is below 0.05")
            } else {
                String::new()
            },
        ),
        (
            Part::Column(5),
            match pairs {
                1 => "p (Holm): one pair, so not corrected; if it was chosen from several, compare all of them".to_owned(),
                _ => format!("p (Holm): corrected over {pairs} pairs"),
            },
        ),
        (
            Part::Column(6),
            "effect: in standard deviations of the documents' differences".to_owned(),
        ),
        (
            Part::Column(7),
            "wins: documents on which the system is better; intervals are not corrected".to_owned(),
        ),
    ];

    let explained = explained.into_iter().filter(|(_, text)| !text.is_empty());
    explained
        .map(|(part, text)| Explained::new(part, text))
        .collect()
}

/// Returns a dagger if interval and p-value disagree, a double one if p shows the difference.
fn mark(row: &Comparison) -> &'static str {
    match (&row.note, row.p < super::ALPHA) {
        (None, _) => "",
        (Some(_), false) => " †",
        (Some(_), true) => " ‡",
    }
}

/// Returns the notes that the daggers refer to, each once, and a note if no difference can be
/// shown.
fn marked(family: &[Comparison]) -> Vec<String> {
    let of_mark = |wanted: &str| {
        let row = family.iter().find(|row| mark(row) == wanted)?;
        Some(format!("{} {}", wanted.trim(), row.note.as_deref()?))
    };
    let nothing = nothing_to_show(family, &family[0].corpus, &family[0].metric);
    [of_mark(" †"), of_mark(" ‡"), nothing]
        .into_iter()
        .flatten()
        .collect()
}

/// Draws a table of texts as text of `width` columns, Markdown or LaTeX. Returns nothing in CSV and
/// JSON.
pub fn draw_grid(grid: &Grid, format: TableFormat, width: Option<usize>) -> String {
    match format {
        TableFormat::Text => terminal(grid, width),
        TableFormat::Markdown => markdown(grid),
        TableFormat::Latex => latex(grid),
        TableFormat::Csv | TableFormat::Json => String::new(),
    }
}

/// Draws `grids` as text, Markdown or LaTeX, `rows` as CSV, or `model` as JSON.
pub(super) fn draw<R, I>(
    grids: &[Grid],
    model: &(impl Serialize + ?Sized),
    rows: impl IntoIterator<Item = I>,
    format: TableFormat,
    width: Option<usize>,
) -> Result<String, TableError>
where
    R: Serialize + Deserialize<'static>,
    I: Borrow<R>,
{
    let all = |one: &dyn Fn(&Grid) -> String| {
        grids.iter().map(one).collect::<Vec<String>>().join("\n")
    };
    let standard_output = Path::new("standard output");
    Ok(match format {
        TableFormat::Text => all(&|grid| terminal(grid, width)),
        TableFormat::Markdown => all(&markdown),
        TableFormat::Latex => all(&latex),
        TableFormat::Csv => {
            let text = table_file::text::<R, I>(standard_output, rows)?;
            String::from_utf8_lossy(&text).into_owned()
        }
        TableFormat::Json => {
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
    use crate::{board::tests::example, comparison::tests::comparison};

    #[test]
    fn every_format_names_every_system() {
        let runs = [RunTables {
            boards: example(),
            ..RunTables::default()
        }];
        for format in [
            TableFormat::Text,
            TableFormat::Markdown,
            TableFormat::Latex,
            TableFormat::Csv,
            TableFormat::Json,
        ] {
            let text = draw_tables(&runs, format, None).unwrap();
            for name in ["lead", "random", "text-rank", "rouge-2", "keyphrase-map"] {
                assert!(text.contains(name), "{format:?}: {text}");
            }
        }
    }

    #[test]
    fn numbers_keep_their_digits_in_csv() {
        let runs = [RunTables {
            boards: example()[1..].to_vec(),
            ..RunTables::default()
        }];
        insta::assert_snapshot!(draw_tables(&runs, TableFormat::Csv, None).unwrap(), @"
        corpus,system,metric,signature,mean,ci_low,ci_high,letters,n,failed,words,rank_low,rank_high,share_of_oracle,docs_per_s,change_from,change,change_low,change_high,kind,references,run,budget,unit,total_docs_per_s,learnt_on,average,mean_rank
        two,text-rank,keyphrase-map,keyphrase-map|v:1,0.2,0.19,0.22,,2,0,61.25,,,,,,,,,system,all,0123456789,3 sentences,share,,,,
        ");
    }

    #[test]
    fn comparisons_are_in_points_with_the_significant_ones_marked() {
        let rows = [
            comparison("lead", "random", 0.2),
            comparison("lead", "tail", 0.000_01),
        ];
        insta::assert_snapshot!(draw_comparisons(&rows, TableFormat::Text, None).unwrap(), @"
         two, 3 sentences, rouge-1, differences in points, n = 6
         system   against   difference    95 % interval         p   p (Holm)   effect   wins/ties/losses
        ─────────────────────────────────────────────────────────────────────────────────────────────────
         lead     random        +1.00    −0.50 to +2.50      0.10       0.20                       3/1/2
         lead     tail          +1.00*   −0.50 to +2.50   <0.0001    <0.0001                       3/1/2
         difference: mean of the system minus that of the other; * p (Holm) is below 0.05; p (Holm): corrected over 2 pairs; effect: in standard deviations of the documents' differences; wins: documents on which the system is better; intervals are not corrected
        ");
        assert!(
            draw_comparisons(&rows, TableFormat::Markdown, None)
                .unwrap()
                .contains("**+1.00**")
        );
    }
}
