//! A board as the templates have it: texts, drawings, and numbers by which rows are sorted.

use serde::Serialize;

use epitome_engine::run::SystemKind;
use epitome_metrics::Better;
use epitome_report::{symbol_of_unit, value_in};

use super::{
    bar::ranks_bar,
    board::{Board, BoardMetric, BoardRow, Score},
    command,
    differences::{Mark, Test},
    source::SiteRun,
};

/// The data of the template of a board.
#[derive(Debug, Clone, Serialize)]
pub(super) struct BoardView {
    /// Anchor on the page of the run.
    pub(super) id: String,
    /// Index among all boards of the site.
    pub(super) at: usize,
    pub(super) corpus: String,
    pub(super) task: &'static str,
    pub(super) budget: String,
    pub(super) languages: Vec<String>,
    pub(super) documents: u64,
    pub(super) metric: String,
    /// Address from the index.
    pub(super) link: String,
    pub(super) run: String,
    /// Index of the run.
    run_at: usize,
    /// The best systems with their intervals of ranks.
    pub(super) best: Vec<(String, String)>,
    /// Systems not shown to differ from the best.
    pub(super) near: Vec<String>,
    /// Number of systems shown to be worse.
    pub(super) behind: usize,
    /// Number of systems that were not compared with the best.
    pub(super) untested: usize,
    /// How it was tested.
    pub(super) test: &'static str,
    pub(super) tested: bool,
    metrics: Vec<MetricView>,
    systems: Vec<RowView>,
    references: Vec<RowView>,
    /// Systems that were learnt on documents of the corpus.
    pub(super) learnt_systems: Vec<String>,
    /// What is said of them.
    learnt: Vec<String>,
    failed: bool,
    timed: bool,
    width: usize,
    /// Command that prints a cell, with capital letters for what differs.
    pattern: String,
}

/// A metric of a board.
#[derive(Debug, Clone, Serialize)]
struct MetricView {
    name: String,
    signature: String,
    unit: &'static str,
    better: Option<&'static str>,
    test: &'static str,
}

/// A row of a board.
#[derive(Debug, Clone, Serialize)]
struct RowView {
    system: String,
    /// What is said of a system that was learnt on documents of the corpus.
    learnt: Option<String>,
    verdict: &'static str,
    /// By what rows are sorted in the column of verdicts.
    verdict_sort: u8,
    class: &'static str,
    ranks: String,
    rank_sort: Option<u32>,
    bar: String,
    place: Option<usize>,
    cells: Vec<Option<CellView>>,
    failed: u64,
    words: Option<String>,
    speed: Option<String>,
}

/// The score of a row by a metric.
#[derive(Debug, Clone, Serialize)]
struct CellView {
    sort: Option<f64>,
    text: String,
    half: Option<String>,
    class: &'static str,
    tip: String,
}

/// Returns the view of a board; `at` is its index on the site, `id` its anchor on the page
/// `page` of its run.
pub(super) fn board_view(
    runs: &[SiteRun],
    board: &Board,
    at: usize,
    id: String,
    page: &str,
) -> BoardView {
    let run = &runs[board.run];
    let of_mark = |wanted: Mark| {
        let lines = board.lines.iter();
        lines.filter(move |line| {
            let is_system = line.kind == SystemKind::System;
            is_system && line.first().is_some_and(|score| score.mark == wanted)
        })
    };
    let (references, systems): (Vec<&BoardRow>, Vec<&BoardRow>) = board
        .lines
        .iter()
        .partition(|line| line.kind != SystemKind::System);
    let failed = board
        .lines
        .iter()
        .any(|it| it.first().is_some_and(|it| it.row.failed > 0));
    let timed = board
        .lines
        .iter()
        .any(|it| it.first().is_some_and(|it| speed(it).is_some()));
    let view = |line: &BoardRow| row(run, board, line);

    BoardView {
        link: format!("{page}#{id}"),
        id,
        at,
        corpus: board.corpus.clone(),
        task: board.task_name(),
        budget: board.budget.clone(),
        languages: board.languages_or_unknown(),
        documents: board.documents,
        metric: board.metrics[0].name.clone(),
        run: run.name.clone(),
        run_at: board.run,
        best: of_mark(Mark::Best)
            .map(|line| {
                (
                    line.system.clone(),
                    line.first().map_or(String::new(), ranks_text),
                )
            })
            .collect(),
        near: of_mark(Mark::Near)
            .map(|line| line.system.clone())
            .collect(),
        behind: of_mark(Mark::Behind).count(),
        untested: of_mark(Mark::Unknown).count(),
        test: board.metrics[0].test.words(),
        tested: board.metrics[0].test != Test::Untested,
        metrics: board.metrics.iter().map(metric).collect(),
        width: 5 + board.metrics.len() + usize::from(failed) + usize::from(timed),
        learnt_systems: systems
            .iter()
            .filter(|line| learnt(line).is_some())
            .map(|line| line.system.clone())
            .collect(),
        learnt: systems.iter().filter_map(|line| learnt(line)).collect(),
        systems: systems.into_iter().map(view).collect(),
        references: references.into_iter().map(view).collect(),
        failed,
        timed,
        pattern: command::of_cell(run, board, "SYSTEM", "METRIC"),
    }
}

fn metric(metric: &BoardMetric) -> MetricView {
    MetricView {
        name: metric.name.clone(),
        signature: metric.signature.clone(),
        unit: symbol_of_unit(metric.unit),
        better: match metric.better {
            Better::Higher => Some("higher"),
            Better::Lower => Some("lower"),
            Better::Neither => None,
        },
        test: metric.test.words(),
    }
}

/// Returns the interval of ranks of a score, `1–3`, or `–` if there is none.
pub(super) fn ranks_text(score: &Score) -> String {
    match score.row.rank_low.zip(score.row.rank_high) {
        Some((low, high)) if low == high => low.to_string(),
        Some((low, high)) => format!("{low}–{high}"),
        None => "–".to_owned(),
    }
}

/// Returns the documents per second of a system with the analysis of their texts, or alone.
fn speed(score: &Score) -> Option<f64> {
    score.row.total_docs_per_s.or(score.row.docs_per_s)
}

fn row(run: &SiteRun, board: &Board, line: &BoardRow) -> RowView {
    let first = line.first();
    let mark = first.map_or(Mark::Unknown, |it| it.mark);
    let is_system = line.kind == SystemKind::System;
    let (verdict, verdict_sort) = match mark {
        _ if !is_system => ("", 4),
        Mark::Best => ("best", 0),
        Mark::Near => ("not shown to differ", 1),
        Mark::Behind => ("worse", 2),
        Mark::Unknown => ("unknown", 3),
    };
    let drawn = first.and_then(|score| {
        let (low, high) = score.row.rank_low.zip(score.row.rank_high)?;
        Some(ranks_bar(low, high, score.place, board.systems()))
    });

    RowView {
        system: line.system.clone(),
        learnt: learnt(line),
        verdict,
        verdict_sort,
        class: class(mark),
        ranks: first
            .filter(|_| is_system)
            .map_or(String::new(), ranks_text),
        rank_sort: first.and_then(|it| it.row.rank_low),
        bar: drawn.unwrap_or_default(),
        place: first.and_then(|it| it.place),
        cells: line
            .scores
            .iter()
            .zip(&board.metrics)
            .map(|(score, metric)| {
                let score = score.as_ref()?;
                Some(cell(run, board, line, metric, score))
            })
            .collect(),
        failed: first.map_or(0, |it| it.row.failed),
        words: first
            .and_then(|it| it.row.words)
            .map(|it| format!("{it:.1}")),
        speed: first.and_then(speed).map(|it| format!("{it:.0}")),
    }
}

/// Returns what is said of a system that was learnt on documents of the corpus; `None` if it was
/// not.
pub(super) fn learnt(line: &BoardRow) -> Option<String> {
    let documents = line.first()?.row.learnt_on?;
    let plural = if documents == 1 { "" } else { "s" };
    Some(format!(
        "{} was learnt on this corpus, at least on {documents} document{plural}: this is no score on unseen texts",
        line.system
    ))
}

/// Returns the score of a line by a metric.
fn cell(
    run: &SiteRun,
    board: &Board,
    line: &BoardRow,
    metric: &BoardMetric,
    score: &Score,
) -> CellView {
    let value = |it: f64| value_in(metric.unit, it);
    let bounds = score.row.ci_low.zip(score.row.ci_high);
    let interval = bounds
        .map(|(low, high)| format!("95 % interval {} to {}\n", value(low), value(high)));
    let command = command::of_cell(run, board, &line.system, &metric.name);
    CellView {
        sort: score.row.mean,
        text: score.row.mean.map_or("–".to_owned(), value),
        half: bounds.map(|(low, high)| value((high - low) / 2.0)),
        class: class(score.mark),
        tip: format!(
            "{} by {}, n = {}\n{}{command}",
            line.system,
            metric.name,
            score.row.n,
            interval.unwrap_or_default()
        ),
    }
}

fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::Best => "best",
        Mark::Near => "near",
        Mark::Behind | Mark::Unknown => "",
    }
}
