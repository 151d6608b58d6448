//! An external metric in the place of any other.

use super::{
    Tokenisation,
    external::ExternalMetric,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds, Output},
    scale::Scale,
    score::Score,
    signature::Signature,
    statistics::Statistics,
    task::Task,
};

/// What is known of an external metric before it measures anything.
#[derive(Debug, Clone, PartialEq)]
pub struct ExternalDescription {
    /// The outputs that it measures.
    pub task: Task,
    /// The values that it has.
    pub scale: Scale,
    /// What it needs besides outputs.
    pub needs: MetricNeeds,
    /// Everything that changes its values.
    pub signature: Signature,
}

/// An external metric in the place of a [`Metric`]: it has a task, a scale and a signature
/// like any other, but measures no text itself.
pub struct External {
    description: ExternalDescription,
    /// `None` if only stored numbers of it are left.
    source: Option<Box<dyn ExternalMetric>>,
}

impl External {
    /// Returns the metric of a source.
    pub fn new(
        description: ExternalDescription,
        source: Box<dyn ExternalMetric>,
    ) -> Self {
        Self {
            description,
            source: Some(source),
        }
    }

    /// Returns a metric of which only stored numbers are left, to derive tables from.
    pub fn recorded(description: ExternalDescription) -> Self {
        Self {
            description,
            source: None,
        }
    }
}

impl Metric for External {
    fn task(&self) -> Task {
        self.description.task
    }

    fn tokenisation(&self) -> Tokenisation {
        // no text is tokenised; this one reads every script
        Tokenisation::Bleu
    }

    fn needs(&self) -> MetricNeeds {
        self.description.needs
    }

    fn signature(&self) -> Signature {
        self.description.signature.clone()
    }

    fn statistics(&self) -> &'static [&'static str] {
        Statistics::VALUE
    }

    fn scale(&self) -> Scale {
        self.description.scale
    }

    fn external(&self) -> Option<&dyn ExternalMetric> {
        self.source.as_deref()
    }

    fn against<'a>(&'a self, _: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        Box::new(|_: Output<'_>| Statistics::left_out())
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.mean()
    }
}
