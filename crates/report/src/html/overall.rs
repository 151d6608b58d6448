//! The part of the page on all corpora of a run.

use serde::Serialize;

use crate::{
    averages::averages_grids, board::Board, grid::Grid, same_documents::SameDocuments,
};

use super::{
    figures::{Figure, Sources},
    gathered::Gathered,
    section::Source,
};

/// The averages over the corpora of a run, and how systems rank over them.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Overall {
    /// Name of the run; empty if the page has one run.
    run_name: String,
    /// A table for each metric.
    tables: Vec<Grid>,
    /// Critical differences by the first metric of each task.
    figures: Vec<Figure>,
}

impl Source<'_> {
    /// Returns the averages and ranks over the corpora; `None` if there is one corpus.
    pub(super) fn overall(self, boards: &[Board]) -> Option<Overall> {
        let tables = averages_grids(
            boards,
            self.standings,
            &SameDocuments::of(&self.results.manifest.corpora),
        );
        let ranked = |board: &Board| {
            let sources = Sources {
                board,
                gathered: &Gathered::default(),
                systems: &[],
                metric: 0,
                budget: &board.budget,
                timings: &[],
                standings: self.standings,
                comparisons: &[],
                scaling: self.scaling,
            };
            sources.ranked_corpora()
        };

        let mut firsts: Vec<&Board> = Vec::new();
        for board in boards {
            if firsts.iter().all(|first| first.task != board.task) {
                firsts.push(board);
            }
        }

        (!tables.is_empty()).then(|| Overall {
            run_name: self.name.to_owned(),
            tables,
            figures: firsts.into_iter().filter_map(ranked).collect(),
        })
    }
}
