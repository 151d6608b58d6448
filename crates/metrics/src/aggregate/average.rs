//! Macro and micro averages.

use serde::{Deserialize, Serialize};

use epitome_base::spec::{Choice, Parameter, Params};

use crate::{Metric, Score, Signature, Statistics};

/// How a metric's protocol averages over documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Average {
    /// The mean of the documents' scores.
    #[default]
    Macro,
    /// The score of the documents' summed counts.
    Micro,
}

/// The parameter of metrics that have both averages.
const AVERAGES: &Choice<Average, 2> = &Choice::new(
    "average",
    [("macro", Average::Macro), ("micro", Average::Micro)],
    "the mean of the scores of texts, or the score of a corpus: that of summed counts",
);
pub(crate) const AVERAGE: Parameter = AVERAGES.parameter();

/// The value of [`AVERAGE`].
pub(crate) fn average_of(params: &Params) -> Average {
    params.choice(AVERAGES)
}

/// Adds the average if it is not the mean.
pub(crate) fn signature(average: Average, signature: Signature) -> Signature {
    match average {
        Average::Macro => signature,
        Average::Micro => signature.with("average", "micro"),
    }
}

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
