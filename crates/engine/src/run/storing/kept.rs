//! A part of a run's corpora, systems and metrics, and what outcomes have of it.

use crate::run::{
    outcomes::outcome::{DocumentOutcome, SystemOutcome},
    setup::layout::Layout,
};

/// The indices of the corpora, systems and metrics of a [`Layout`] that are kept. Corpora
/// and systems are in the order of the layout, metrics in the order that they have then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The corpora.
    pub corpora: Vec<usize>,
    /// The systems.
    pub systems: Vec<usize>,
    /// The metrics.
    pub metrics: Vec<usize>,
}

impl Kept {
    /// Returns the layout of what is kept.
    pub fn layout(&self, whole: &Layout) -> Layout {
        Layout {
            corpora: picked(&whole.corpora, &self.corpora),
            lengths: picked(&whole.lengths, &self.corpora),
            systems: picked(&whole.systems, &self.systems),
            metrics: picked(&whole.metrics, &self.metrics),
        }
    }

    /// Returns what is kept of a document; `None` if its corpus is not.
    pub(super) fn outcome(&self, whole: DocumentOutcome) -> Option<DocumentOutcome> {
        let place = |kept: &[usize], at: usize| kept.iter().position(|&one| one == at);
        let corpus = place(&self.corpora, whole.corpus)?;
        let systems = whole.systems.into_iter().enumerate();
        let systems = systems.filter(|(at, _)| self.systems.contains(at));
        let with_cells = |(_, mut system): (usize, SystemOutcome)| {
            system.cells = system
                .cells
                .into_iter()
                .filter_map(|mut cell| {
                    cell.metric = place(&self.metrics, cell.metric)?;
                    Some(cell)
                })
                .collect();
            system
        };
        let systems = systems.map(with_cells).collect();
        Some(DocumentOutcome {
            corpus,
            systems,
            ..whole
        })
    }
}

/// Returns the items at some places.
fn picked<T: Clone>(all: &[T], places: &[usize]) -> Vec<T> {
    places.iter().map(|&at| all[at].clone()).collect()
}
