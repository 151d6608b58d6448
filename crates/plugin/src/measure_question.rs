//! The question to a metric: the references of a document once, and all outputs for it.

use serde_json::{Value, json};

use epitome_metrics::{ExternalFailure, ExternalScore, Scale, Task};

use super::{
    answer::Question,
    failure::{Fault, PluginFailure},
    message::{Measure, MeasureParts, Reply, Request},
};

/// The outputs for a document, each text once, that a metric is asked for.
pub(super) struct MeasureQuestion<'a> {
    pub(super) task: Task,
    pub(super) scale: Scale,
    pub(super) language: &'a str,
    /// The query that the outputs are to answer; empty if there is none.
    pub(super) query: &'a str,
    /// The references, each as segments.
    pub(super) references: &'a [Vec<String>],
    /// The sentences of the source; `None` if the metric does not need them.
    pub(super) source: Option<&'a [String]>,
    /// The outputs, each as segments.
    pub(super) candidates: Vec<&'a [&'a str]>,
}

impl Question for MeasureQuestion<'_> {
    /// A score or a failure for each candidate.
    type Answer = Vec<ExternalScore>;

    fn request(&self, id: u64) -> Request<'_> {
        let candidates = self.candidates.iter();
        let (references, candidates): (Value, Value) = match self.task {
            // a summary is a text
            Task::Summaries => (
                self.references.iter().map(|it| it.join("\n")).collect(),
                candidates.map(|it| it.join("\n")).collect(),
            ),
            // the gold phrases are one list, and so is each output
            Task::Keyphrases => (
                json!(self.references.concat()),
                candidates.map(|it| json!(it)).collect(),
            ),
        };
        Request::Measure {
            id,
            language: self.language,
            query: self.query,
            references,
            source: self.source,
            candidates,
        }
    }

    fn answer(&self, reply: Reply) -> Result<Vec<ExternalScore>, PluginFailure> {
        let measures = reply.measures.ok_or_else(|| {
            PluginFailure::protocol("an answer has neither `measures` nor `error`")
        })?;
        if measures.len() != self.candidates.len() {
            return Err(PluginFailure::protocol(format!(
                "{} measures for {} candidates",
                measures.len(),
                self.candidates.len()
            )));
        }

        let scores = measures.into_iter().enumerate();
        let scores = scores.map(|(at, measure)| self.score(at, measure));
        scores.collect()
    }

    /// A metric that has no score for anything has not answered.
    fn has_failed(scores: &Vec<ExternalScore>) -> bool {
        scores.iter().all(Result::is_err)
    }
}

impl MeasureQuestion<'_> {
    /// Returns what a plugin says of the candidate at an index, if it obeys the rules.
    fn score(&self, at: usize, measure: Measure) -> Result<ExternalScore, PluginFailure> {
        let refuse = |problem: String| {
            PluginFailure::protocol(format!("the measure of candidate {at}: {problem}"))
        };
        let parts = match measure {
            Measure::Value(value) => MeasureParts {
                value: Some(value),
                ..MeasureParts::default()
            },
            Measure::Parts(parts) => parts,
        };

        let measure = parts.measure(self.scale).map_err(refuse)?;
        Ok(measure.map_err(|message| ExternalFailure {
            status: Fault::Error.name(),
            message: PluginFailure::new(Fault::Error, message).message,
        }))
    }
}
