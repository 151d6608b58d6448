//! A plugin as a system: children that are started again, and whose failures are rows.

use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

use serde_json::{Map, Value};

use crate::clock::now;
use epitome_text::Document;

use super::{
    answer::Answered,
    command::CommandLine,
    failure::{Fault, PluginFailure},
    limits::{PluginLimits, Stop},
    message::Ready,
    plugin::{Outcome, Plugin, PluginOrigin},
    question::{BATCH, Length, PluginTask},
    record::Record,
    session::Session,
};

/// A plugin that is run as a child process.
///
/// A batch that breaks down is asked again, one document at a time. A document is guilty
/// only if it fails alone in a child that has seen no other.
pub struct HostedPlugin {
    pub(super) name: String,
    pub(super) task: PluginTask,
    pub(super) ready: Ready,
    pub(super) command: CommandLine,
    /// What the version command of the declaration said.
    pub(super) tool: Option<String>,
    /// Digest of what runs; empty where the command names no file.
    pub(super) program: String,
    pub(super) seed: u64,
    pub(super) params: Map<String, Value>,
    pub(super) limits: PluginLimits,
    pub(super) stop: Stop,
    pub(super) state: Mutex<State>,
}

/// What changes from batch to batch.
#[derive(Default)]
pub(super) struct State {
    pub(super) session: Option<Session>,
    /// Documents before the batch: their numbers are the ids of questions, so that what is
    /// asked depends on nothing that went wrong before.
    before: u64,
    record: Record,
    /// When the first document was asked for.
    begun: Option<Instant>,
}

impl State {
    pub(super) fn new(session: Option<Session>) -> Self {
        Self {
            session,
            ..Self::default()
        }
    }
}

impl Plugin for HostedPlugin {
    fn name(&self) -> &str {
        &self.name
    }

    fn task(&self) -> PluginTask {
        self.task
    }

    fn origin(&self) -> PluginOrigin {
        let Ready {
            name,
            version,
            deterministic,
            ..
        } = &self.ready;
        let tool = self
            .tool
            .as_ref()
            .map_or(String::new(), |tool| format!(", {tool}"));
        let random = if *deterministic {
            ""
        } else {
            ", not deterministic"
        };
        PluginOrigin {
            version: format!("{name} {version}{tool}{random}"),
            command: self.command.text(),
            program: self.program.clone(),
        }
    }

    fn work(&self, documents: &[&Document], length: Length) -> Vec<Answered> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = Vec::with_capacity(documents.len());
        for batch in documents.chunks(BATCH) {
            let answers = match state.record.is_too_bad() {
                Some(_) => Vec::new(), // all are skipped below
                None => self.batch(&mut state, batch, length),
            };
            let mut answers = answers.into_iter();
            state.before += batch.len() as u64;
            all.extend(batch.iter().map(|_| {
                match (state.record.is_too_bad(), answers.next()) {
                    (None, Some(answer)) => {
                        state.record.add(answer.result.is_err());
                        answer
                    }
                    (reason, _) => skipped(reason),
                }
            }));
        }
        all
    }

    fn remember(&self, outcome: Outcome) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.before += 1;
        if outcome != Outcome::Skipped {
            state.record.add(outcome == Outcome::Failed);
        }
    }
}

fn skipped(reason: Option<String>) -> Answered {
    let reason = reason.unwrap_or_else(|| "the run was interrupted".to_owned());
    Answered::failed(PluginFailure::new(
        Fault::Skipped,
        format!("not asked {reason}"),
    ))
}

impl HostedPlugin {
    /// The answers of a batch; fewer where it turns out too bad to go on, or is to stop.
    fn batch(
        &self,
        state: &mut State,
        batch: &[&Document],
        length: Length,
    ) -> Vec<Answered> {
        let first = state.before + 1;
        let broken = match self.ask(state, first, batch, length) {
            Ok(answers) => return answers,
            Err(failure) => failure,
        };
        let mut record = state.record.clone();
        let mut answers = Vec::new();
        for (id, document) in (first..).zip(batch) {
            if self.stop.is_wished() {
                answers.push(Answered::failed(broken));
                break;
            }
            if record.is_too_bad().is_some() {
                break;
            }
            let answer = self.alone(state, id, document, length);
            record.add(answer.result.is_err());
            answers.push(answer);
        }
        answers
    }

    /// Asks for one document; if that fails, once more in a child that has seen no other.
    fn alone(
        &self,
        state: &mut State,
        id: u64,
        document: &Document,
        length: Length,
    ) -> Answered {
        let is_used = state
            .session
            .as_ref()
            .is_some_and(|session| session.asked > 0);
        let result = match self.ask(state, id, &[document], length) {
            Err(_) if is_used && !self.stop.is_wished() => {
                self.ask(state, id, &[document], length)
            }
            other => other,
        };
        match result {
            Ok(answers) => answers
                .into_iter()
                .next()
                .expect("one answer for one question"),
            Err(failure) => Answered::failed(failure),
        }
    }

    /// Asks a child, a new one if need be. After a failure there is none, so that no child
    /// meets the same id twice.
    fn ask(
        &self,
        state: &mut State,
        first: u64,
        documents: &[&Document],
        length: Length,
    ) -> Result<Vec<Answered>, PluginFailure> {
        let begun = *state.begun.get_or_insert_with(now);
        let end = self.limits.run.map(|run| begun + run);
        if end.is_some_and(|end| now() >= end) {
            return Err(PluginFailure::new(
                Fault::Timeout,
                "the time for the run is over",
            ));
        }
        let mut session = match state.session.take() {
            Some(session) => session,
            None => self.start()?,
        };
        let answers =
            session.ask(first, documents, self.task, length, &self.limits, end)?;
        state.session = Some(session);
        Ok(answers)
    }

    fn start(&self) -> Result<Session, PluginFailure> {
        let session = Session::start(
            &self.command,
            self.seed,
            &self.params,
            &self.limits,
            &self.stop,
        )?;
        let version = &session.ready.version;
        match *version == self.ready.version {
            true => Ok(session),
            false => Err(PluginFailure::protocol(format!(
                "it is now version `{version}`, and was `{}`",
                self.ready.version
            ))),
        }
    }
}
