//! The field: systems beside each other over all boards of a task.

use serde::Serialize;

use epitome_engine::run::SystemKind;
use epitome_metrics::Task;
use epitome_report::value_in;

use super::{
    board::Board,
    board_view::{learnt, ranks_text},
    command,
    differences::Mark,
    source::SiteRun,
};

/// The systems of a task over its boards, for the template.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Field {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) columns: Vec<FieldColumn>,
    rows: Vec<FieldRow>,
}

/// A board as a column, for the template.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FieldColumn {
    /// Index of the board among all boards.
    pub(super) board: usize,
    corpus: String,
    budget: String,
    run: String,
    link: String,
    systems: usize,
}

/// A system, for the template.
#[derive(Debug, Clone, Serialize)]
struct FieldRow {
    system: String,
    /// Number of boards on which the system is in the best group.
    best: usize,
    /// Number of boards that have the system and a test.
    of: usize,
    cells: Vec<Option<FieldCell>>,
}

/// A system on a board, for the template.
#[derive(Debug, Clone, Serialize)]
struct FieldCell {
    board: usize,
    /// Interval of ranks, or the place with a tilde before it if there is no interval.
    ranks: String,
    /// Rank by which rows are sorted.
    sort: Option<u32>,
    class: &'static str,
    near: bool,
    tested: bool,
    /// Whether the system was learnt on documents of the corpus.
    learnt: bool,
    /// Place, mean, interval and command, a line each.
    tip: String,
}

/// Returns the fields of the tasks that have boards; `links` are the addresses of all boards.
pub(super) fn fields(runs: &[SiteRun], boards: &[Board], links: &[String]) -> Vec<Field> {
    let tasks = [
        (
            Task::Summaries,
            "summaries",
            "Summaries: systems over corpora",
        ),
        (
            Task::Keyphrases,
            "keyphrases",
            "Keyphrases: systems over corpora",
        ),
    ];
    let fields = tasks.map(|(task, id, title)| {
        let own = (0..boards.len()).filter(|&at| boards[at].task == task);
        let own: Vec<usize> = own.collect();
        let column = |&at: &usize| FieldColumn {
            board: at,
            corpus: boards[at].corpus.clone(),
            budget: boards[at].budget.clone(),
            run: runs[boards[at].run].name.clone(),
            link: links[at].clone(),
            systems: boards[at].systems(),
        };
        Field {
            id,
            title,
            columns: own.iter().map(column).collect(),
            rows: rows(runs, boards, &own),
        }
    });
    fields
        .into_iter()
        .filter(|it| !it.columns.is_empty())
        .collect()
}

/// Returns the systems of the boards `own`: those that are in the best group most often first,
/// then those on more boards, then by name.
fn rows(runs: &[SiteRun], boards: &[Board], own: &[usize]) -> Vec<FieldRow> {
    let mut names: Vec<&str> = own
        .iter()
        .flat_map(|&at| &boards[at].lines)
        .filter(|line| line.kind == SystemKind::System)
        .map(|line| line.system.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();

    let rows = names.into_iter().map(|system| {
        let cells = own.iter().map(|&at| cell(runs, boards, at, system));
        let cells: Vec<Option<FieldCell>> = cells.collect();
        let known = || cells.iter().flatten();
        FieldRow {
            system: system.to_owned(),
            // a score on what a system was learnt on says nothing of it
            best: known().filter(|it| it.near && !it.learnt).count(),
            of: known().filter(|it| it.tested && !it.learnt).count(),
            cells,
        }
    });
    let mut rows: Vec<FieldRow> = rows.collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.best), std::cmp::Reverse(row.of)));
    rows
}

/// Returns the cell of a system on a board; `None` if the system was not run on it.
fn cell(
    runs: &[SiteRun],
    boards: &[Board],
    at: usize,
    system: &str,
) -> Option<FieldCell> {
    let board = &boards[at];
    let mut systems = board
        .lines
        .iter()
        .filter(|it| it.kind == SystemKind::System);
    let line = systems.find(|it| it.system == system)?;
    let score = line.first()?;
    let metric = &board.metrics[0];

    let mut tip = vec![format!("{system} on {} by {}", board.corpus, metric.name)];
    if let Some(place) = score.place {
        tip.push(format!("place {place} of {}", board.systems()));
    }
    if let Some(mean) = score.row.mean {
        let bounds = score.row.ci_low.zip(score.row.ci_high).map(|(low, high)| {
            let [low, high] = [low, high].map(|it| value_in(metric.unit, it));
            format!(" ({low} to {high})")
        });
        let mean = value_in(metric.unit, mean);
        tip.push(format!("mean {mean}{}", bounds.unwrap_or_default()));
    }
    let learnt = learnt(line);
    tip.extend(learnt.clone());
    tip.push(command::of_cell(
        &runs[board.run],
        board,
        system,
        &metric.name,
    ));

    let class = match score.mark {
        Mark::Best => "best",
        Mark::Near => "near",
        Mark::Behind | Mark::Unknown => "",
    };
    Some(FieldCell {
        board: at,
        ranks: ranks_text(score),
        sort: score.row.rank_low,
        class,
        near: score.mark.is_in_best_group(),
        tested: score.mark != Mark::Unknown,
        learnt: learnt.is_some(),
        tip: tip.join("\n"),
    })
}
