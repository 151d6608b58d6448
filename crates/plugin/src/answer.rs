//! The answers of a plugin, checked against the questions.

use std::time::Duration;

use epitome_systems::rank::Selection;
use epitome_text::Document;

use super::{
    failure::{Fault, PluginFailure},
    message::{Reply, Request},
    question::Length,
};

/// A question to a plugin, whatever its role: how it is written, and how its reply is
/// read. A
/// session finds everything else that a plugin may do wrong.
pub(super) trait Question {
    /// What a reply that obeys the rules amounts to.
    type Answer;

    /// Returns the message that asks the question under the number `id`.
    fn request(&self, id: u64) -> Request<'_>;

    /// Returns the answer in a reply, which contains no `error`.
    ///
    /// # Errors
    /// Returns a failure if the reply does not answer the question.
    fn answer(&self, reply: Reply) -> Result<Self::Answer, PluginFailure>;

    /// Returns whether an answer obeys the rules and is none all the same.
    fn has_failed(_: &Self::Answer) -> bool {
        false
    }
}

/// The answer of a system to one question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Sentences of the document, within the budget.
    Picks(Selection),
    /// Phrases, the best first, each with a score if the plugin sent one.
    Phrases(Vec<(String, Option<f64>)>),
    /// A text in the plugin's own words.
    Text(String),
}

/// The result of asking a plugin one question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered<A = Answer> {
    /// An answer that obeys the protocol, or what went wrong.
    pub result: Result<A, PluginFailure>,
    /// How long the answer took; `None` if the document was not sent to the plugin.
    pub clocks: Option<Clocks>,
}

/// The times that an answer took, by different clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clocks {
    /// The time by the host's clock, from the question or the answer before, to the
    /// answer.
    pub host: Duration,
    /// The time by the plugin's own clock, if the plugin reports it.
    pub own: Option<Duration>,
    /// The processor time, if the plugin reports it.
    pub cpu: Option<Duration>,
}

impl<A> Answered<A> {
    /// Returns the result of a plugin that may not open every file: with a hint if it could
    /// not open one.
    pub(super) fn of_isolated(self) -> Self {
        Self {
            result: self.result.map_err(PluginFailure::of_isolated),
            ..self
        }
    }

    /// Returns the result for a question without an answer.
    pub fn failed(failure: PluginFailure) -> Self {
        Self {
            result: Err(failure),
            clocks: None,
        }
    }
}

/// Checks the reply to a question, which came `waited` after the question and `host`
/// after the answer before it, and returns the answer in it.
pub(super) fn check<Q: Question>(
    question: &Q,
    reply: Reply,
    host: Duration,
    waited: Duration,
) -> Answered<Q::Answer> {
    let clocks = Clocks {
        host,
        own: reply.elapsed_ns.map(Duration::from_nanos),
        cpu: reply.cpu_ns.map(Duration::from_nanos),
    };

    let result = match (clocks.own, &reply.error) {
        (Some(own), _) if own > waited => Err(PluginFailure::protocol(
            "its `elapsed_ns` is longer than the time it was waited for",
        )),
        (_, Some(error)) => Err(PluginFailure::new(Fault::Error, error)),
        _ => question.answer(reply),
    };

    Answered {
        result,
        clocks: Some(clocks),
    }
}

/// Returns picked sentences if they obey the rules: they are in the document and within
/// the budget.
pub(super) fn picked(
    picks: &[i64],
    scores: Option<Vec<f64>>,
    document: &Document,
    length: Length,
) -> Result<Answer, PluginFailure> {
    let indices = picks.iter().map(|&pick| {
        u32::try_from(pick).map_err(|_| {
            PluginFailure::protocol(format!("pick {pick} is no index of a sentence"))
        })
    });
    let picks = indices.collect::<Result<_, _>>()?;

    let selection = Selection { picks, scores };
    match selection.broken_rule(document, length.budget) {
        Some(rule) => Err(PluginFailure::protocol(rule)),
        None => Ok(Answer::Picks(selection)),
    }
}

/// Returns a list of phrases if it is no longer than `limit` and has a score for each
/// phrase or none.
pub(super) fn listed(
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
