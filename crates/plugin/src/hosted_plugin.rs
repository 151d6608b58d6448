//! A plugin as a system: child processes that are restarted, and whose failures become
//! rows.

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

/// A plugin that runs as a child process.
///
/// If a batch fails, its documents are sent again, one at a time. A document is recorded as
/// failed only if it fails alone in a child that has received no other document.
pub struct HostedPlugin {
    pub(super) name: String,
    pub(super) task: PluginTask,
    pub(super) ready: Ready,
    pub(super) command: CommandLine,
    /// The output of the declaration's version command.
    pub(super) tool: Option<String>,
    /// The digest of the files that run; empty if the command names no file.
    pub(super) program: String,
    pub(super) seed: u64,
    pub(super) params: Map<String, Value>,
    pub(super) limits: PluginLimits,
    pub(super) stop: Stop,
    pub(super) state: Mutex<State>,
}

/// The state that changes from batch to batch.
#[derive(Default)]
pub(super) struct State {
    pub(super) session: Option<Session>,
    /// The number of documents before the batch. Questions have the numbers of documents
    /// as ids, so that they do not depend on what went wrong before.
    before: u64,
    record: Record,
    /// The time at which the first document was sent.
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

/// Returns the result of a document that was not sent; without a `reason`, the run was
/// interrupted.
fn skipped(reason: Option<String>) -> Answered {
    let reason = reason.unwrap_or_else(|| "the run was interrupted".to_owned());
    Answered::failed(PluginFailure::new(
        Fault::Skipped,
        format!("not asked {reason}"),
    ))
}

impl HostedPlugin {
    /// Returns the answers of a batch; fewer if the plugin turns out too bad to go on, or
    /// is to stop.
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

        // a copy of the record tells when to stop; the caller adds the answers to the
        // record itself
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

    /// Asks for one document; if that fails, asks again in a child that has seen no
    /// other.
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

    /// Asks a child, which is started if there is none. After a failure the child is
    /// dropped, so that no child sees the same id twice.
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

        // the session is kept only if it did not fail
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
