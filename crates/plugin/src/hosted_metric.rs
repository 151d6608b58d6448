//! A plugin as a metric.

use std::{
    path::Path,
    sync::{Mutex, PoisonError},
};

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
    score_cache::ScoreCache,
    supervisor::Supervisor,
};

/// A metric that runs as a child process.
pub(super) struct HostedMetric {
    pub(super) supervisor: Supervisor,
    pub(super) description: ExternalDescription,
    /// The scores that are kept; `None` if none are.
    cache: Option<Mutex<ScoreCache>>,
    /// Why scores could not be kept, the first time that they could not.
    not_kept: Mutex<Option<String>>,
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
            cache: None,
            not_kept: Mutex::default(),
        })
    }

    /// Returns the metric with the scores that are kept in a folder, if one is named.
    pub(super) fn keeping(self, folder: Option<&Path>) -> Result<Self, PluginError> {
        let Some(folder) = folder else {
            return Ok(self);
        };
        let signature = self.description.signature.to_string();
        let cache =
            ScoreCache::open(folder, &signature).map_err(|error| PluginError::File {
                path: folder.to_owned(),
                problem: error.to_string(),
            })?;
        Ok(Self {
            cache: Some(cache.into()),
            ..self
        })
    }

    /// Returns the canonical name, such as `mine(layer=5)`.
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
            query: question.query,
            references: question.references,
            source: needs.source.then_some(question.source),
            candidates,
        }
    }

    /// Returns the scores of the candidates of a document: those that are kept, and those
    /// that the plugin is asked for.
    fn one(&self, question: &ExternalQuestion<'_>) -> Vec<ExternalScore> {
        let distinct = Distinct::of(question);
        let mut asked = self.asked(question, Vec::new());
        let keys: Vec<String> = match &self.cache {
            Some(_) => distinct.keys(&asked, self.supervisor.seed),
            None => Vec::new(),
        };
        let mut scores: Vec<Option<ExternalScore>> = match &self.cache {
            Some(cache) => {
                let cache = cache.lock().unwrap_or_else(PoisonError::into_inner);
                keys.iter().map(|key| cache.measure(key).map(Ok)).collect()
            }
            None => vec![None; distinct.candidates.len()],
        };

        let missing: Vec<usize> = (0..scores.len())
            .filter(|&at| scores[at].is_none())
            .collect();
        if missing.is_empty() {
            self.supervisor.remember(Outcome::Answered);
        } else {
            asked.candidates =
                missing.iter().map(|&at| distinct.candidates[at]).collect();
            let answers = self.answers(&asked);
            self.keep(&missing, &keys, &answers);
            for (at, answer) in missing.into_iter().zip(answers) {
                scores[at] = Some(answer);
            }
        }
        let scores: Vec<ExternalScore> = scores.into_iter().flatten().collect();
        distinct.spread(&scores)
    }

    /// Asks the plugin, and returns a score or a failure for each candidate. If there is no
    /// answer for all of them, each is asked for by itself, so that one fails alone.
    fn answers(&self, asked: &MeasureQuestion<'_>) -> Vec<ExternalScore> {
        let alone = asked.candidates.iter().map(|&candidate| MeasureQuestion {
            candidates: vec![candidate],
            ..*asked
        });
        let answered = self
            .supervisor
            .ask_in_parts(asked, &alone.collect::<Vec<_>>());
        let is_whole = answered.len() < asked.candidates.len();
        let of_answer = |answered: Answered<Vec<ExternalScore>>| match answered.result {
            Ok(scores) => scores,
            Err(failure) => {
                let count = if is_whole { asked.candidates.len() } else { 1 };
                vec![Err(failure.into()); count]
            }
        };
        answered.into_iter().flat_map(of_answer).collect()
    }

    /// Keeps the scores among answers; a failure is asked for again the next time.
    fn keep(&self, asked: &[usize], keys: &[String], answers: &[ExternalScore]) {
        let Some(cache) = &self.cache else {
            return;
        };
        let scores = asked.iter().zip(answers);
        let scores = scores.filter_map(|(&at, answer)| {
            let measure = answer.as_ref().ok()?;
            Some((keys[at].clone(), measure.clone()))
        });
        let mut cache = cache.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = cache.add(scores.collect()) {
            // a disk that is full costs asking again, and no score
            let mut first = self.not_kept.lock().unwrap_or_else(PoisonError::into_inner);
            first.get_or_insert_with(|| error.to_string());
        }
    }
}

/// Returns a name without its parameters.
fn bare(name: &str) -> &str {
    name.split('(').next().unwrap_or(name)
}

/// Returns the parameters that the plugin was started with, as fields of a signature.
pub(super) fn parameters(supervisor: &Supervisor) -> Vec<(String, String)> {
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
pub(super) fn program(supervisor: &Supervisor) -> Vec<(String, String)> {
    let Ready { deterministic, .. } = supervisor.ready;
    let random = (!deterministic).then(|| ("deterministic", "false".to_owned()));
    let tool = supervisor.tool.clone().map(|tool| ("tool", tool));
    let digest = supervisor.program.get(..16);
    let program = digest.map(|digest| ("program", digest.to_owned()));
    let fields = random.into_iter().chain(tool).chain(program);
    fields.map(|(key, value)| (key.to_owned(), value)).collect()
}

impl ExternalMetric for HostedMetric {
    /// Asks for one document after the other, so that what is known of one is kept before
    /// the next is asked for.
    fn measure(&self, questions: &[ExternalQuestion<'_>]) -> Vec<Vec<ExternalScore>> {
        questions
            .iter()
            .map(|question| self.one(question))
            .collect()
    }

    fn origin(&self) -> ExternalOrigin {
        let PluginOrigin {
            version,
            command,
            program,
            isolation,
            outputs: _,
        } = self.supervisor.origin();
        ExternalOrigin {
            version,
            command,
            program,
            isolation,
        }
    }

    fn remember(&self, outcome: ExternalOutcome) {
        self.supervisor.remember(match outcome {
            ExternalOutcome::Scored => Outcome::Answered,
            ExternalOutcome::Failed => Outcome::Failed,
            ExternalOutcome::Skipped => Outcome::Skipped,
        });
    }

    fn remarks(&self) -> Vec<String> {
        let first = self.not_kept.lock().unwrap_or_else(PoisonError::into_inner);
        let of_error = |error: &String| {
            let name = self.name();
            format!(
                "scores of `{name}` are not all kept, and will be asked for again: {error}"
            )
        };
        first.iter().map(of_error).collect()
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

    /// Returns the key of each different candidate of a question.
    fn keys(&self, question: &MeasureQuestion<'_>, seed: u64) -> Vec<String> {
        let candidates = self.candidates.iter();
        candidates
            .map(|it| ScoreCache::key(question, seed, it))
            .collect()
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
