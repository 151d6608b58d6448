//! Which systems of which runs are compared.

use crate::run::{Layout, Manifest};

use super::{
    Comparison,
    compare::{Found, Settings, compare},
    observations::{Observations, measured},
};

/// A pair with all that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The row of the table.
    pub row: Comparison,
    /// What the table does not hold.
    pub found: Found,
}

/// Compares all pairs of systems of one run that `wanted` takes, by their indices, within
/// each corpus and metric.
pub fn all_pairs(
    observations: &Observations,
    manifest: &Manifest,
    wanted: &dyn Fn(usize, usize) -> bool,
    settings: Settings,
) -> Vec<Compared> {
    let layout = Layout::of_manifest(manifest);
    let mut rows = Vec::new();
    for (scores, corpus) in observations.corpora.iter().zip(&layout.corpora) {
        for (at, metric) in manifest.metrics.iter().enumerate() {
            let is_read = |system: &usize| !scores.column(at, *system).is_empty();
            let systems: Vec<usize> =
                measured(&layout, at).into_iter().filter(is_read).collect();
            let columns: Vec<&[f64]> =
                systems.iter().map(|&system| scores.column(at, system)).collect();
            let pairs = (0..systems.len())
                .flat_map(|a| (a + 1..systems.len()).map(move |b| (a, b)))
                .filter(|&(a, b)| wanted(systems[a], systems[b]));
            let pairs: Vec<(usize, usize)> = pairs.collect();
            for found in compare(&columns, &pairs, metric.better, settings) {
                let name = |column: usize| layout.systems[systems[column]].name.clone();
                let names = [name(found.pair.0), name(found.pair.1)];
                let row = Comparison::of(corpus, &metric.name, names, &found);
                rows.push(Compared { row, found });
            }
        }
    }
    rows
}
