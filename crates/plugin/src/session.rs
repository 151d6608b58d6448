//! A session with a child: its introduction, then batches of questions.

use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use crate::clock::now;

use super::{
    answer::{self, Answered, Question},
    child::Child,
    command::CommandLine,
    failure::{Fault, PluginFailure},
    limits::{PluginLimits, Stop},
    message::{MessageLine, PluginRole, Ready, Request},
    step::{Heard, Step},
};

/// A child that is ready for questions.
pub(super) struct Session {
    pub(super) child: Child,
    pub(super) ready: Ready,
    /// The number of questions that were sent to the child.
    pub(super) asked: usize,
    /// The number of batches that were complete without their `end`. Their ends are not
    /// waited for again, but may arrive late.
    without_end: usize,
}

impl Session {
    /// Starts a child and reads its introduction.
    pub(super) fn start(
        command: &CommandLine,
        role: PluginRole,
        seed: u64,
        params: &Map<String, Value>,
        limits: &PluginLimits,
        stop: &Stop,
    ) -> Result<Self, PluginFailure> {
        let mut child = Child::start(command, limits, stop)?;

        let mut hello = Vec::new();
        Request::Hello {
            v: role.version(),
            role: role.said(),
            seed,
            params,
        }
        .write(&mut hello);

        let mut found = None;
        child.exchange(&hello, limits.start, None, |line, _| {
            match MessageLine::read(line).map_err(PluginFailure::protocol)? {
                MessageLine::Ready(ready) => found = Some(ready),
                MessageLine::Refusal(error) => {
                    return Err(PluginFailure::new(Fault::Error, error));
                }
                MessageLine::Reply(_) | MessageLine::End(_) => {
                    return Err(PluginFailure::protocol(
                        "it answered before it was asked",
                    ));
                }
            }
            Ok(Step::Last)
        })?;

        let ready = found.ok_or_else(|| PluginFailure::protocol("it is not ready"))?;
        Ok(Self {
            child,
            ready,
            asked: 0,
            without_end: 0,
        })
    }

    /// Asks questions, which are numbered from `first` on; no number may occur twice. If the exchange fails, the session is over.
    ///
    /// A batch is complete if every question is answered. Its `end` is then waited for a
    /// moment, to check that nothing else follows.
    pub(super) fn ask<Q: Question>(
        &mut self,
        first: u64,
        questions: &[Q],
        limits: &PluginLimits,
        end: Option<Instant>,
    ) -> Result<Vec<Answered<Q::Answer>>, PluginFailure> {
        self.asked += questions.len();

        // like the ids, the number depends on nothing but the questions
        let batch = first;
        let mut messages = Vec::new();
        for (id, question) in (first..).zip(questions) {
            question.request(id).write(&mut messages);
        }
        Request::End { batch }.write(&mut messages);

        let mut answers: Vec<Option<Answered<Q::Answer>>> =
            questions.iter().map(|_| None).collect();
        let sent = now();
        let mut before = sent;
        let mut left = questions.len();
        let mut without_end = self.without_end;

        // after one batch without its end, no time is spent on waiting for another
        let moment = if without_end == 0 {
            limits.grace
        } else {
            Duration::ZERO
        };

        let heard =
            self.child
                .exchange(&messages, limits.answer, end, |line, time| {
                    match MessageLine::read(line).map_err(PluginFailure::protocol)? {
                        MessageLine::Reply(reply) => {
                            let at = reply.id.checked_sub(first).map(|at| at as usize);
                            let Some(at) = at.filter(|&at| at < questions.len()) else {
                                return Err(PluginFailure::protocol(
                                    "it answered for an id that it was not asked for",
                                ));
                            };

                            if answers[at].is_some() {
                                return Err(PluginFailure::protocol(
                                    "it answered twice for one id",
                                ));
                            }

                            let (host, waited) = (time - before, time - sent);
                            let question = &questions[at];
                            answers[at] =
                                Some(answer::check(question, reply, host, waited));
                            before = time;
                            left -= 1;

                            Ok(if left == 0 {
                                Step::Enough(moment)
                            } else {
                                Step::More
                            })
                        }
                        MessageLine::End(found) if found == batch => {
                            match answers.iter().all(Option::is_some) {
                                true => Ok(Step::Last),
                                false => Err(PluginFailure::protocol(
                                    "it ended a batch without all answers",
                                )),
                            }
                        }
                        // the late end of a batch that was complete without it
                        MessageLine::End(found) if found < batch && without_end > 0 => {
                            without_end -= 1;
                            Ok(Step::More)
                        }
                        MessageLine::End(_) => Err(PluginFailure::protocol(
                            "it ended another batch than the one that was asked",
                        )),
                        MessageLine::Ready(_) => {
                            Err(PluginFailure::protocol("it said `ready` again"))
                        }
                        MessageLine::Refusal(error) => Err(PluginFailure::protocol(
                            format!("an error without an id: {error}"),
                        )),
                    }
                })?;

        self.without_end = without_end + usize::from(heard == Heard::Enough);
        let answers = answers.into_iter().flatten();
        Ok(match self.child.is_isolated {
            true => answers.map(Answered::of_isolated).collect(),
            false => answers.collect(),
        })
    }
}
