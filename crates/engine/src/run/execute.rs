//! Carries out a plan.

use std::{
    num::NonZero,
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use epitome_corpora::{Corpus, CorpusError, Record, Source};
use epitome_metrics::Task;
use epitome_plugin::{BATCH, Outcome};
use epitome_systems::rank::Selection;
use epitome_text::Document;

use super::{
    About, DocumentOutcome, Done, Extract, Failure, Oracle, Plan, Read, Reading, Role,
    Search, StoreError, System,
    ask::{self, ask_first},
    clock::{Stages, timed},
    first_pass::{CorpusWide, first_pass},
    guard::{guarded, panic_text, records},
    ids::Failed,
    pool::map_in_order,
    scoring::{Known, Scoring, labels},
};

/// What a run is told to report as it goes.
pub trait Progress {
    /// So many more bytes of the corpora have been worked through.
    fn advance(&mut self, bytes: u64);
}

/// Why a run ended early. What it had found before was handed over.
#[derive(Debug, thiserror::Error)]
pub enum RunError<E> {
    /// A corpus is broken.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// What an earlier run wrote cannot be read.
    #[error(transparent)]
    Rows(StoreError),
    /// What was found could not be handed over.
    #[error("{0}")]
    Sink(E),
}

impl<E> From<StoreError> for RunError<E> {
    fn from(error: StoreError) -> Self {
        Self::Rows(error)
    }
}

/// Runs every system of `plan` over every document of its corpora that is not `done`, and
/// hands each document's outcome to `sink`, in corpus order at any number of threads.
///
/// # Errors
/// A record is broken, or the sink fails; every outcome before that was handed over.
pub fn execute<E>(
    plan: &Plan,
    mut done: Done,
    progress: &mut dyn Progress,
    mut sink: impl FnMut(DocumentOutcome) -> Result<(), E>,
) -> Result<Stages, RunError<E>> {
    let mut stages = Stages::default();
    for (index, corpus) in plan.corpora.iter().enumerate() {
        let (documents, mut ids, failed) = done.take(index);
        let is_over = documents > 0 && corpus.records()?.nth(documents).is_none();
        // plugins are asked again for the whole of the batch that was cut off
        let again = if is_over { 0 } else { documents % BATCH };
        remember(plan, documents - again, &failed);
        if is_over {
            progress.advance(corpus.bytes());
            continue;
        }
        let corpus_wide = first_pass(plan, corpus.as_ref(), &mut stages)?;
        let worker = || Worker::new(plan, index, &corpus_wide);
        let with_plugins = plan.systems.iter().any(System::is_plugin);
        let begin = if with_plugins { documents - again } else { documents };
        let mut known = documents - begin;
        let sources = records(corpus.as_ref())?.skip(begin);
        let mut writing = Duration::ZERO;
        let take = |(bytes, outcome): (u64, DocumentOutcome)| {
            if known > 0 {
                known -= 1; // its row is there
                return Ok(());
            }
            progress.advance(bytes);
            ids.check(&outcome)?;
            timed(&mut writing, || sink(outcome)).map_err(RunError::Sink)
        };
        let workers = if with_plugins {
            let reading = || Reading::new(plan, &corpus_wide);
            let (workers, readings) = ask_first(plan, sources, reading, worker, take)?;
            for reading in &readings {
                stages.add(&reading.stages);
            }
            workers
        } else {
            in_order(plan.jobs, sources, worker, Worker::outcome, take)?
        };
        stages.write += writing;
        for worker in workers {
            stages.add(&worker.reading.stages);
        }
    }
    Ok(stages)
}

/// Tells the plugins of a plan what became of the first `documents` of a corpus.
fn remember(plan: &Plan, documents: usize, failed: &[Failed]) {
    for (at, system) in plan.systems.iter().enumerate() {
        let Role::Plugin(plugin) = &system.role else { continue };
        let mut failed = failed.iter().filter(|failed| failed.system == at).peekable();
        for document in 0..documents {
            let found = failed.next_if(|failed| failed.document == document);
            plugin.remember(found.map_or(Outcome::Answered, |found| found.outcome));
        }
    }
}

/// Analyses every document of a corpus: what systems are timed on.
///
/// # Errors
/// A record is broken.
pub fn analyse_all(
    plan: &Plan,
    corpus: &dyn Corpus,
) -> Result<Vec<Document>, CorpusError> {
    let corpus_wide = first_pass(plan, corpus, &mut Stages::default())?;
    let mut documents = Vec::new();
    let analyse = |reading: &mut Reading<'_>, found: Found| {
        Ok::<_, CorpusError>(reading.read(found?)?.into_seen())
    };
    let keep = |document| -> Result<(), CorpusError> {
        documents.push(document);
        Ok(())
    };
    let reading = || Reading::new(plan, &corpus_wide);
    in_order(plan.jobs, records(corpus)?, reading, analyse, keep)?;
    Ok(documents)
}

/// What comes out of a corpus: a source, or the error that ends it.
pub(super) type Found = Result<Source, CorpusError>;

/// Maps items, such as the sources of a corpus, on `jobs` threads; `sink` takes the
/// results in order. Ends at the first error in that order.
///
/// # Errors
/// `work` or `sink` fails.
pub fn in_order<I: Iterator + Send, S: Send, O: Send, F: Send, E: From<F>>(
    jobs: NonZero<usize>,
    items: I,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, I::Item) -> Result<O, F> + Sync,
    mut sink: impl FnMut(O) -> Result<(), E>,
) -> Result<Vec<S>, E> {
    let mut failure = None;
    let states = map_in_order(jobs, items, state, work, |result| {
        match result.map_err(E::from).and_then(&mut sink) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    failure.map_or(Ok(states), Err)
}

/// A thread of the run.
pub(super) struct Worker<'p> {
    reading: Reading<'p>,
    corpus: usize,
    summaries: Scoring<'p>,
    keyphrases: Scoring<'p>,
    /// Where a system is one or a metric compares with it.
    oracle: Option<Oracle>,
}

impl<'p> Worker<'p> {
    pub(super) fn new(plan: &'p Plan, corpus: usize, corpus_wide: &CorpusWide) -> Self {
        Self {
            reading: Reading::new(plan, corpus_wide),
            corpus,
            summaries: Scoring::new(Task::Summaries, plan),
            keyphrases: Scoring::new(Task::Keyphrases, plan),
            oracle: plan.wants_oracle().then(Oracle::default),
        }
    }

    fn outcome(&mut self, found: Found) -> Result<(u64, DocumentOutcome), CorpusError> {
        let source = found?;
        let bytes = source.bytes();
        Ok((bytes, self.outcome_with(source, |_, attempt| attempt())?))
    }

    /// The outcome of a document on which each system, by its index, is attempted or has
    /// given something before.
    pub(super) fn outcome_with(
        &mut self,
        source: Source,
        given: impl FnMut(usize, &dyn Fn() -> Given) -> Given,
    ) -> Result<DocumentOutcome, CorpusError> {
        let read = self.reading.read(source)?;
        self.outcome_of(read, given)
    }

    /// As [`Self::outcome_with`], of a document that was read before.
    pub(super) fn outcome_of(
        &mut self,
        read: Read,
        given: impl FnMut(usize, &dyn Fn() -> Given) -> Given,
    ) -> Result<DocumentOutcome, CorpusError> {
        let (place, id) = (read.record.place.clone(), read.record.id.clone());
        guarded(|| format!("{place}: `{id}`"), || self.judged(read, given))
    }

    fn judged(
        &mut self,
        read: Read,
        mut given: impl FnMut(usize, &dyn Fn() -> Given) -> Given,
    ) -> DocumentOutcome {
        let Reading { plan, stages, .. } = &mut self.reading;
        let (record, document, seen) = (&read.record, &read.document, read.seen());
        let mut select = |search| {
            let oracle = self.oracle.as_mut()?;
            Some(oracle.select(seen, &record.summaries, plan.budget, search))
        };
        let greedy = timed(&mut stages.metrics, || select(Search::Greedy));
        let oracles: Vec<Option<Selection>> = timed(&mut stages.systems, || {
            let picked = |system: &System| match system.role {
                Role::Oracle(Search::Greedy) => greedy.clone(),
                Role::Oracle(search) => select(search),
                _ => None,
            };
            plan.systems.iter().map(picked).collect()
        });
        let given = timed(&mut stages.systems, || {
            let systems = plan.systems.iter().enumerate();
            let give = |(at, system): (usize, &System)| {
                given(at, &|| match &oracles[at] {
                    Some(selection) => Ok(Extract::summary(seen, selection.clone())),
                    None if matches!(system.role, Role::Human) => {
                        Ok(Extract::first_of(&record.summaries))
                    }
                    None => attempt(plan, system, seen),
                })
            };
            systems.map(give).collect::<Vec<_>>()
        });
        let systems = timed(&mut stages.metrics, || {
            let summaries: Vec<&[String]> =
                record.summaries.iter().map(std::slice::from_ref).collect();
            let gold = Some(record.keyphrases.as_slice()).filter(|gold| !gold.is_empty());
            let (picks, phrases): (Vec<_>, Vec<_>) = given
                .into_iter()
                .enumerate()
                .partition(|(index, _)| plan.systems[*index].task() == Task::Summaries);
            let gold: Vec<&[String]> = gold.into_iter().collect();
            let number = |&pick: &u32| seen.number_of(pick) as usize;
            let oracle: Option<Vec<usize>> =
                greedy.map(|selection| selection.picks.iter().map(number).collect());
            let boilerplate = labels(record, document);
            let known =
                Known { oracle: oracle.as_deref(), boilerplate: boilerplate.as_deref() };
            let mut outcomes = self.summaries.score(document, known, &summaries, picks);
            outcomes.extend(self.keyphrases.score(document, known, &gold, phrases));
            outcomes.sort_unstable_by_key(|(index, _)| *index); // back in the plan's order
            outcomes.into_iter().map(|(_, outcome)| outcome).collect()
        });
        let about = About::of(record, document);
        let Record { id, place, .. } = read.record;
        DocumentOutcome { corpus: self.corpus, id, place, about, systems }
    }
}

/// What a system gave, or why it failed.
pub(super) type Given = Result<Extract, Failure>;

/// Lets a system work on a document; a panic or a broken rule is a failure.
fn attempt(plan: &Plan, system: &System, document: &Document) -> Given {
    let work = || match &system.role {
        Role::Summariser(summariser) => {
            let selection = summariser.summarise(document, plan.budget);
            match selection.broken_rule(document, plan.budget) {
                Some(rule) => Err(Failure::error(rule)),
                None => Ok(Extract::summary(document, selection)),
            }
        }
        Role::Extractor(extractor) => {
            let mut phrases = extractor.extract(document, plan.limit);
            phrases.truncate(plan.limit);
            let signature = extractor.signature(document);
            Ok(Extract::Keyphrases { phrases, signature })
        }
        Role::Plugin(plugin) => ask::alone(plan, plugin.as_ref(), document),
        Role::Oracle(_) | Role::Human | Role::StoredReference => {
            Err(Failure::error("it needs references"))
        }
    };
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|panic| Err(Failure::crash(panic_text(panic.as_ref()))))
}
