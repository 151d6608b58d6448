//! The direction of a metric and the places of systems by their means.

use epitome_engine::run::{RunManifest, SystemKind};
use epitome_metrics::Better;
use epitome_report::Row;

/// Returns the direction of the metric of `rows`, which are of one corpus: that in the manifest,
/// or, where it was not kept, that in which the ranks of the rows go.
pub(super) fn direction(manifest: Option<&RunManifest>, rows: &[&Row]) -> Better {
    let recorded = manifest.and_then(|manifest| {
        let mut metrics = manifest.metrics.iter();
        metrics.find(|it| rows.first().is_some_and(|row| row.metric == it.name))
    });
    recorded.map_or_else(|| of_ranks(rows), |recipe| recipe.better)
}

/// Returns the direction in which the ranks of rows go: the rows of the best and of the worst
/// interval of ranks have different means, or no direction is known.
fn of_ranks(rows: &[&Row]) -> Better {
    let sum = |row: &&&Row| {
        row.rank_low
            .zip(row.rank_high)
            .map(|(low, high)| low + high)
    };
    let ranked = || rows.iter().filter(|row| sum(row).is_some());
    let best = ranked().min_by_key(sum).and_then(|row| row.mean);
    let worst = ranked().max_by_key(sum).and_then(|row| row.mean);
    match best.zip(worst) {
        Some((best, worst)) if best > worst => Better::Higher,
        Some((best, worst)) if best < worst => Better::Lower,
        _ => Better::Neither,
    }
}

/// Returns whether a row takes part in places and tests: it is of a system, not of a reference,
/// and not all of its outputs failed.
pub(super) fn takes_part(row: &Row) -> bool {
    let all_failed = row.failed > 0 && row.n <= row.failed;
    row.kind == SystemKind::System && row.mean.is_some() && !all_failed
}

/// Returns whether mean `a` is better than mean `b`.
pub(super) fn is_better(better: Better, a: f64, b: f64) -> bool {
    match better {
        Better::Higher => a > b,
        Better::Lower => a < b,
        Better::Neither => false,
    }
}

/// Returns the place of each row by its mean, 1 being the best; equal means share a place. Rows
/// that do not take part have none, and no row has one by a metric without direction.
pub(super) fn places(better: Better, rows: &[&Row]) -> Vec<Option<usize>> {
    let means = rows.iter().filter(|row| takes_part(row));
    let means: Vec<f64> = means.filter_map(|row| row.mean).collect();
    let place = |row: &&Row| {
        let mean = row
            .mean
            .filter(|_| takes_part(row) && better != Better::Neither)?;
        let ahead = means
            .iter()
            .filter(|other| is_better(better, **other, mean));
        Some(1 + ahead.count())
    };
    rows.iter().map(place).collect()
}
