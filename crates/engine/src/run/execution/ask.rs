//! The road of documents past the plugins. Threads read and analyse documents, one thread
//! asks every plugin in the order of the corpus, and threads run the other systems and
//! score what all have returned.

use std::{panic::resume_unwind, sync::mpsc, thread};

use epitome_corpora::CorpusError;
use epitome_plugin::{Answered, AskedDocument, BATCH, Length, Plugin};

use crate::run::{
    input::reading::{Read, Reader},
    outcomes::outcome::SystemResult,
    setup::{system::Role, work::Work},
    threads::{
        guard::SourceResult,
        pool::{Unstarted, in_order, map_in_order},
    },
};

use super::{
    external::Worked,
    run_error::RunError,
    worker::{Worker, given_by},
};

/// A document with what each plugin has answered for it, in table order.
struct AnsweredDocument {
    bytes: u64,
    read: Read,
    answers: Vec<(usize, Answered)>,
}

/// Works as `execute` does without plugins, but every document passes the plugins first:
/// threads read, one thread sends requests in corpus order, threads do the rest. The requests
/// to a plugin, and when it has failed too often, therefore do not depend on threads.
pub(super) fn ask_first<'p, E>(
    work: &'p Work,
    length: Length,
    records: impl Iterator<Item = SourceResult> + Send,
    reader: impl Fn() -> Reader + Sync,
    worker: impl Fn() -> Worker<'p> + Sync,
    take: impl FnMut((u64, Worked)) -> Result<(), RunError<E>>,
) -> Result<(Vec<Worker<'p>>, Vec<Reader>), RunError<E>> {
    let (sender, receiver) = mpsc::sync_channel(2 * BATCH);
    let reader = &reader;
    thread::scope(|scope| {
        let ask = move || {
            let mut asking = Asking {
                work,
                length,
                batch: Vec::new(),
                sender,
            };

            let read = |reader: &mut Reader, found: SourceResult| {
                let source = found?;
                Ok::<_, CorpusError>((source.bytes(), reader.read(source)?))
            };
            let take = |read| asking.take(read);

            let result = in_order(work.jobs, records, reader, read, take);
            asking.ask();
            result.unwrap_or_else(|ReadingEnd(error)| {
                // nobody listens if the run is over for another reason
                if let Some(error) = error {
                    let _ = asking.sender.send(Err(error));
                }
                Vec::new()
            })
        };

        let asking = thread::Builder::new()
            .spawn_scoped(scope, ask)
            .unwrap_or_else(|error| Unstarted::raise(1, 1, &error));

        let score = |worker: &mut Worker<'p>,
                     asked: Result<AnsweredDocument, CorpusError>| {
            with_answers(worker, asked?)
        };
        let workers = in_order(work.jobs, receiver.into_iter(), worker, score, take);
        let readers = asking.join().unwrap_or_else(|panic| resume_unwind(panic));
        Ok((workers?, readers))
    })
}

/// Why reading ended early: a broken record, or no error if the receiver wants no further
/// documents.
struct ReadingEnd(Option<CorpusError>);

impl From<CorpusError> for ReadingEnd {
    fn from(error: CorpusError) -> Self {
        Self(Some(error))
    }
}

/// The state of the thread that asks the plugins.
struct Asking<'p> {
    work: &'p Work,
    length: Length,
    batch: Vec<(u64, Read)>,
    sender: mpsc::SyncSender<Result<AnsweredDocument, CorpusError>>,
}

impl Asking<'_> {
    fn take(&mut self, read: (u64, Read)) -> Result<(), ReadingEnd> {
        self.batch.push(read);
        if self.batch.len() < BATCH || self.ask() {
            Ok(())
        } else {
            Err(ReadingEnd(None))
        }
    }

    /// Asks the plugins for the batch and sends the answers on. Returns whether the
    /// receiver wants more.
    fn ask(&mut self) -> bool {
        let questions: Vec<AskedDocument<'_>> =
            self.batch.iter().map(|(_, read)| read.question()).collect();
        let mut answers: Vec<_> = answers(self.work, self.length, &questions)
            .into_iter()
            .map(|(at, given)| (at, given.into_iter()))
            .collect();
        self.batch.drain(..).all(|(bytes, read)| {
            let answers = answers.iter_mut();
            let answers = answers.filter_map(|(at, given)| Some((*at, given.next()?)));
            let asked = AnsweredDocument {
                bytes,
                read,
                answers: answers.collect(),
            };
            self.sender.send(Ok(asked)).is_ok()
        })
    }
}

/// Returns what each plugin of the plan, by its index, has answered for a batch.
fn answers(
    work: &Work,
    length: Length,
    questions: &[AskedDocument<'_>],
) -> Vec<(usize, Vec<Answered>)> {
    let plugins = work.systems.iter().enumerate().filter_map(|(at, system)| {
        let Role::Plugin(plugin) = &system.role else {
            return None;
        };
        Some((at, plugin.as_ref()))
    });
    let ask = |(at, plugin): (usize, &dyn Plugin)| (at, plugin.work(questions, length));

    if questions.is_empty() {
        return Vec::new();
    }
    if work.plugin_jobs.get() == 1 {
        return plugins.map(ask).collect();
    }

    let mut all = Vec::new();
    map_in_order(
        work.plugin_jobs,
        plugins,
        || (),
        |(), plugin| ask(plugin),
        |answers| {
            all.push(answers);
            std::ops::ControlFlow::Continue(())
        },
    );
    all
}

fn with_answers(
    worker: &mut Worker<'_>,
    asked: AnsweredDocument,
) -> Result<(u64, Worked), CorpusError> {
    let AnsweredDocument {
        bytes,
        read,
        answers,
    } = asked;
    let mut clocks = Vec::new();
    let mut given: Vec<(usize, SystemResult)> = Vec::new();
    for (at, answered) in answers {
        clocks.push((at, answered.clocks));
        given.push((at, given_by(read.seen(), answered)));
    }

    let mut given = given.into_iter().peekable();
    let mut made = worker.outcome_of(read, |at, attempt| {
        given
            .next_if(|(plugin, _)| *plugin == at)
            .map_or_else(attempt, |(_, given)| given)
    })?;

    for (at, clocks) in clocks {
        made.outcome.systems[at].clocks = clocks;
    }
    Ok((bytes, made))
}
