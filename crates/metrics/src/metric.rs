//! What measures a candidate against references.

use super::{
    Average, Signature, Tokenisation,
    metric_input::{MetricInput, MetricNeeds, Output},
    scale::Scale,
    score::Score,
    statistics::Statistics,
    task::Task,
};

/// Measures a candidate against references.
///
/// Total: every input has finite statistics, and no score is `NaN`.
pub trait Metric: Send + Sync {
    /// What it measures.
    fn task(&self) -> Task;

    /// How it sees texts. Metrics that agree on it share the tokens.
    fn tokenisation(&self) -> Tokenisation;

    /// What it must be given beyond references and a text: by default nothing.
    fn needs(&self) -> MetricNeeds {
        MetricNeeds::default()
    }

    /// Everything that changes its value.
    fn signature(&self) -> Signature;

    /// The names of its [statistics](Statistics::values), in their order: kebab-case, each
    /// once.
    fn statistics(&self) -> &'static [&'static str];

    /// Prepares the references, and what else is known, of one document.
    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a>;

    /// Its values: bounds, direction, unit, and so what a failed output is worth. By
    /// default shares from 0 to 1 of which more is better.
    fn scale(&self) -> Scale {
        Scale::SHARE
    }

    /// How scores of documents are averaged: by default each document counts the same.
    fn average(&self) -> Average {
        Average::Macro
    }

    /// The score of one document's statistics, or of their sum.
    fn score(&self, statistics: &Statistics) -> Score;

    /// The score of an output that failed: never better than that of an answer. `None`
    /// where it is left out of the mean.
    fn failed(&self) -> Option<Score> {
        let value = self.scale().worst()?;
        Some(Score {
            value,
            ..self.score(&Statistics::default())
        })
    }
}

/// A metric with the references of one document at hand.
pub trait BoundMetric {
    /// Sufficient statistics of one candidate: additive, so that resampling never
    /// reads a text again.
    fn measure(&mut self, candidate: Output<'_>) -> Statistics;
}

impl<F: FnMut(Output<'_>) -> Statistics> BoundMetric for F {
    fn measure(&mut self, candidate: Output<'_>) -> Statistics {
        self(candidate)
    }
}
