//! A plugin as a metric.

use serde_json::Value;

use epitome_metrics::{
    ExternalDescription, ExternalFailure, ExternalMetric, ExternalOrigin,
    ExternalOutcome, ExternalQuestion, ExternalScore,
};

use super::{
    answer::Answered,
    error::PluginError,
    failure::PluginFailure,
    measure_question::MeasureQuestion,
    message::Ready,
    metric_fields::{MetricFields, TAKEN},
    plugin::{Outcome, PluginOrigin},
    supervisor::Supervisor,
};

/// A metric that runs as a child process.
pub(super) struct HostedMetric {
    pub(super) supervisor: Supervisor,
    pub(super) description: ExternalDescription,
}

impl HostedMetric {
    /// Returns the metric that a started plugin says to be.
    pub(super) fn new(supervisor: Supervisor) -> Result<Self, PluginError> {
        let refuse = |problem: String| PluginError::Ready {
            name: supervisor.name.clone(),
            problem,
        };
        let said = Value::Object(supervisor.ready.rest.clone());
        let fields: MetricFields =
            serde_json::from_value(said).map_err(|error| refuse(error.to_string()))?;
        let description = fields
            .description(
                bare(&supervisor.name),
                &supervisor.ready.version,
                parameters(&supervisor),
                program(&supervisor),
            )
            .map_err(refuse)?;
        Ok(Self {
            supervisor,
            description,
        })
    }

    /// Returns the canonical name, such as `bert-score(layer=5)`.
    pub(super) fn name(&self) -> &str {
        &self.supervisor.name
    }

    /// Returns a question as the plugin is asked it.
    pub(super) fn asked<'a>(
        &self,
        question: &ExternalQuestion<'a>,
        candidates: Vec<&'a [&'a str]>,
    ) -> MeasureQuestion<'a> {
        let needs = self.description.needs;
        MeasureQuestion {
            task: self.description.task,
            scale: self.description.scale,
            language: question.language,
            references: question.references,
            source: needs.source.then_some(question.source),
            candidates,
        }
    }
}

/// Returns a name without its parameters.
fn bare(name: &str) -> &str {
    name.split('(').next().unwrap_or(name)
}

/// Returns the parameters that the plugin was started with, as fields of a signature.
fn parameters(supervisor: &Supervisor) -> Vec<(String, String)> {
    let parameters = supervisor.params.iter();
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let name = |key: &str| match TAKEN.contains(&key) {
        true => format!("parameter-{key}"),
        false => key.to_owned(),
    };
    parameters
        .map(|(key, value)| (name(key), text(value)))
        .collect()
}

/// Returns which program the plugin is, as fields of a signature.
fn program(supervisor: &Supervisor) -> Vec<(String, String)> {
    let Ready { deterministic, .. } = supervisor.ready;
    let random = (!deterministic).then(|| ("deterministic", "false".to_owned()));
    let tool = supervisor.tool.clone().map(|tool| ("tool", tool));
    let digest = supervisor.program.get(..16);
    let program = digest.map(|digest| ("program", digest.to_owned()));
    let fields = random.into_iter().chain(tool).chain(program);
    fields.map(|(key, value)| (key.to_owned(), value)).collect()
}

impl ExternalMetric for HostedMetric {
    fn measure(&self, questions: &[ExternalQuestion<'_>]) -> Vec<Vec<ExternalScore>> {
        let places: Vec<Distinct<'_>> = questions.iter().map(Distinct::of).collect();
        let asked = questions.iter().zip(&places);
        let asked = asked
            .map(|(question, places)| self.asked(question, places.candidates.clone()));
        let answers = self.supervisor.ask(&asked.collect::<Vec<_>>());
        let of_question =
            |(places, answered): (&Distinct<'_>, Answered<Vec<ExternalScore>>)| {
                match answered.result {
                    Ok(scores) => places.spread(&scores),
                    Err(failure) => {
                        let failure = ExternalFailure::from(failure);
                        places.of.iter().map(|_| Err(failure.clone())).collect()
                    }
                }
            };
        places.iter().zip(answers).map(of_question).collect()
    }

    fn origin(&self) -> ExternalOrigin {
        let PluginOrigin {
            version,
            command,
            program,
        } = self.supervisor.origin();
        ExternalOrigin {
            version,
            command,
            program,
        }
    }

    fn remember(&self, outcome: ExternalOutcome) {
        self.supervisor.remember(match outcome {
            ExternalOutcome::Scored => Outcome::Answered,
            ExternalOutcome::Failed => Outcome::Failed,
            ExternalOutcome::Skipped => Outcome::Skipped,
        });
    }
}

/// The different candidates of a question. Systems often have the same output, which is
/// asked for once, and has one score.
struct Distinct<'a> {
    /// The candidates in the order of their first occurrence.
    candidates: Vec<&'a [&'a str]>,
    /// The index in `candidates` of each candidate of the question.
    of: Vec<usize>,
}

impl<'a> Distinct<'a> {
    fn of(question: &'a ExternalQuestion<'_>) -> Self {
        let mut candidates: Vec<&[&str]> = Vec::new();
        let of = question.candidates.iter().map(|candidate| {
            let segments = candidate.segments.as_slice();
            let known = candidates.iter().position(|known| *known == segments);
            known.unwrap_or_else(|| {
                candidates.push(segments);
                candidates.len() - 1
            })
        });
        let of = of.collect();
        Self { candidates, of }
    }

    /// Returns the score of each candidate of the question from those of the different
    /// ones.
    fn spread(&self, scores: &[ExternalScore]) -> Vec<ExternalScore> {
        self.of.iter().map(|&at| scores[at].clone()).collect()
    }
}

impl From<PluginFailure> for ExternalFailure {
    fn from(failure: PluginFailure) -> Self {
        Self {
            status: failure.fault.name(),
            message: failure.text(),
        }
    }
}
