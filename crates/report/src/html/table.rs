//! A board as a table of the page: texts to read, and numbers by which rows are sorted.

use serde::Serialize;

use crate::{
    board::{Board, REFERENCES},
    board_grid::{HUMAN_ABOUT, failed_throughout, length_about},
    grid::{short, thousands},
    line::{BoardLine, BoardScore, LEARNT},
    unit,
};
use epitome_engine::run::SystemKind;
use epitome_metrics::{Better, Task, Unit};

use super::charts::{Estimate, Hue, interval};

/// The data of the template of a table.
#[derive(Debug, Clone, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a column, shown or not"
)]
pub(super) struct BoardTable {
    metrics: Vec<Head>,
    /// Groups of rows: the systems, the references, the human references.
    blocks: Vec<BlockView>,
    /// Whether there is a column for the share of the oracle.
    shared: bool,
    /// Whether there is a column for ranks.
    ranked: bool,
    /// Whether there is a column for the speed of systems.
    timed: bool,
    /// Whether there is a column for the speed with the analysis of texts.
    totalled: bool,
    /// Whether there is a column for failed documents.
    failed: bool,
    /// Corpus, budget and number of documents.
    caption: String,
    /// Units and stemmers of the metrics.
    variants: String,
    /// Explanations of the marks.
    signs: Vec<&'static str>,
    /// Sentence that names the best system.
    verdict: Option<String>,
    /// Number of columns.
    width: usize,
    /// Notes below the table.
    notes: Vec<String>,
}

/// A group of rows.
#[derive(Debug, Clone, Serialize)]
struct BlockView {
    /// Title of the group; empty for the systems.
    title: String,
    rows: Vec<RowView>,
}

/// The heading of the column of a metric.
#[derive(Debug, Clone, Serialize)]
struct Head {
    name: String,
    unit: &'static str,
    signature: String,
    /// `higher`, `lower`, or `None` without a direction.
    better: Option<&'static str>,
}

/// The row of a system.
#[derive(Debug, Clone, Serialize)]
struct RowView {
    system: String,
    /// Sign of a system that was learnt on documents of the corpus.
    learnt: Option<&'static str>,
    hue: Option<usize>,
    cells: Vec<CellView>,
    /// SVG of the first score with its interval.
    bar: String,
    /// Range of ranks as text.
    ranks: String,
    /// Best rank, by which rows are sorted.
    rank: Option<u32>,
    /// Share of the oracle.
    share: Value,
    words: Value,
    speed: Value,
    total: Value,
    failed: u64,
}

/// The cell of a score.
#[derive(Debug, Clone, Serialize)]
struct CellView {
    /// Mean, by which rows are sorted.
    mean: Option<f64>,
    /// Mean as text.
    text: String,
    /// Half of the width of the interval as text.
    half: Option<String>,
    letters: String,
    best: bool,
    near: bool,
    /// Text that is shown under the pointer.
    tip: String,
}

/// A number and its text; the number is `None` if it is unknown.
#[derive(Debug, Clone, Serialize)]
struct Value {
    sort: Option<f64>,
    text: String,
}

/// Returns the colour of each line of a board. Colours go to the references, to `lead`, and to the
/// best of the other systems; the rest is grey.
pub(super) fn hues(board: &Board) -> Vec<Hue> {
    let is_anchor =
        |line: &BoardLine| line.kind == SystemKind::Reference || line.system == "lead";
    let mut rest = Hue::COUNT - board.lines.iter().filter(|line| is_anchor(line)).count();

    let mut next = 0;
    let marked = board.lines.iter().map(|line| {
        if !is_anchor(line) {
            if rest == 0 {
                return Hue(None);
            }
            rest -= 1;
        }
        next += 1;
        Hue(Some(next - 1))
    });
    marked.collect()
}

/// Returns the table of a board.
pub(super) fn board_table(board: &Board) -> BoardTable {
    let first = || {
        let lines = board.lines.iter().chain(&board.beside_people);
        lines.map(|line| &line.scores[0])
    };
    let unit = board.metrics[0].unit;
    let axis = first()
        .flat_map(|scored| [scored.mean, scored.ci_low, scored.ci_high])
        .flatten()
        .map(|value| unit::scaled(unit, value))
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });

    let shared = first().any(|scored| scored.share_of_oracle.is_some());
    let ranked = first().any(|scored| scored.rank_low.is_some());
    let timed = board.lines.iter().any(|line| line.docs_per_s.is_some());
    let totalled = board
        .lines
        .iter()
        .any(|line| line.total_docs_per_s.is_some());
    let failed = board.lines.iter().any(|line| line.failed > 0);
    // the bar of the first score and the length of outputs are always there
    let extra = [true, shared, ranked, true, timed, totalled, failed];

    BoardTable {
        metrics: board
            .metrics
            .iter()
            .map(|metric| Head {
                name: metric.name.clone(),
                unit: unit::symbol(metric.unit),
                signature: metric.signature.clone(),
                better: match metric.better {
                    Better::Higher => Some("higher"),
                    Better::Lower => Some("lower"),
                    Better::Neither => None,
                },
            })
            .collect(),
        blocks: blocks(board, axis),
        notes: board.notes.clone(),
        width: 1 + board.metrics.len() + extra.iter().filter(|shown| **shown).count(),
        shared,
        ranked,
        timed,
        totalled,
        failed,
        caption: board.caption(),
        variants: board.variants(),
        signs: signs(board),
        verdict: board.verdict.clone(),
    }
}

/// Returns the groups of rows that are not empty.
fn blocks(board: &Board, axis: (f64, f64)) -> Vec<BlockView> {
    let hues = hues(board);
    let rows = |line: &BoardLine| {
        let own = board
            .lines
            .iter()
            .position(|other| other.system == line.system);
        row(board, line, own.map_or(Hue(None), |at| hues[at]), axis)
    };
    let of_kind =
        |kind: SystemKind| board.lines.iter().filter(move |line| line.kind == kind);

    let blocks = [
        (
            String::new(),
            of_kind(SystemKind::System).map(rows).collect(),
        ),
        (
            REFERENCES.to_owned(),
            of_kind(SystemKind::Reference).map(rows).collect(),
        ),
        (
            board.people_title(),
            board.beside_people.iter().map(rows).collect(),
        ),
    ];
    let blocks = blocks
        .into_iter()
        .filter(|(_, rows): &(_, Vec<RowView>)| !rows.is_empty());
    blocks
        .map(|(title, rows)| BlockView { title, rows })
        .collect()
}

/// Returns the row of a line; `axis` is the range of values of the first metric in its unit.
fn row(board: &Board, line: &BoardLine, hue: Hue, axis: (f64, f64)) -> RowView {
    let first = &line.scores[0];
    let unit = board.metrics[0].unit;
    let cells = line.scores.iter().zip(&board.metrics);
    let bar = estimate(first, unit).map(|score| interval(score, axis).finish());
    let value = |known: Option<f64>, text: fn(f64) -> String| Value {
        sort: known,
        text: known.map_or("–".to_owned(), text),
    };

    RowView {
        system: line.system.clone(),
        learnt: line.learnt_on.map(|_| LEARNT),
        hue: hue.0,
        cells: cells
            .map(|(scored, metric)| cell(scored, metric.unit))
            .collect(),
        bar: bar.unwrap_or_default(),
        ranks: match (first.rank_low, first.rank_high) {
            (Some(low), Some(high)) if low == high => low.to_string(),
            (Some(low), Some(high)) => format!("{low}–{high}"),
            _ => "–".to_owned(),
        },
        rank: first.rank_low,
        share: value(first.share_of_oracle, |share| {
            format!("{:.1} %", 100.0 * share).replace('-', "−")
        }),
        words: value(line.words, |words| format!("{words:.1}")),
        speed: value(line.docs_per_s, thousands),
        total: value(line.total_docs_per_s, thousands),
        failed: line.failed,
    }
}

/// Returns a score with its interval in the unit in which it is printed; `None` without a mean, or if every
/// output failed.
pub(super) fn estimate(scored: &BoardScore, unit: Unit) -> Option<Estimate> {
    let scaled = |value: f64| unit::scaled(unit, value);
    let bounds = scored.ci_low.zip(scored.ci_high);
    let bounds = bounds.map(|(low, high)| (scaled(low), scaled(high)));
    let mean = scored.mean.filter(|_| scored.all_failed.is_none());
    mean.map(|mean| Estimate {
        value: scaled(mean),
        bounds,
    })
}

/// Returns an explanation of each mark that occurs in a board.
fn signs(board: &Board) -> Vec<&'static str> {
    let any = |is: fn(&BoardScore) -> bool| {
        board.lines.iter().flat_map(|line| &line.scores).any(is)
    };

    let signs = [
        (
            any(|it| it.ci_low.is_some()),
            "± is half the width of the 95 % interval of the mean",
        ),
        (any(|it| it.best), "green and bold is the best system"),
        (
            any(|it| it.near),
            "green alone is not shown to differ from it",
        ),
        (
            any(|it| it.letters.is_some()),
            "two systems that share no letter differ (paired randomisation, Holm, 5 %)",
        ),
        (board.has_people(), HUMAN_ABOUT),
        (board.task == Task::Keyphrases, length_about(board.task)),
    ];

    signs
        .into_iter()
        .filter_map(|(is_there, text)| is_there.then_some(text))
        .collect()
}

/// Returns the cell of a score.
fn cell(scored: &BoardScore, unit: Unit) -> CellView {
    let interval = scored.ci_low.zip(scored.ci_high);
    let tip = interval.map_or(String::new(), |bounds| {
        format!("95 % interval {}, ", unit::range(unit, bounds))
    });
    let mean = scored
        .mean
        .map_or("–".to_owned(), |mean| unit::value(unit, mean));
    CellView {
        mean: scored.mean,
        text: scored.all_failed.map_or(mean, failed_throughout),
        half: interval.map(|bounds| unit::half(unit, bounds)),
        letters: short(scored.letters.as_deref().unwrap_or_default(), "–"),
        best: scored.best,
        near: scored.near,
        tip: format!("{tip}{} documents", scored.n),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::example;

    #[test]
    fn a_row_has_texts_and_the_numbers_by_which_it_is_sorted() {
        let table = board_table(&example()[0]);
        let [BlockView { rows, .. }] = &table.blocks[..] else {
            panic!()
        };
        assert_eq!((table.metrics.len(), rows.len(), table.width), (2, 2, 7));
        let lead = &rows[0];
        assert_eq!(
            (lead.cells[0].text.as_str(), lead.cells[0].mean),
            ("30.80", Some(0.308))
        );
        assert_eq!(lead.cells[0].half.as_deref(), Some("1.50"));
        assert_eq!(
            lead.cells[0].tip,
            "95 % interval 29.80 to 32.80, 2 documents"
        );
        assert_eq!((lead.speed.text.as_str(), lead.failed), ("1,234,567", 0));
        assert!(lead.bar.starts_with("<svg") && lead.cells[0].best);
        assert_eq!(rows[1].speed.text, "–");
    }

    #[test]
    fn the_best_systems_lead_and_references_have_colours() {
        let mut board = example().remove(0);
        let line = board.lines[1].clone();
        board.lines = (0..12)
            .map(|at| {
                let system = if at == 11 {
                    "lead".to_owned()
                } else {
                    format!("s{at}")
                };
                BoardLine {
                    system,
                    ..line.clone()
                }
            })
            .collect();
        let hues = hues(&board);
        assert_eq!(hues[6], Hue(Some(6)));
        assert_eq!((hues[7], hues[11]), (Hue(None), Hue(Some(7))));
    }
}
