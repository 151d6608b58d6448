//! Boards: the parts of the leaderboard from which all tables are made.

use serde::Serialize;

use epitome_engine::run::{MetricRecipe, SystemKind, Unread, unread_notes};
use epitome_metrics::{Better, Task};

use super::{
    comparison::{Comparison, disagreements, letters_of, nothing_to_show},
    leaderboard::{Leaderboard, Row},
    line::{BoardLine, BoardScore, all_failed, learnt_note},
    verdict::verdict,
};

/// The results on one corpus by the metrics of one task.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Board {
    /// Name of the corpus.
    pub corpus: String,
    /// Digest that identifies the run.
    pub run: String,
    /// Budget as text, such as `3 sentences`.
    pub budget: String,
    /// Task of the systems.
    pub task: Task,
    /// Sentence that names the best system by the first metric.
    pub verdict: Option<String>,
    /// Metrics.
    pub metrics: Vec<MetricRecipe>,
    /// Systems, the best by the first metric first, and after them the oracle and the human
    /// references.
    pub lines: Vec<BoardLine>,
    /// Notes that qualify the numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Human references and systems on the same terms: over the documents with several
    /// references, with each reference left out in turn.
    pub beside_people: Vec<BoardLine>,
}

/// Returns the boards of a leaderboard in the order of the corpora; `metrics` are those of the run.
pub fn boards(
    leaderboard: &Leaderboard,
    comparisons: &[Comparison],
    metrics: &[MetricRecipe],
) -> Vec<Board> {
    let mut boards = Vec::new();
    for corpus in leaderboard.rows.chunk_by(|a, b| a.corpus == b.corpus) {
        for task in [Task::Summaries, Task::Keyphrases] {
            let of_task = metrics.iter().filter(|metric| metric.task == task);
            let columns: Vec<(&MetricRecipe, &[Row])> = of_task
                .filter_map(|metric| {
                    let rows = corpus
                        .chunk_by(|a, b| a.metric == b.metric)
                        .find(|rows| rows[0].metric == metric.name)?;
                    Some((metric, rows))
                })
                .collect();

            if !columns.is_empty() {
                let beside = columns_of(&leaderboard.beside_people, corpus, &columns);
                boards.push(Board {
                    beside_people: beside_people(&beside),
                    ..board(task, &columns, comparisons)
                });
            }
        }
    }
    boards
}

/// Adds to each board of summaries a note on letters of the references that its metrics drop.
pub fn add_unread(boards: &mut [Board], unread: &[Unread]) {
    for board in boards
        .iter_mut()
        .filter(|board| board.task == Task::Summaries)
    {
        let own = unread.iter().filter(|unread| unread.corpus == board.corpus);
        let own: Vec<Unread> = own.cloned().collect();
        board.notes.extend(unread_notes(&own));
    }
}

/// Returns the rows among `rows` that are of the given corpus, for each metric of `columns`; none
/// for a metric without such rows.
fn columns_of<'a>(
    rows: &'a [Row],
    corpus: &[Row],
    columns: &[(&'a MetricRecipe, &[Row])],
) -> Vec<(&'a MetricRecipe, &'a [Row])> {
    columns
        .iter()
        .map(|(metric, _)| {
            let found = rows
                .chunk_by(|a, b| (&a.corpus, &a.metric) == (&b.corpus, &b.metric))
                .find(|rows| {
                    rows[0].corpus == corpus[0].corpus && rows[0].metric == metric.name
                });
            (*metric, found.unwrap_or_default())
        })
        .collect()
}

/// Returns the human references and the systems on the same terms, the best by the first metric
/// first; empty if there are no such rows.
fn beside_people(columns: &[(&MetricRecipe, &[Row])]) -> Vec<BoardLine> {
    let mut known = columns.iter().filter(|(_, rows)| !rows.is_empty());
    let Some((metric, first)) = known.next() else {
        return Vec::new();
    };

    let order = best_first(metric.better, first).into_iter();
    let lines = order.map(|at| {
        let row = &first[at];
        let scores = columns.iter().map(|(metric, rows)| {
            let found = rows.iter().find(|other| other.system == row.system);
            found.map_or_else(BoardScore::default, |row| BoardScore::of(metric, row))
        });
        BoardLine {
            system: row.system.clone(),
            kind: row.kind,
            scores: scores.collect(),
            failed: row.failed,
            words: None,
            docs_per_s: None,
            total_docs_per_s: None,
            learnt_on: row.learnt_on,
        }
    });
    lines.collect()
}

/// Returns the board of the rows of one corpus by the metrics of one task.
fn board(
    task: Task,
    columns: &[(&MetricRecipe, &[Row])],
    comparisons: &[Comparison],
) -> Board {
    let first = columns[0].1;
    let scored: Vec<Vec<BoardScore>> = columns
        .iter()
        .map(|(metric, rows)| column(metric, rows, comparisons))
        .collect();

    let (mut order, references): (Vec<usize>, Vec<usize>) =
        best_first(columns[0].0.better, first)
            .into_iter()
            .partition(|&at| first[at].kind == SystemKind::System);
    order.extend(references);
    let lines = order.into_iter().map(|at| BoardLine {
        system: first[at].system.clone(),
        kind: first[at].kind,
        scores: scored.iter().map(|column| column[at].clone()).collect(),
        failed: first[at].failed,
        words: first[at].words,
        docs_per_s: first[at].docs_per_s,
        total_docs_per_s: first[at].total_docs_per_s,
        learnt_on: first[at].learnt_on,
    });
    let lines: Vec<BoardLine> = lines.collect();

    let corpus = &first[0].corpus;
    let names = columns.iter().map(|(metric, _)| metric.name.as_str());
    let notes = names
        .clone()
        .filter_map(|metric| nothing_to_show(comparisons, corpus, metric))
        .chain(disagreements(comparisons, corpus, names))
        .chain(learnt_note(&lines));
    Board {
        corpus: first[0].corpus.clone(),
        run: first[0].run.clone(),
        budget: first[0].budget.clone(),
        verdict: verdict(columns[0].0, 0, &lines),
        notes: notes.collect(),
        task,
        metrics: columns
            .iter()
            .map(|(metric, _)| (*metric).clone())
            .collect(),
        lines,
        beside_people: Vec::new(),
    }
}

/// Returns the scores of a metric, with letters and marks, in the order of its rows.
fn column(
    metric: &MetricRecipe,
    rows: &[Row],
    comparisons: &[Comparison],
) -> Vec<BoardScore> {
    let order = best_first(metric.better, rows);
    // references have no letters, and are not marked as the best; neither are systems that failed
    // throughout
    let is_system = |at: usize| {
        rows[at].kind == SystemKind::System && all_failed(metric, &rows[at]).is_none()
    };
    let systems: Vec<usize> = order.iter().copied().filter(|&at| is_system(at)).collect();
    let names: Vec<&str> = systems.iter().map(|&at| rows[at].system.as_str()).collect();

    let corpus = &rows[0].corpus;
    let letters = letters_of(comparisons, corpus, &metric.name, &names)
        .filter(|_| nothing_to_show(comparisons, corpus, &metric.name).is_none());
    let mut letters = letters.unwrap_or_default().into_iter();

    let best = systems.first().and_then(|&at| rows[at].mean);
    let letters_of_best: Option<String> = letters.clone().next();
    let mut scored: Vec<Option<BoardScore>> = vec![None; rows.len()];
    for at in order {
        let row = &rows[at];
        let letters = match is_system(at) {
            true => letters.next().unwrap_or_default(),
            false => String::new(),
        };

        // a single system is not marked as the best
        let has_best = metric.better != Better::Neither && systems.len() > 1;
        let is_best = has_best && is_system(at) && row.mean.is_some() && row.mean == best;
        scored[at] = Some(BoardScore {
            best: is_best,
            near: has_best && !is_best && shares(letters_of_best.as_deref(), &letters),
            letters: Some(letters).filter(|letters| !letters.is_empty()),
            ..BoardScore::of(metric, row)
        });
    }
    scored.into_iter().flatten().collect()
}

/// Returns whether two systems share a letter.
fn shares(best: Option<&str>, other: &str) -> bool {
    best.is_some_and(|best| best.chars().any(|letter| other.contains(letter)))
}

/// Returns the indices of the rows from the best mean to the worst. Unknown means are last; equal
/// ones are in the order of the rows.
fn best_first(better: Better, rows: &[Row]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let value = |at: usize| match (rows[at].mean, better) {
        (None, _) => f64::NEG_INFINITY,
        (Some(mean), Better::Lower) => -mean,
        (Some(mean), Better::Higher | Better::Neither) => mean,
    };
    order.sort_by(|&a, &b| value(b).total_cmp(&value(a)));
    order
}

/// The title above the oracle and the human references.
pub(super) const REFERENCES: &str = "knows the references";

impl Board {
    /// Returns the name of the outputs of its systems.
    pub(super) fn task_name(&self) -> &'static str {
        match self.task {
            Task::Summaries => "summaries",
            Task::Keyphrases => "keyphrases",
        }
    }

    /// Returns the title above the human references and the systems on the same terms.
    pub(super) fn people_title(&self) -> String {
        let counts = self.beside_people.iter().map(|line| line.scores[0].n);
        let documents = counts.max().unwrap_or(0);
        let noun = if documents == 1 {
            "document"
        } else {
            "documents"
        };
        format!("one reference left out, {documents} {noun} with several")
    }
}

#[cfg(test)]
pub(super) mod tests;
