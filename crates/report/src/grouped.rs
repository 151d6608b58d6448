//! The boards of several corpora as one table: corpora are groups of columns, and so are
//! the averages over them.

use epitome_engine::run::SystemKind;
use epitome_metrics::Task;

use super::{
    across::AcrossStanding,
    board::{Board, REFERENCES},
    board_grid::score,
    grid::{Explained, Grid, GridBlock, GridCell, GridGroup, Part},
    line::{BoardLine, BoardScore, LEARNT},
    same_documents::SameDocuments,
    unit,
};

/// Returns a table for each task. That of one corpus is its board; that of several has a
/// group of columns for each corpus, and one for the macro averages.
pub(super) fn grouped(
    boards: &[Board],
    standings: &[AcrossStanding],
    documents: &SameDocuments,
) -> Vec<Grid> {
    let tasks = [Task::Summaries, Task::Keyphrases];
    let of_task = |task: Task| {
        let own: Vec<&Board> = boards.iter().filter(|it| it.task == task).collect();
        let same = |it: &&Board| names(it) == names(own[0]);
        match own.as_slice() {
            [_, _, ..] if own.iter().all(same) => vec![table(&own, standings, documents)],
            own => own.iter().map(|board| board.grid()).collect(),
        }
    };
    tasks.into_iter().flat_map(of_task).collect()
}

fn names(board: &Board) -> Vec<&str> {
    let metrics = board.metrics.iter();
    metrics.map(|metric| metric.name.as_str()).collect()
}

fn table(
    boards: &[&Board],
    standings: &[AcrossStanding],
    documents: &SameDocuments,
) -> Grid {
    let metrics = &boards[0].metrics;
    let over = |system: &str, metric: &str| {
        standings.iter().find(|row| {
            row.corpus.is_none()
                && (row.system.as_str(), row.metric.as_str()) == (system, metric)
        })
    };
    let has_averages = metrics.iter().any(|metric| {
        let mut rows = standings.iter().filter(|row| row.corpus.is_none());
        rows.any(|row| row.metric == metric.name)
    });
    let titles = short_titles(boards[0]);
    let groups = boards.iter().map(|board| board.corpus.clone());
    let groups = groups.chain(has_averages.then(|| AVERAGES.to_owned()));
    let groups: Vec<GridGroup> = groups
        .enumerate()
        .map(|(at, title)| GridGroup {
            title,
            from: 1 + at * metrics.len(),
            to: 1 + (at + 1) * metrics.len(),
        })
        .collect();
    let header = std::iter::once("system".to_owned());
    let header = header.chain(groups.iter().flat_map(|_| titles.clone()));

    let systems = in_order(boards, |system| over(system, &metrics[0].name));
    let row = |&(system, _): &(&str, SystemKind)| {
        let of_board = |board: &&Board| -> Vec<GridCell> {
            let line = board.lines.iter().find(|line| line.system == system);
            let cells = board.metrics.iter().enumerate().map(|(at, metric)| {
                line.map_or_else(GridCell::default, |line| {
                    score(&line.scores[at], metric.unit)
                })
            });
            cells.collect()
        };
        let averages = metrics.iter().filter(|_| has_averages).map(|metric| {
            let row = over(system, &metric.name);
            row.map_or_else(GridCell::default, average)
        });
        let cells = boards.iter().flat_map(of_board).chain(averages);
        let is_learnt =
            |line: &BoardLine| line.system == system && line.learnt_on.is_some();
        let mut lines = boards.iter().flat_map(|board| &board.lines);
        let sign = if lines.any(is_learnt) { LEARNT } else { "" };
        std::iter::once(GridCell::text(format!("{system}{sign}")))
            .chain(cells)
            .collect()
    };
    let is_system = |(_, kind): &&(&str, SystemKind)| *kind == SystemKind::System;
    let count = systems.iter().take_while(is_system).count();
    let blocks = (count < systems.len()).then(|| GridBlock {
        title: REFERENCES.to_owned(),
        from: count,
    });
    Grid {
        label: format!("corpora-{}", boards[0].task_name()),
        caption: caption(boards),
        header: header.collect(),
        words: 1,
        rows: systems.iter().map(row).collect(),
        legend: legend(boards, has_averages.then_some(documents)),
        notes: notes(boards),
        blocks: blocks.into_iter().collect(),
        groups,
        ..Grid::default()
    }
}

/// The title of the last group.
const AVERAGES: &str = "macro average";

/// Returns the titles of the metrics, without parameters if the names differ without them. The
/// legend has the full names.
fn short_titles(board: &Board) -> Vec<String> {
    let bare = |name: &str| name.split('(').next().unwrap_or(name).to_owned();
    let all: Vec<String> = board.metrics.iter().map(|it| bare(&it.name)).collect();
    let is_unique = |name: &String| all.iter().filter(|it| *it == name).count() == 1;
    let named = board.metrics.iter().zip(&all);
    named
        .map(|(metric, bare)| match is_unique(bare) {
            true => unit::titled(bare, metric.unit),
            false => unit::titled(&metric.name, metric.unit),
        })
        .collect()
}

/// Returns every system once, sorted by mean rank over the corpora, or else in the order of the
/// first corpus that has it. References come last.
fn in_order<'a>(
    boards: &[&'a Board],
    standing: impl Fn(&str) -> Option<&'a AcrossStanding>,
) -> Vec<(&'a str, SystemKind)> {
    let mut systems: Vec<(&str, SystemKind)> = Vec::new();
    for line in boards.iter().flat_map(|board| &board.lines) {
        if !systems.iter().any(|(name, _)| *name == line.system) {
            systems.push((&line.system, line.kind));
        }
    }
    let rank = |name: &str| standing(name).map_or(f64::INFINITY, |it| it.mean_rank);
    systems.sort_by(|(a, of_a), (b, of_b)| {
        let is_reference = |kind: &SystemKind| *kind == SystemKind::Reference;
        let by_kind = is_reference(of_a).cmp(&is_reference(of_b));
        by_kind.then(rank(a).total_cmp(&rank(b)))
    });
    systems
}

/// Returns the cell of a macro average.
fn average(row: &AcrossStanding) -> GridCell {
    let scored = BoardScore {
        mean: row.mean,
        ci_low: row.mean_low,
        ci_high: row.mean_high,
        ..BoardScore::default()
    };
    score(&scored, row.unit)
}

/// Returns the caption: `3 sentences; news, n = 100; papers, n = 50`. The budget is named once if
/// all corpora have the same.
fn caption(boards: &[&Board]) -> String {
    let budget = &boards[0].budget;
    let is_shared = boards.iter().all(|board| board.budget == *budget);
    let of_board = |board: &&Board| match is_shared {
        true => format!("{}, {}", board.corpus, board.counts()),
        false => board.caption(),
    };
    let parts = boards.iter().map(of_board);
    let shared = is_shared.then(|| budget.clone());
    let parts = shared.into_iter().chain(parts);
    parts.collect::<Vec<_>>().join("; ")
}

/// Returns the explanations of all boards, each once, and that of averages, if there are any.
fn legend(boards: &[&Board], documents: Option<&SameDocuments>) -> Vec<Explained> {
    let mut legend: Vec<Explained> = Vec::new();
    let all = boards.iter().flat_map(|board| board.legend(&[]));
    let averages = documents.map(|documents| {
        let corpora = documents.count(boards.iter().map(|board| board.corpus.as_str()));
        let each = match boards.len() > corpora {
            true => " under each of its budgets",
            false => "",
        };
        let text = format!(
            "{AVERAGES}: every corpus{each} has the same weight, ± is for other documents of these corpora"
        );
        Explained::new(Part::Table, text)
    });
    for explained in all.chain(averages) {
        if !legend.contains(&explained) {
            legend.push(explained);
        }
    }
    legend
}

/// Returns the notes of the boards, each with the name of its corpus; notes that all boards have
/// are given once, without a name.
fn notes(boards: &[&Board]) -> Vec<String> {
    let own = |board: &Board| -> Vec<String> {
        board.verdict.iter().chain(&board.notes).cloned().collect()
    };
    let is_shared = |note: &String| boards.iter().all(|board| board.notes.contains(note));
    let of_board = |board: &&Board| -> Vec<String> {
        let notes = own(board).into_iter().filter(|note| !is_shared(note));
        let named = |note: String| {
            let own = note.strip_prefix(&format!("{}: ", board.corpus));
            format!("on {}: {}", board.corpus, own.unwrap_or(&note))
        };
        notes.map(named).collect()
    };
    let shared = boards[0]
        .notes
        .iter()
        .filter(|note| is_shared(note))
        .cloned();
    boards.iter().flat_map(of_board).chain(shared).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::example;

    #[test]
    fn corpora_are_groups_of_columns() {
        let two = example().remove(0);
        let mut other = Board {
            corpus: "papers".to_owned(),
            ..two.clone()
        };

        other.lines.remove(1);
        let grids = grouped(&[two, other], &[], &SameDocuments::default());
        let [grid] = &grids[..] else { panic!() };
        assert_eq!(grid.caption, "3 sentences; two, n = 2; papers, n = 2");
        let groups = grid
            .groups
            .iter()
            .map(|it| (it.title.as_str(), it.from, it.to));

        assert_eq!(
            groups.collect::<Vec<_>>(),
            [("two", 1, 3), ("papers", 3, 5)]
        );

        assert_eq!(grid.header.len(), 5);
        let random = &grid.rows[1];
        assert_eq!(
            (random[0].text.as_str(), random[3].text.as_str()),
            ("random", "")
        );
    }

    #[test]
    fn a_system_that_was_learnt_on_a_corpus_is_marked_beside_its_legend() {
        let mut board = example().remove(0);
        board.lines[1].learnt_on = Some(41);
        let other = Board {
            corpus: "papers".to_owned(),
            ..example().remove(0)
        };
        let grids = grouped(&[board.clone(), other], &[], &SameDocuments::default());
        let names: Vec<&str> = grids[0]
            .rows
            .iter()
            .map(|row| row[0].text.as_str())
            .collect();
        let marked = format!("{}{LEARNT}", board.lines[1].system);
        assert!(names.contains(&marked.as_str()), "{names:?}");
        assert_eq!(names.iter().filter(|name| name.contains(LEARNT)).count(), 1);
    }

    #[test]
    fn parameters_stay_in_a_title_where_they_are_needed() {
        let mut board = example().remove(0);
        board.metrics[0].name = "rouge-1(stemmer=true)".to_owned();
        assert_eq!(short_titles(&board), ["rouge-1", "rouge-2"]);
        board.metrics[1].name = "rouge-1".to_owned();
        assert_eq!(short_titles(&board), ["rouge-1(stemmer=true)", "rouge-1"]);
    }
}
