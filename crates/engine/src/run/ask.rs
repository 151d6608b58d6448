//! Documents on their way past the plugins.

use std::{panic::resume_unwind, sync::mpsc, thread};

use epitome_corpora::CorpusError;
use epitome_plugin::{Answered, BATCH, Plugin};
use epitome_text::Document;

use super::{
    DocumentOutcome, Extract, Plan, Read, Reading, Role, RunError,
    execute::{Found, Given, Worker, in_order},
    pool::{Unstarted, map_in_order},
};

/// A document and what the plugins of the plan gave for it, in the order of the plan.
struct Asked {
    bytes: u64,
    read: Read,
    answers: Vec<(usize, Answered)>,
}

/// As `execute` without plugins, but every document passes the plugins first: threads read,
/// one thread asks in corpus order, threads do the rest. What a plugin is asked, and when
/// it has failed too often, so depends on no thread.
pub(super) fn ask_first<'p, E>(
    plan: &'p Plan,
    records: impl Iterator<Item = Found> + Send,
    reading: impl Fn() -> Reading<'p> + Sync,
    worker: impl Fn() -> Worker<'p> + Sync,
    take: impl FnMut((u64, DocumentOutcome)) -> Result<(), RunError<E>>,
) -> Result<(Vec<Worker<'p>>, Vec<Reading<'p>>), RunError<E>> {
    let (sender, receiver) = mpsc::sync_channel(2 * BATCH);
    let reading = &reading;
    thread::scope(|scope| {
        let ask = move || {
            let mut asking = Asking { plan, batch: Vec::new(), sender };
            let read = |reading: &mut Reading<'p>, found: Found| {
                let source = found?;
                Ok::<_, CorpusError>((source.bytes(), reading.read(source)?))
            };
            let take = |read| asking.take(read);
            let result = in_order(plan.jobs, records, reading, read, take);
            asking.ask();
            result.unwrap_or_else(|Ended(error)| {
                // nobody listens only where the run is over for another reason
                if let Some(error) = error {
                    let _ = asking.sender.send(Err(error));
                }
                Vec::new()
            })
        };
        let asking = thread::Builder::new()
            .spawn_scoped(scope, ask)
            .unwrap_or_else(|error| Unstarted::raise(1, 1, &error));
        let work = |worker: &mut Worker<'p>, asked: Result<Asked, CorpusError>| {
            with_answers(worker, asked?)
        };
        let workers = in_order(plan.jobs, receiver.into_iter(), worker, work, take);
        let reading = asking.join().unwrap_or_else(|panic| resume_unwind(panic));
        Ok((workers?, reading))
    })
}

/// Why reading ended early: a broken record, or nobody wants more.
struct Ended(Option<CorpusError>);

impl From<CorpusError> for Ended {
    fn from(error: CorpusError) -> Self {
        Self(Some(error))
    }
}

/// The thread that asks.
struct Asking<'p> {
    plan: &'p Plan,
    batch: Vec<(u64, Read)>,
    sender: mpsc::SyncSender<Result<Asked, CorpusError>>,
}

impl Asking<'_> {
    fn take(&mut self, read: (u64, Read)) -> Result<(), Ended> {
        self.batch.push(read);
        if self.batch.len() < BATCH || self.ask() { Ok(()) } else { Err(Ended(None)) }
    }

    /// Asks for the batch; whether anybody wants more.
    fn ask(&mut self) -> bool {
        let documents: Vec<&Document> =
            self.batch.iter().map(|(_, read)| read.seen()).collect();
        let mut answers: Vec<_> = answers(self.plan, &documents)
            .into_iter()
            .map(|(at, given)| (at, given.into_iter()))
            .collect();
        self.batch.drain(..).all(|(bytes, read)| {
            let answers = answers.iter_mut();
            let answers = answers.filter_map(|(at, given)| Some((*at, given.next()?)));
            let asked = Asked { bytes, read, answers: answers.collect() };
            self.sender.send(Ok(asked)).is_ok()
        })
    }
}

/// What each plugin of the plan, by its index, gives for a batch.
fn answers(plan: &Plan, documents: &[&Document]) -> Vec<(usize, Vec<Answered>)> {
    let plugins = plan.systems.iter().enumerate().filter_map(|(at, system)| {
        let Role::Plugin(plugin) = &system.role else { return None };
        Some((at, plugin.as_ref()))
    });
    let work =
        |(at, plugin): (usize, &dyn Plugin)| (at, plugin.work(documents, plan.length()));
    if documents.is_empty() {
        return Vec::new();
    }
    if plan.plugin_jobs.get() == 1 {
        return plugins.map(work).collect();
    }
    let mut all = Vec::new();
    map_in_order(
        plan.plugin_jobs,
        plugins,
        || (),
        |(), plugin| work(plugin),
        |answers| {
            all.push(answers);
            std::ops::ControlFlow::Continue(())
        },
    );
    all
}

fn with_answers(
    worker: &mut Worker<'_>,
    asked: Asked,
) -> Result<(u64, DocumentOutcome), CorpusError> {
    let Asked { bytes, read, answers } = asked;
    let mut clocks = Vec::new();
    let mut given: Vec<(usize, Given)> = Vec::new();
    for (at, answered) in answers {
        clocks.push((at, answered.clocks));
        given.push((at, self::given(read.seen(), answered)));
    }
    let mut given = given.into_iter().peekable();
    let mut outcome = worker.outcome_of(read, |at, attempt| {
        given
            .next_if(|(plugin, _)| *plugin == at)
            .map_or_else(attempt, |(_, given)| given)
    })?;
    for (at, clocks) in clocks {
        outcome.systems[at].clocks = clocks;
    }
    Ok((bytes, outcome))
}

/// What a plugin gives for one document alone.
pub(super) fn alone(plan: &Plan, plugin: &dyn Plugin, document: &Document) -> Given {
    let answered = plugin.work(&[document], plan.length()).pop();
    given(document, answered.expect("one answer for one document"))
}

fn given(document: &Document, answered: Answered) -> Given {
    match answered.result {
        Ok(answer) => Ok(Extract::of_plugin(document, answer)),
        Err(failure) => Err(failure.into()),
    }
}
