//! The tables of a run: a board for each corpus and task, and averages over its corpora.

use std::num::NonZero;

use epitome_engine::run::StoreError;

use super::{
    across::AcrossStanding,
    averages::averages_grids,
    board::{Board, add_unread, boards},
    changes::{self, add_changes},
    grid::Grid,
    grouped::grouped,
    observations::{Field, Observations},
    results::Results,
    same_documents::SameDocuments,
};

/// The tables of a run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RunTables {
    /// Boards, in the order of the corpora.
    pub boards: Vec<Board>,
    /// Rankings over documents and over corpora, of which the latter become tables.
    pub standings: Vec<AcrossStanding>,
    /// Which corpora are the same documents under several budgets.
    pub same: SameDocuments,
}

impl RunTables {
    /// Returns the tables of a run, with the changes of scores on perturbed texts. Reads the rows
    /// of a run of several corpora.
    ///
    /// # Errors
    /// Returns an error if the rows cannot be read.
    pub fn of(results: &Results, jobs: NonZero<usize>) -> Result<Self, StoreError> {
        let manifest = &results.manifest;
        let mut boards = boards(
            &results.leaderboard,
            &results.comparisons,
            &manifest.metrics,
        );
        add_unread(&mut boards, &manifest.unread);

        // a run that was merged from sums has one corpus and no rows
        if manifest.corpora.len() > 1 {
            let rows = results.documents()?;
            let Observations { corpora } = Observations::read(rows, Field::Value)?;
            let scores = |corpus: usize, metric: usize, system: usize| -> &[f64] {
                corpora[corpus].column(metric, system)
            };
            add_changes(&mut boards, manifest, &scores, jobs);
        }

        for board in &mut boards {
            board.notes.extend(results.note.clone());
        }

        Ok(Self {
            boards,
            standings: results.standings.clone(),
            same: SameDocuments::of(&manifest.corpora),
        })
    }

    /// Returns the averages over corpora; none if there is one corpus.
    pub(super) fn averages(&self) -> impl Iterator<Item = &AcrossStanding> {
        self.standings.iter().filter(|row| row.corpus.is_none())
    }

    /// Returns a table for each board, the changes on perturbed texts, and the averages.
    pub(super) fn grids(&self) -> Vec<Grid> {
        let boards = self.boards.iter().map(Board::grid);
        boards.chain(self.others()).collect()
    }

    /// Returns the same tables, but one for all corpora of a task, whose columns are in a group for
    /// each corpus.
    pub(super) fn grouped_grids(&self) -> Vec<Grid> {
        let boards = grouped(&self.boards, &self.standings, &self.same).into_iter();
        boards.chain(self.others()).collect()
    }

    /// Returns the changes on perturbed texts and the averages as tables.
    fn others(&self) -> impl Iterator<Item = Grid> {
        let changes = changes::grids(&self.boards).into_iter();
        changes.chain(averages_grids(&self.boards, &self.standings, &self.same))
    }
}
