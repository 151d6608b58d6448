//! Metrics of summaries that have a single value and no precision or recall.

use super::{
    Signature, Tokenisation,
    metric::{BoundMetric, Metric},
    metric_input::{MetricInput, MetricNeeds},
    scale::Scale,
    score::Score,
    statistics::Statistics,
    task::Task,
};

/// A metric with one value per output, which is averaged over outputs. Implementing it
/// implements [`Metric`].
pub(super) trait Value: Send + Sync {
    /// Returns the tokenisation, as [`Metric::tokenisation`] does.
    fn tokenisation(&self) -> Tokenisation;

    /// Returns what is needed besides references and a text, as [`Metric::needs`] does.
    fn needs(&self) -> MetricNeeds {
        MetricNeeds::default()
    }

    /// Returns the scale of the values, as [`Metric::scale`] does.
    fn scale(&self) -> Scale {
        Scale::SHARE
    }

    /// Returns the signature, as [`Metric::signature`] does.
    fn signature(&self) -> Signature;

    /// Prepares for one document, as [`Metric::against`] does; the result must be made by
    /// [`Statistics::value`].
    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a>;
}

impl<T: Value> Metric for T {
    fn task(&self) -> Task {
        Task::Summaries
    }

    fn tokenisation(&self) -> Tokenisation {
        Value::tokenisation(self)
    }

    fn needs(&self) -> MetricNeeds {
        Value::needs(self)
    }

    fn scale(&self) -> Scale {
        Value::scale(self)
    }

    fn signature(&self) -> Signature {
        Value::signature(self)
    }

    fn statistics(&self) -> &'static [&'static str] {
        Statistics::VALUE
    }

    fn against<'a>(&'a self, subject: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
        Value::against(self, subject)
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.mean()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use crate::{Metric, MetricSet, MetricSource, Statistics, Task};
    use epitome_base::spec::{self, Entry};

    /// A document and an output for a test.
    #[derive(Default)]
    pub(crate) struct Case<'a> {
        pub(crate) candidate: &'a str,
        pub(crate) references: &'a [&'a str],
        pub(crate) source: &'a [&'a str],
        pub(crate) picks: &'a [usize],
        pub(crate) oracle: &'a [usize],
        pub(crate) boilerplate: Option<&'a [bool]>,
        pub(crate) answers: &'a [&'a str],
        pub(crate) evidence: Option<&'a [usize]>,
    }

    /// Returns the value under an entry, with parameters as in a spec.
    pub(crate) fn value(
        entry: Entry<dyn Metric>,
        parameters: &str,
        case: &Case<'_>,
    ) -> f64 {
        built(entry, parameters)
            .score(&statistics(entry, parameters, case))
            .value
    }

    fn built(entry: Entry<dyn Metric>, parameters: &str) -> Box<dyn Metric> {
        let spec = format!("{}{parameters}", entry.name).parse().unwrap();
        spec::build("metric", &[entry], &spec).unwrap().value
    }

    /// Returns the statistics under an entry, with parameters as in a spec.
    pub(crate) fn statistics(
        entry: Entry<dyn Metric>,
        parameters: &str,
        case: &Case<'_>,
    ) -> Statistics {
        let metric = built(entry, parameters);
        let mut metric_set = MetricSet::new(Task::Summaries, [metric.as_ref()]);
        let own = |texts: &[&str]| -> Vec<String> {
            texts.iter().map(|&text| text.to_owned()).collect()
        };
        let (references, sentences) = (own(case.references), own(case.source));
        let answers = own(case.answers);
        let source = MetricSource {
            sentences: &sentences,
            oracle: Some(case.oracle),
            boilerplate: case.boilerplate,
            answers: &answers,
            evidence: case.evidence,
        };
        let references = references.iter().map(std::slice::from_ref);
        let references = metric_set.references_and_source(references, source);
        let candidate = metric_set
            .candidate([case.candidate])
            .with_picks(case.picks);
        metric_set
            .prepare(&references)
            .measure(&candidate)
            .remove(0)
    }
}
