//! The traits of a metric: one compares outputs with references, the other is bound to
//! the references of one document.

use super::{
    Average, Signature, Tokenisation,
    division::Division,
    external::ExternalMetric,
    metric_input::{MetricInput, MetricNeeds, Output},
    scale::Scale,
    score::Score,
    statistics::Statistics,
    task::Task,
};

/// A metric: compares the output of a system with references.
///
/// A metric never fails: every input has finite statistics, and no score is `NaN`.
pub trait Metric: Send + Sync {
    /// Returns the task whose outputs the metric measures.
    fn task(&self) -> Task;

    /// Returns how the metric tokenises texts. Metrics with equal tokenisations share
    /// tokens.
    fn tokenisation(&self) -> Tokenisation;

    /// Where it takes texts apart: by default nowhere.
    fn division(&self) -> Division {
        Division::Whole
    }

    /// Returns what the metric needs besides the references and the output's text;
    /// nothing by default.
    fn needs(&self) -> MetricNeeds {
        MetricNeeds::default()
    }

    /// Returns what makes the numbers instead of [`Self::against`], for a metric that is
    /// external; `None` for all others.
    fn external(&self) -> Option<&dyn ExternalMetric> {
        None
    }

    /// Returns a description of everything that changes the metric's value.
    fn signature(&self) -> Signature;

    /// Returns the names of the metric's [statistics](Statistics::values), in their
    /// order. Names are kebab-case and differ from each other.
    fn statistics(&self) -> &'static [&'static str];

    /// Prepares the metric for the references of one document and what else is known of
    /// it.
    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a>;

    /// Returns the bounds, direction and unit of the metric's values, which decide the
    /// score of a failed output. By default values are shares from 0 to 1 and higher is
    /// better.
    fn scale(&self) -> Scale {
        Scale::SHARE
    }

    /// Returns how scores are averaged over documents; by default every document counts
    /// equally.
    fn average(&self) -> Average {
        Average::Macro
    }

    /// Returns the score that the statistics of one document, or their sum over several,
    /// amount to.
    fn score(&self, statistics: &Statistics) -> Score;

    /// Returns the score of an output that failed, which is never better than the score
    /// of an answer. Returns `None` if a failed output is left out of the mean.
    fn failed(&self) -> Option<Score> {
        let value = self.scale().worst()?;
        Some(Score {
            value,
            ..self.score(&Statistics::default())
        })
    }
}

/// A metric that is prepared for the references of one document.
pub trait BoundMetric {
    /// Returns the sufficient statistics of one output. Statistics are additive, so that
    /// resampling documents never has to read a text again.
    fn measure(&mut self, candidate: Output<'_>) -> Statistics;
}

impl<F: FnMut(Output<'_>) -> Statistics> BoundMetric for F {
    fn measure(&mut self, candidate: Output<'_>) -> Statistics {
        self(candidate)
    }
}
