//! The tools that the cases of the conformance check of a metric use.

use std::cell::RefCell;

use epitome_metrics::{Better, ExternalQuestion, ExternalScore, Score, Task};

use crate::{error::PluginError, hosted_metric::HostedMetric};

/// A document with outputs, as a metric is asked about it. Every text is a summary of one
/// line, or for keyphrases a list of the words in it.
#[derive(Debug, Clone)]
pub(super) struct Measured {
    pub(super) language: &'static str,
    pub(super) references: Vec<String>,
    pub(super) candidates: Vec<String>,
}

impl Measured {
    pub(super) fn english(references: &[&str], candidates: &[&str]) -> Self {
        let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        Self {
            language: "en",
            references: texts(references),
            candidates: texts(candidates),
        }
    }
}

/// A metric that is checked. After a case that fails, its process is restarted.
pub(super) struct MetricKit<'a> {
    pub(super) open: &'a dyn Fn() -> Result<HostedMetric, PluginError>,
    pub(super) metric: RefCell<Option<HostedMetric>>,
}

impl MetricKit<'_> {
    /// Returns the scores of the candidates of documents that are sent together, or what is
    /// wrong with the first wrong one.
    pub(super) fn ask(&self, documents: &[Measured]) -> Result<Vec<Vec<Score>>, String> {
        let metric = match self.metric.take() {
            Some(metric) => metric,
            None => (self.open)().map_err(|error| error.to_string())?,
        };

        let found = ask(&metric, documents);
        // a process that failed a case is dropped, so that it cannot fail the next one
        if found.is_ok() {
            self.metric.replace(Some(metric));
        }
        found
    }

    /// Returns the scores of the candidates of one document.
    pub(super) fn one(&self, document: &Measured) -> Result<Vec<Score>, String> {
        let found = self.ask(std::slice::from_ref(document))?;
        Ok(found.into_iter().next().unwrap_or_default())
    }

    /// Ends the process, so that the next question is sent to a new one.
    pub(super) fn restart(&self) {
        self.metric.take();
    }

    /// Returns whether the metric claims that the same question always has the same answer,
    /// and which of its values are good.
    pub(super) fn claims(&self) -> Result<(bool, Better), String> {
        let metric = (self.open)().map_err(|error| error.to_string())?;
        let is_deterministic = metric.supervisor.ready.deterministic;
        Ok((is_deterministic, metric.description.scale.better))
    }
}

fn ask(metric: &HostedMetric, documents: &[Measured]) -> Result<Vec<Vec<Score>>, String> {
    let task = metric.description.task;
    let segments = |text: &str| -> Vec<String> {
        match task {
            Task::Summaries => vec![text.to_owned()],
            Task::Keyphrases => text.split_whitespace().map(str::to_owned).collect(),
        }
    };
    let references: Vec<Vec<Vec<String>>> = documents
        .iter()
        .map(|document| document.references.iter().map(|it| segments(it)).collect())
        .collect();
    let sources: Vec<Vec<String>> = documents
        .iter()
        .map(|document| document.references.clone())
        .collect();
    let candidates: Vec<Vec<Vec<String>>> = documents
        .iter()
        .map(|document| document.candidates.iter().map(|it| segments(it)).collect())
        .collect();
    let borrowed: Vec<Vec<Vec<&str>>> = candidates
        .iter()
        .map(|of_document| of_document.iter().map(|it| borrowed(it)).collect())
        .collect();

    let questions = documents.iter().enumerate().map(|(at, document)| {
        let question = ExternalQuestion {
            language: document.language,
            references: &references[at],
            source: &sources[at],
            ..ExternalQuestion::default()
        };
        // each candidate is sent, also if two are equal
        metric.asked(&question, borrowed[at].iter().map(Vec::as_slice).collect())
    });
    let questions: Vec<_> = questions.collect();
    let answers = metric.supervisor.ask(&questions).into_iter();
    answers
        .map(|answered| {
            let scores = answered.result.map_err(|failure| failure.to_string())?;
            scores
                .into_iter()
                .map(|score: ExternalScore| {
                    let score = score.map(|measure| measure.score);
                    score.map_err(|failure| failure.message)
                })
                .collect()
        })
        .collect()
}

fn borrowed(segments: &[String]) -> Vec<&str> {
    segments.iter().map(String::as_str).collect()
}
