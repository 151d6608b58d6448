//! What figures are drawn from.

use crate::{across::AcrossStanding, board::Board, comparison::Comparison};
use epitome_engine::timing::Timing;

use crate::html::{gathered::Gathered, scaling::ScalingPoint};

/// The data of the figures of a board.
#[derive(Debug, Clone, Copy)]
pub(in crate::html) struct Sources<'a> {
    /// Board, whose first metric the figures show.
    pub(in crate::html) board: &'a Board,
    /// Documents of the corpus.
    pub(in crate::html) gathered: &'a Gathered,
    /// Index in the run of the system of each line.
    pub(in crate::html) systems: &'a [usize],
    /// Index of the first metric in the run.
    pub(in crate::html) metric: usize,
    /// The budget of the systems.
    pub(in crate::html) budget: &'a str,
    /// Criterion's measurements.
    pub(in crate::html) timings: &'a [Timing],
    /// Rankings over documents and corpora.
    pub(in crate::html) standings: &'a [AcrossStanding],
    /// Pairs of systems.
    pub(in crate::html) comparisons: &'a [Comparison],
    /// Times by length.
    pub(in crate::html) scaling: &'a [ScalingPoint],
}

impl Sources<'_> {
    /// Returns the name of the first metric.
    pub(super) fn name(&self) -> &str {
        &self.board.metrics[0].name
    }
}
