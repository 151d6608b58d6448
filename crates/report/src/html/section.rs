//! The sections of the page: one for each corpus and task of a run.

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

/// The data of the template of a section.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Section {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) corpus: String,
    pub(super) budget: String,
    /// Name of the run; empty if the page has one run.
    pub(super) run_name: String,
    pub(super) documents: usize,
    /// Codes of the languages of the documents, the most frequent first.
    pub(super) languages: Vec<String>,
    table: BoardTable,
    figures: Vec<Figure>,
    extremes: Option<Extremes>,
    /// Data for the script of the page.
    #[serde(skip)]
    pub(super) scripted: Scripted,
    /// Table for the documents of each language, if there are several languages.
    #[serde(skip)]
    pub(super) by_language: Vec<(String, BoardTable)>,
}

/// The data of a section for the script of the page.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Scripted {
    id: String,
    title: String,
    /// Prefix of the names of the chunks with its documents.
    shelf: String,
    task: &'static str,
    /// Names of the systems and their indices in the run, the best first.
    systems: Vec<(String, usize)>,
    /// Names of the metrics, their indices in the run, whether less is better, unit and decimals.
    metrics: Vec<(String, usize, bool, &'static str, usize)>,
    /// Names of the two systems that are compared document by document.
    a: String,
    b: String,
}

/// A run with its tables and documents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    /// Index of the run in the page.
    pub(super) at: usize,
    /// Name of the run; empty if it is the only one.
    pub(super) name: &'a str,
    /// Tables of the run.
    pub(super) results: &'a Results,
    /// Documents of the run, by corpus.
    pub(super) gathered: &'a [Gathered],
    /// Rankings over documents and corpora.
    pub(super) standings: &'a [AcrossStanding],
    /// Times by length of the text.
    pub(super) scaling: &'a [ScalingPoint],
    /// Number of threads.
    pub(super) jobs: NonZero<usize>,
}

impl Source<'_> {
    /// Returns the boards of the run, with the changes of scores on perturbed texts.
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

    /// Returns a section for each board.
    ///
    /// # Errors
    /// Returns an error if a board has a corpus, system or metric that the run does not have.
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

        let sections = boards.iter().enumerate().map(|(at, board)| {
            let own = languages.iter().filter(|(corpus, _, of_code)| {
                *corpus == board.corpus && of_code.task == board.task
            });
            let by_language =
                own.map(|(_, code, board)| (code.clone(), board_table(board)));
            self.section(at, board, by_language.collect())
        });
        sections.collect()
    }

    /// Returns the section of a board; `at` is its index.
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

        let of_pair = pair(board).map(|pair| {
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

/// Returns the indices of the lines of the best system and of the one that it is compared with:
/// `lead`, or the second best. References are neither. A single system is compared with itself;
/// without systems the result is `None`.
fn pair(board: &Board) -> Option<[usize; 2]> {
    let systems = || {
        (0..board.lines.len()).filter(|&at| board.lines[at].kind == SystemKind::System)
    };
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
