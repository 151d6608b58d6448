//! What a plugin gave, held against what it was asked.

use std::time::Duration;

use epitome_systems::rank::Selection;
use epitome_text::Document;

use super::{
    failure::{Fault, PluginFailure},
    message::Reply,
    question::{Length, PluginTask},
};

/// What a plugin gave.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Sentences of the document, within the budget.
    Picks(Selection),
    /// Phrases, the best first, each with a score where the plugin has one.
    Phrases(Vec<(String, Option<f64>)>),
    /// A text of its own words.
    Text(String),
}

/// What became of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// An answer that keeps the rules, or what went wrong.
    pub result: Result<Answer, PluginFailure>,
    /// How long it took, where it was asked.
    pub clocks: Option<Clocks>,
}

/// How long an answer took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clocks {
    /// From the question, or the answer before, to the answer, by our clock.
    pub host: Duration,
    /// By the plugin's own clock, where it says.
    pub own: Option<Duration>,
    /// Processor time, where the plugin says.
    pub cpu: Option<Duration>,
}

impl Answered {
    /// A document without an answer.
    pub(super) fn failed(failure: PluginFailure) -> Self {
        Self {
            result: Err(failure),
            clocks: None,
        }
    }
}

/// The answer in a reply that came `waited` after the question, `host` after the answer
/// before it.
pub(super) fn check(
    reply: Reply,
    task: PluginTask,
    document: &Document,
    length: Length,
    host: Duration,
    waited: Duration,
) -> Answered {
    let clocks = Clocks {
        host,
        own: reply.elapsed_ns.map(Duration::from_nanos),
        cpu: reply.cpu_ns.map(Duration::from_nanos),
    };
    let result = match clocks.own {
        Some(own) if own > waited => Err(PluginFailure::protocol(
            "its `elapsed_ns` is longer than the time it was waited for",
        )),
        _ => answer(reply, task, document, length),
    };
    Answered {
        result,
        clocks: Some(clocks),
    }
}

fn answer(
    reply: Reply,
    task: PluginTask,
    document: &Document,
    length: Length,
) -> Result<Answer, PluginFailure> {
    if let Some(error) = reply.error {
        return Err(PluginFailure::new(Fault::Error, error));
    }
    match task {
        PluginTask::Summarise => {
            let picks = reply.picks.ok_or_else(|| {
                PluginFailure::protocol("an answer has neither `picks` nor `error`")
            })?;
            picked(&picks, reply.scores, document, length)
        }
        PluginTask::Keywords => {
            let phrases = reply.phrases.ok_or_else(|| {
                PluginFailure::protocol("an answer has neither `phrases` nor `error`")
            })?;
            listed(phrases, reply.scores, length.limit)
        }
    }
}

/// Picks that keep the rules.
pub(super) fn picked(
    picks: &[i64],
    scores: Option<Vec<f64>>,
    document: &Document,
    length: Length,
) -> Result<Answer, PluginFailure> {
    let index = |&pick: &i64| {
        u32::try_from(pick).map_err(|_| {
            PluginFailure::protocol(format!("pick {pick} is no index of a sentence"))
        })
    };
    let picks = picks.iter().map(index).collect::<Result<_, _>>()?;
    let selection = Selection { picks, scores };
    match selection.broken_rule(document, length.budget) {
        Some(rule) => Err(PluginFailure::protocol(rule)),
        None => Ok(Answer::Picks(selection)),
    }
}

fn listed(
    phrases: Vec<String>,
    scores: Option<Vec<f64>>,
    limit: usize,
) -> Result<Answer, PluginFailure> {
    let count = phrases.len();
    if count > limit {
        return Err(PluginFailure::protocol(format!(
            "{count} phrases where {limit} were asked for"
        )));
    }
    let scores = match scores {
        Some(scores) if scores.len() != count => {
            let scores = scores.len();
            return Err(PluginFailure::protocol(format!(
                "{scores} scores for {count} phrases"
            )));
        }
        Some(scores) => scores.into_iter().map(Some).collect(),
        None => vec![None; count],
    };
    Ok(Answer::Phrases(phrases.into_iter().zip(scores).collect()))
}
