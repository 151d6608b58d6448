//! Boards: the rows of a run on one corpus, for one task under one budget.

use epitome_engine::run::SystemKind;
use epitome_metrics::{Better, Task, Unit};
use epitome_report::Row;

use super::{
    differences::{Mark, Test, marks},
    languages::codes,
    places::{direction, places},
    source::SiteRun,
};

/// What a run says of systems on one corpus, for one task under one budget.
#[derive(Debug, Clone)]
pub(super) struct Board {
    /// Index of the run.
    pub(super) run: usize,
    pub(super) corpus: String,
    pub(super) task: Task,
    pub(super) budget: String,
    /// Codes of the languages of the documents, the most frequent first; none if unknown.
    pub(super) languages: Vec<String>,
    /// Number of documents of the first metric.
    pub(super) documents: u64,
    pub(super) metrics: Vec<BoardMetric>,
    /// Systems by their ranks under the first metric, and after them the references.
    pub(super) lines: Vec<BoardRow>,
}

/// A metric of a board.
#[derive(Debug, Clone)]
pub(super) struct BoardMetric {
    pub(super) name: String,
    pub(super) signature: String,
    pub(super) unit: Unit,
    pub(super) better: Better,
    pub(super) test: Test,
}

/// A system of a board.
#[derive(Debug, Clone)]
pub(super) struct BoardRow {
    pub(super) system: String,
    pub(super) kind: SystemKind,
    /// Scores in the order of the metrics; `None` where the leaderboard has no row.
    pub(super) scores: Vec<Option<Score>>,
}

/// The row of the leaderboard for a system by a metric, with what follows from the others.
#[derive(Debug, Clone)]
pub(super) struct Score {
    pub(super) row: Row,
    pub(super) place: Option<usize>,
    pub(super) mark: Mark,
}

impl BoardRow {
    /// Returns the score by the first metric.
    pub(super) fn first(&self) -> Option<&Score> {
        self.scores.first().and_then(Option::as_ref)
    }
}

impl Board {
    /// Returns the name of the task.
    pub(super) fn task_name(&self) -> &'static str {
        match self.task {
            Task::Summaries => "summaries",
            Task::Keyphrases => "keyphrases",
        }
    }

    /// Returns the languages as one text for a filter: codes with spaces, or `unknown`.
    pub(super) fn languages_or_unknown(&self) -> Vec<String> {
        match self.languages.is_empty() {
            true => vec!["unknown".to_owned()],
            false => self.languages.clone(),
        }
    }

    /// Returns the number of systems, without references.
    pub(super) fn systems(&self) -> usize {
        let systems = self.lines.iter();
        systems.filter(|it| it.kind == SystemKind::System).count()
    }
}

/// Returns the boards of a run, in the order of the leaderboard; `at` is its index. Systems of a task
/// for which a corpus has no references were run on it and have no mean: they make no board.
pub(super) fn boards(at: usize, run: &SiteRun) -> Vec<Board> {
    let mut keys: Vec<(&str, &str, Task)> = Vec::new();
    for row in run.rows.iter().filter(|row| row.mean.is_some()) {
        let key = (row.corpus.as_str(), row.budget.as_str(), task(run, row));
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.into_iter().map(|key| board(at, run, key)).collect()
}

/// Returns the task of a row: that of its metric in the manifest, or, where that was not kept,
/// what its budget counts.
fn task(run: &SiteRun, row: &Row) -> Task {
    let metrics = run.manifest.iter().flat_map(|it| &it.metrics);
    let recorded = metrics.into_iter().find(|it| it.name == row.metric);
    match recorded {
        Some(recipe) => recipe.task,
        None if row.budget.ends_with("keyphrases") => Task::Keyphrases,
        None => Task::Summaries,
    }
}

/// Returns the board of the rows of a corpus, budget and task.
fn board(at: usize, run: &SiteRun, (corpus, budget, of): (&str, &str, Task)) -> Board {
    let own = run.rows.iter().filter(|row| {
        row.corpus == corpus && row.budget == budget && task(run, row) == of
    });
    let own: Vec<&Row> = own.collect();
    let mut names: Vec<&str> = Vec::new();
    let mut systems: Vec<(&str, SystemKind)> = Vec::new();
    for row in &own {
        if !names.contains(&row.metric.as_str()) {
            names.push(&row.metric);
        }
        if systems.iter().all(|(name, _)| *name != row.system) {
            systems.push((&row.system, row.kind));
        }
    }

    let mut metrics = Vec::new();
    let mut columns: Vec<Vec<Score>> = Vec::new();
    for name in names {
        let rows: Vec<&Row> =
            own.iter().copied().filter(|it| it.metric == name).collect();
        let better = direction(run.manifest.as_ref(), &rows);
        let (marked, test) = marks(better, &rows, &run.comparisons, &run.standings);
        let placed = places(better, &rows);
        let scores = rows.iter().zip(marked).zip(placed);
        let scores = scores.map(|((row, mark), place)| Score {
            row: (*row).clone(),
            place,
            mark,
        });
        metrics.push(BoardMetric {
            name: name.to_owned(),
            signature: rows[0].signature.clone(),
            unit: rows[0].unit,
            better,
            test,
        });
        columns.push(scores.collect());
    }

    let lines = systems.into_iter().map(|(system, kind)| BoardRow {
        system: system.to_owned(),
        kind,
        scores: columns
            .iter()
            .map(|column| column.iter().find(|it| it.row.system == system).cloned())
            .collect(),
    });
    let mut lines: Vec<BoardRow> = lines.collect();
    lines.sort_by_key(order);

    let counted = lines.iter().filter_map(BoardRow::first);
    Board {
        run: at,
        corpus: corpus.to_owned(),
        task: of,
        budget: budget.to_owned(),
        languages: codes(&run.languages, corpus),
        documents: counted.map(|score| score.row.n).max().unwrap_or(0),
        metrics,
        lines,
    }
}

/// Returns by what lines are sorted: references last; the interval of ranks, then the place.
fn order(line: &BoardRow) -> (bool, u32, u32, usize) {
    let is_reference = line.kind != SystemKind::System;
    let last = (u32::MAX, u32::MAX, usize::MAX);
    let (low, high, place) = line.first().map_or(last, |score| {
        let (low, high) = (score.row.rank_low, score.row.rank_high);
        (
            low.unwrap_or(u32::MAX),
            high.unwrap_or(u32::MAX),
            score.place.unwrap_or(usize::MAX),
        )
    });
    (is_reference, low, high, place)
}
