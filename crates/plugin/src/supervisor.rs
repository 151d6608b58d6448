//! A plugin in any role: child processes that are restarted, and whose failures are
//! answers.

use std::{
    sync::{Mutex, PoisonError},
    time::Instant,
};

use serde_json::{Map, Value};

use crate::clock::{after, now};

use super::{
    answer::{Answered, Question},
    command::CommandLine,
    failure::{Fault, PluginFailure},
    limits::{PluginLimits, Stop},
    message::{PluginRole, Ready},
    plugin::{Outcome, PluginOrigin},
    question::BATCH,
    record::Record,
    session::Session,
};

/// A program that is asked questions, and everything that decides how its processes are
/// started and what they may use.
///
/// If a batch fails, its questions are sent again, one at a time. A question is recorded as
/// failed only if it fails alone in a child that has received no other question.
pub(super) struct Supervisor {
    pub(super) name: String,
    pub(super) role: PluginRole,
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
    session: Option<Session>,
    /// The number of questions before the batch. They are numbered by it, so that their
    /// ids do not depend on what went wrong before.
    before: u64,
    /// The number of parts of questions that were asked by themselves.
    parts: u64,
    record: Record,
    /// The time at which the first question was sent.
    begun: Option<Instant>,
}

impl State {
    /// Returns the state of a program whose first child, if any, is ready.
    pub(super) fn new(session: Option<Session>) -> Self {
        Self {
            session,
            ..Self::default()
        }
    }
}

impl Supervisor {
    /// Returns the same program without a child. It is asked by itself.
    pub(super) fn another(&self) -> Self {
        Self {
            name: self.name.clone(),
            role: self.role,
            ready: self.ready.clone(),
            command: self.command.clone(),
            tool: self.tool.clone(),
            program: self.program.clone(),
            seed: self.seed,
            params: self.params.clone(),
            limits: self.limits.clone(),
            stop: self.stop.clone(),
            state: State::default().into(),
        }
    }

    /// Returns the origin of the answers.
    pub(super) fn origin(&self) -> PluginOrigin {
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
            isolation: Some(self.command.isolated),
            outputs: None,
        }
    }

    /// Returns an answer or a failure for each question, in their order.
    pub(super) fn ask<Q: Question>(&self, questions: &[Q]) -> Vec<Answered<Q::Answer>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = Vec::with_capacity(questions.len());
        for batch in questions.chunks(BATCH) {
            let answers = match state.record.is_too_bad() {
                Some(_) => Vec::new(), // all are skipped below
                None => self.batch(&mut state, batch),
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

    /// Returns the answer to a question that belongs to no document. It is not counted
    /// among the failures after which a plugin is not asked again: threads ask in any order, and what
    /// fails must not depend on it.
    pub(super) fn ask_alone<Q: Question>(&self, question: &Q) -> Answered<Q::Answer> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let id = state.before + 1;
        state.before += 1;
        self.alone(&mut state, id, question)
    }

    /// Returns the answer to a question; if there is none, the answer to each of its parts,
    /// asked by itself. All of it counts as one question, which failed if all parts did.
    pub(super) fn ask_in_parts<Q: Question>(
        &self,
        question: &Q,
        parts: &[Q],
    ) -> Vec<Answered<Q::Answer>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let reason = state.record.is_too_bad();
        let whole = match &reason {
            Some(_) => None,
            None => self.batch(&mut state, std::slice::from_ref(question)).pop(),
        };
        state.before += 1;
        let Some(whole) = whole else {
            return vec![skipped(reason)];
        };

        let is_whole = whole.result.is_ok() || parts.len() < 2 || self.stop.is_wished();
        let answers = match is_whole {
            true => vec![whole],
            false => parts
                .iter()
                .map(|part| self.part(&mut state, part))
                .collect(),
        };
        let has_failed = |it: &Answered<Q::Answer>| {
            it.result.as_ref().is_ok_and(Q::has_failed) || it.result.is_err()
        };
        state.record.add(answers.iter().all(has_failed));
        answers
    }

    /// Asks a part of a question, under a number that no question has.
    fn part<Q: Question>(&self, state: &mut State, part: &Q) -> Answered<Q::Answer> {
        /// More than there are questions.
        const FIRST: u64 = 1 << 40;
        state.parts += 1;
        self.alone(state, FIRST + state.parts, part)
    }

    /// Records the outcome of the next question in an earlier part of the same run.
    pub(super) fn remember(&self, outcome: Outcome) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.before += 1;
        if outcome != Outcome::Skipped {
            state.record.add(outcome == Outcome::Failed);
        }
    }

    /// Returns the answers of a batch; fewer if the plugin turns out too bad to go on, or
    /// is to stop.
    fn batch<Q: Question>(
        &self,
        state: &mut State,
        batch: &[Q],
    ) -> Vec<Answered<Q::Answer>> {
        let first = state.before + 1;
        let broken = match self.exchange(state, first, batch) {
            Ok(answers) => return answers,
            Err(failure) => failure,
        };

        // a copy of the record tells when to stop; the caller adds the answers to the
        // record itself
        let mut record = state.record.clone();
        let mut answers = Vec::new();
        for (id, question) in (first..).zip(batch) {
            if self.stop.is_wished() {
                answers.push(Answered::failed(broken));
                break;
            }
            if record.is_too_bad().is_some() {
                break;
            }

            let answer = self.alone(state, id, question);
            record.add(answer.result.is_err());
            answers.push(answer);
        }
        answers
    }

    /// Asks one question; if that fails, asks again in a child that has seen no other.
    fn alone<Q: Question>(
        &self,
        state: &mut State,
        id: u64,
        question: &Q,
    ) -> Answered<Q::Answer> {
        let is_used = state
            .session
            .as_ref()
            .is_some_and(|session| session.asked > 0);
        let question = std::slice::from_ref(question);

        let result = match self.exchange(state, id, question) {
            Err(_) if is_used && !self.stop.is_wished() => {
                self.exchange(state, id, question)
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
    fn exchange<Q: Question>(
        &self,
        state: &mut State,
        first: u64,
        questions: &[Q],
    ) -> Result<Vec<Answered<Q::Answer>>, PluginFailure> {
        let begun = *state.begun.get_or_insert_with(now);
        let end = self.limits.run.map(|run| after(begun, run));
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
        let answers = session.ask(first, questions, &self.limits, end)?;
        state.session = Some(session);
        Ok(answers)
    }

    fn start(&self) -> Result<Session, PluginFailure> {
        let session = Session::start(
            &self.command,
            self.role,
            self.seed,
            &self.params,
            &self.limits,
            &self.stop,
        )
        .map_err(|failure| match failure.fault {
            // the row of a failure names its system, and the end of a run does not
            Fault::NotStarted => PluginFailure {
                message: format!("plugin `{}`: {}", self.name, failure.message),
                ..failure
            },
            _ => failure,
        })?;
        let version = &session.ready.version;
        if *version != self.ready.version {
            return Err(PluginFailure::protocol(format!(
                "it is now version `{version}`, and was `{}`",
                self.ready.version
            )));
        }
        // a system is known by its version alone, a metric by its signature too
        if self.role != PluginRole::System && session.ready != self.ready {
            let problem = "what it says of itself in `ready` is no longer what it was";
            return Err(PluginFailure::protocol(problem));
        }
        Ok(session)
    }
}

/// Returns the result of a question that was not sent; without a `reason`, the run was
/// interrupted.
fn skipped<A>(reason: Option<String>) -> Answered<A> {
    let reason = reason.unwrap_or_else(|| "the run was interrupted".to_owned());
    Answered::failed(PluginFailure::new(
        Fault::Skipped,
        format!("not asked {reason}"),
    ))
}
