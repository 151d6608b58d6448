//! Macro and micro averages over documents.

use serde::{Deserialize, Serialize};

use epitome_base::spec::{Choice, Parameter, Params};

use crate::Signature;

/// How a metric's protocol averages over documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Average {
    /// The mean of the scores of the documents.
    #[default]
    Macro,
    /// The score of the summed counts of the documents.
    Micro,
}

/// The choice of an average, for metrics that have both.
const AVERAGES: &Choice<Average, 2> = &Choice::new(
    "average",
    [("macro", Average::Macro), ("micro", Average::Micro)],
    "the mean of the scores of texts, or the score of a corpus: that of summed counts",
);
pub(crate) const AVERAGE: Parameter = AVERAGES.parameter();

/// Returns the average that the parameter [`AVERAGE`] has as its value.
pub(crate) fn average_of(params: &Params) -> Average {
    params.choice(AVERAGES)
}

/// Adds the average to a signature unless it is the macro average.
pub(crate) fn signature(average: Average, signature: Signature) -> Signature {
    match average {
        Average::Macro => signature,
        Average::Micro => signature.with("average", "micro"),
    }
}
