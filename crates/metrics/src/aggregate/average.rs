//! Macro and micro averages.

use serde::{Deserialize, Serialize};

use epitome_base::spec::{Choice, Parameter, Params};

use crate::Signature;

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
