//! The average of a metric over documents.

use super::average::Average;
use crate::{metric::Metric, score::Score, statistics::Statistics};

/// Returns the average of a metric's statistics over documents, as its protocol defines
/// it.
///
/// Statistics without an output do not count: the protocol leaves the document out, or
/// the metric has no value for the output. Returns `None` if nothing is left.
pub fn average(metric: &dyn Metric, statistics: &[Statistics]) -> Option<Score> {
    let counted = || statistics.iter().filter(|one| one.outputs > 0.0);
    let n = counted().count();
    if n == 0 {
        return None;
    }

    if metric.average() == Average::Micro {
        return Some(metric.score(&counted().sum()));
    }

    let mean = |part: fn(&Score) -> Option<f64>| {
        let scores = counted().map(|one| part(&metric.score(one)));
        scores.sum::<Option<f64>>().map(|sum| sum / n as f64)
    };
    Some(Score {
        precision: mean(|score| score.precision),
        recall: mean(|score| score.recall),
        value: mean(|score| Some(score.value))?,
    })
}
