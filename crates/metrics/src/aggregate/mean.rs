//! The average of a metric.

use super::average::Average;
use crate::{metric::Metric, score::Score, statistics::Statistics};

/// The average of a metric's statistics, as its protocol has it.
///
/// Statistics of no output (a document that the protocol leaves out, an output of which
/// the metric has nothing to say) do not count. `None` when nothing is left.
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
