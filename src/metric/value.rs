//! Metrics of summaries that are one value of an output.

use super::{
    Measure, Metric, Needs, Scale, Score, Signature, Statistics, Subject, Task,
    Tokenisation,
};

/// One value of each output; over outputs it is averaged.
pub(super) trait Value: Send + Sync {
    /// As for a [`Metric`].
    fn tokenisation(&self) -> Tokenisation;

    /// As for a [`Metric`].
    fn needs(&self) -> Needs {
        Needs::default()
    }

    /// As for a [`Metric`].
    fn scale(&self) -> Scale {
        Scale::SHARE
    }

    /// As for a [`Metric`].
    fn signature(&self) -> Signature;

    /// As for a [`Metric`]; measures [`Statistics::value`].
    fn against<'a>(&'a self, subject: Subject<'a>) -> Box<dyn Measure + 'a>;
}

impl<T: Value> Metric for T {
    fn task(&self) -> Task {
        Task::Summaries
    }

    fn tokenisation(&self) -> Tokenisation {
        Value::tokenisation(self)
    }

    fn needs(&self) -> Needs {
        Value::needs(self)
    }

    fn scale(&self) -> Scale {
        Value::scale(self)
    }

    fn signature(&self) -> Signature {
        Value::signature(self)
    }

    fn against<'a>(&'a self, subject: Subject<'a>) -> Box<dyn Measure + 'a> {
        Value::against(self, subject)
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.mean()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use crate::{
        metric::{Metric, Panel, Source, Statistics, Task},
        spec::{self, Entry},
    };

    /// A document and an output for a test.
    #[derive(Default)]
    pub(in crate::metric) struct Case<'a> {
        pub(in crate::metric) candidate: &'a str,
        pub(in crate::metric) references: &'a [&'a str],
        pub(in crate::metric) source: &'a [&'a str],
        pub(in crate::metric) picks: &'a [usize],
        pub(in crate::metric) oracle: &'a [usize],
        pub(in crate::metric) boilerplate: Option<&'a [bool]>,
    }

    /// The value under an entry, with parameters as in a spec.
    pub(in crate::metric) fn value(
        entry: Entry<dyn Metric>,
        parameters: &str,
        case: &Case<'_>,
    ) -> f64 {
        built(entry, parameters).score(&statistics(entry, parameters, case)).value
    }

    fn built(entry: Entry<dyn Metric>, parameters: &str) -> Box<dyn Metric> {
        let spec = format!("{}{parameters}", entry.name).parse().unwrap();
        spec::build("metric", &[entry], &spec).unwrap().value
    }

    /// As [`value`], but the statistics.
    pub(in crate::metric) fn statistics(
        entry: Entry<dyn Metric>,
        parameters: &str,
        case: &Case<'_>,
    ) -> Statistics {
        let metric = built(entry, parameters);
        let mut panel = Panel::new(Task::Summaries, [metric.as_ref()]);
        let own = |texts: &[&str]| -> Vec<String> {
            texts.iter().map(|&text| text.to_owned()).collect()
        };
        let (references, sentences) = (own(case.references), own(case.source));
        let source = Source {
            sentences: &sentences,
            oracle: Some(case.oracle),
            boilerplate: case.boilerplate,
        };
        let references = references.iter().map(std::slice::from_ref);
        let references = panel.references_and_source(references, source);
        let candidate = panel.candidate([case.candidate]).with_picks(case.picks);
        panel.scale(&references).measure(&candidate)[0]
    }
}
