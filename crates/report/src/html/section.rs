//! The sections of a page: one for each corpus and task of a run.

use std::num::NonZero;

use serde::Serialize;

use crate::{
    across::AcrossStanding,
    board::{Board, boards},
    changes::add_changes,
    results::Results,
    unit,
};
use epitome_engine::run::{NotInRun, SystemId, SystemKind};
use epitome_metrics::Better;

use super::{
    figures::{Figure, Sources},
    gathered::Gathered,
    languages::Part,
    scaling::ScalingPoint,
    table::{BoardTable, board_table},
    wins::{Extremes, extremes},
};

/// A section, for the templates.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Section {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) corpus: String,
    pub(super) budget: String,
    /// Empty where a page has one run.
    pub(super) run_name: String,
    pub(super) documents: usize,
    /// The codes of its languages, the most frequent first.
    pub(super) languages: Vec<String>,
    table: BoardTable,
    figures: Vec<Figure>,
    extremes: Option<Extremes>,
    /// For the page's script.
    #[serde(skip)]
    pub(super) scripted: Scripted,
    /// The table for the documents of each language, where there are several.
    #[serde(skip)]
    pub(super) by_language: Vec<(String, BoardTable)>,
}

/// What the page's script must know of a section.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Scripted {
    id: String,
    title: String,
    /// Where its documents are.
    shelf: String,
    task: &'static str,
    /// Names, and indices in the run, the best first.
    systems: Vec<(String, usize)>,
    /// Names, indices in the run, whether less is better, the unit and its decimals.
    metrics: Vec<(String, usize, bool, &'static str, usize)>,
    a: String,
    b: String,
}

/// A run with what was read of its documents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    /// Which of the page's runs it is.
    pub(super) at: usize,
    /// What to call it; empty where it is the only one.
    pub(super) name: &'a str,
    /// Its tables.
    pub(super) results: &'a Results,
    /// Its documents, by corpus.
    pub(super) gathered: &'a [Gathered],
    /// Its rankings.
    pub(super) standings: &'a [AcrossStanding],
    /// Times by length.
    pub(super) scaling: &'a [ScalingPoint],
    /// Threads.
    pub(super) jobs: NonZero<usize>,
}

impl Source<'_> {
    /// The boards of the run, with what is lost on its perturbations.
    pub(super) fn boards(self) -> Vec<Board> {
        let Results {
            leaderboard,
            comparisons,
            manifest,
            ..
        } = self.results;
        let mut boards = boards(leaderboard, comparisons, &manifest.metrics);
        let scores = |corpus: usize, metric: usize, system: usize| -> &[f64] {
            &self.gathered[corpus].scores[metric][system]
        };
        add_changes(&mut boards, manifest, &scores, self.jobs);
        boards
    }

    /// The sections of the run.
    ///
    /// # Errors
    /// Returns an error if a board is of what the run does not have.
    pub(super) fn sections(self, boards: &[Board]) -> Result<Vec<Section>, NotInRun> {
        let manifest = &self.results.manifest;
        let mut languages: Vec<(String, String, Board)> = Vec::new();
        for (corpus, gathered) in self.gathered.iter().enumerate() {
            let part = Part {
                manifest,
                corpus,
                gathered,
                jobs: self.jobs,
            };
            let codes = gathered.languages();
            for (code, _) in codes.iter().filter(|_| codes.len() > 1) {
                let name = &manifest.corpora[corpus].name;
                let of_code = part.boards_in(code).into_iter();
                languages
                    .extend(of_code.map(|board| (name.clone(), code.clone(), board)));
            }
        }
        let section = |(at, board): (usize, &Board)| {
            let own = languages.iter().filter(|(corpus, _, of_code)| {
                *corpus == board.corpus && of_code.task == board.task
            });
            let by_language =
                own.map(|(_, code, board)| (code.clone(), board_table(board)));
            self.section(at, board, by_language.collect())
        };
        boards.iter().enumerate().map(section).collect()
    }

    fn section(
        self,
        at: usize,
        board: &Board,
        by_language: Vec<(String, BoardTable)>,
    ) -> Result<Section, NotInRun> {
        let layout = self.results.manifest.layout();
        let corpus = layout.corpus(&board.corpus)?;
        let ids = board.lines.iter().map(|line| &line.system);
        let ids = ids.map(|name| SystemId {
            name,
            task: board.task,
        });
        let systems: Vec<usize> =
            ids.map(|id| layout.system(id)).collect::<Result<_, _>>()?;
        let metric_places: Vec<usize> = board
            .metrics
            .iter()
            .map(|metric| layout.metric(&metric.name))
            .collect::<Result<_, _>>()?;
        let gathered = &self.gathered[corpus];
        let first = metric_places[0];
        let budget = &layout.budget(corpus, board.task);
        let sources = Sources {
            board,
            gathered,
            systems: &systems,
            metric: first,
            budget,
            timings: &self.results.timings,
            standings: self.standings,
            comparisons: &self.results.comparisons,
            scaling: self.scaling,
        };
        let pair = pair(board);
        let of_pair = pair.map(|pair| {
            let names = pair.map(|at| board.lines[at].system.as_str());
            let columns = pair.map(|at| gathered.scores[first][systems[at]].as_slice());
            extremes(names, &board.metrics[0], &gathered.ids, columns)
        });
        let task = board.task_name();
        let title = format!("{}: {task}", board.corpus);
        let title = match self.name {
            "" => title,
            name => format!("{title} in {name}"),
        };
        let id = format!("board-{}-{at}", self.at);
        let names = board.lines.iter().map(|line| line.system.clone());
        let metrics = board.metrics.iter().zip(metric_places).map(|(it, at)| {
            let (symbol, decimals) = (unit::symbol(it.unit), unit::decimals(it.unit));
            (
                it.name.clone(),
                at,
                it.better == Better::Lower,
                symbol,
                decimals,
            )
        });
        let (a, b) = of_pair
            .as_ref()
            .map(|pair| (pair.a.clone(), pair.b.clone()))
            .unwrap_or_default();
        Ok(Section {
            scripted: Scripted {
                id: id.clone(),
                title: title.clone(),
                shelf: format!("{}-{corpus}", self.at),
                task,
                systems: names.zip(systems.iter().copied()).collect(),
                metrics: metrics.collect(),
                a,
                b,
            },
            id,
            title,
            corpus: board.corpus.clone(),
            budget: budget.to_owned(),
            run_name: self.name.to_owned(),
            documents: gathered.ids.len(),
            languages: gathered
                .languages()
                .into_iter()
                .map(|(code, _)| code)
                .collect(),
            table: board_table(board),
            figures: sources.figures(),
            extremes: of_pair,
            by_language,
        })
    }
}

/// The best system and what it is held against: lead, or the second best. What knows the
/// references is neither.
fn pair(board: &Board) -> Option<[usize; 2]> {
    let is_system = |at: &usize| board.lines[*at].kind == SystemKind::System;
    let systems = || (0..board.lines.len()).filter(is_system);
    let (best, second) = (systems().next()?, systems().nth(1));
    let lead = systems().find(|&at| board.lines[at].system == "lead");
    let other = lead.filter(|lead| *lead != best).or(second).unwrap_or(best);
    Some([best, other])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::example;

    #[test]
    fn the_best_is_held_against_lead_or_the_second() {
        let mut board = example().remove(0);
        assert_eq!(pair(&board), Some([0, 1]), "lead is the best itself");
        board.lines[0].kind = SystemKind::Reference;
        assert_eq!(pair(&board), Some([1, 1]));
        board.lines.clear();
        assert_eq!(pair(&board), None);
    }
}
