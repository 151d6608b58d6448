//! Carries out a plan: every system on every document, by a pool of threads, with the
//! outcomes in the order of the corpus.

use std::time::Duration;

use epitome_corpora::{Corpus, CorpusError};
use epitome_plugin::{BATCH, Length, Outcome};

use crate::run::{
    input::{
        first_pass::first_pass,
        reading::{Reader, Seen},
    },
    outcomes::{
        ids::{Done, FailedSystem},
        outcome::DocumentOutcome,
    },
    setup::{run_corpus::RunCorpus, system::Role, work::Work},
    threads::{
        clock::{Stages, timed},
        guard::{SourceResult, records},
        pool::in_order,
        progress::Progress,
    },
};

use super::{
    ask::ask_first,
    external::{ExternalMetrics, Waiting},
    run_error::{NotStarted, RunError},
    worker::Worker,
};

/// Runs every system of `work` over every document of `corpora` that is not `done`, and
/// passes each document's outcome to `sink`, in corpus order at any number of threads.
///
/// # Errors
/// Returns an error if a record is broken, or the sink fails; every outcome before that
/// was passed on.
pub fn execute<E>(
    work: &Work,
    corpora: &[RunCorpus<'_>],
    mut done: Done,
    progress: &mut dyn Progress,
    mut sink: impl FnMut(DocumentOutcome) -> Result<(), E>,
) -> Result<Stages, RunError<E>> {
    let mut stages = Stages::default();
    let layout = work.layout(names_of(corpora));
    let external = ExternalMetrics::of(&work.metrics, &layout);

    for (index, &RunCorpus { corpus, length }) in corpora.iter().enumerate() {
        let (documents, mut ids, failed) = done.take(index);

        let is_over = documents > 0 && corpus.records()?.nth(documents).is_none();
        // plugins and external metrics receive whole batches; one that was interrupted is
        // repeated, so that the batches are the same whether or not the run was interrupted
        let again = if is_over { 0 } else { documents % BATCH };
        remember(work, documents - again, &failed.systems);
        external.remember(documents - again, &failed.metrics);
        if is_over {
            progress.advance(corpus.bytes());
            continue;
        }

        let corpus_wide = first_pass(work, corpus, &mut stages)?;
        let worker = || Worker::new(work, index, length, &corpus_wide);
        let with_plugins = work.has_plugins();
        let begin = if with_plugins || !external.is_empty() {
            documents - again
        } else {
            documents
        };

        let mut known = documents - begin;
        let sources = records(corpus)?.skip(begin);
        let mut writing = Duration::ZERO;
        let pass_on = |(bytes, outcome): (u64, DocumentOutcome)| {
            if known > 0 {
                known -= 1; // its row is already in the store
                return Ok(());
            }
            progress.advance(bytes);
            ids.check(&outcome)?;
            NotStarted::check(&outcome)?;
            timed(&mut writing, || sink(outcome)).map_err(RunError::Sink)
        };
        let mut queue = Waiting::new(&external, pass_on);
        let take = |worked| queue.add(worked);

        let workers = if with_plugins {
            let reader = || Reader::of(work, &corpus_wide);
            let (workers, readers) =
                ask_first(work, length, sources, reader, worker, take)?;
            for reader in &readers {
                stages.add(&reader.stages);
            }
            workers
        } else {
            in_order(work.jobs, sources, worker, Worker::outcome, take)?
        };

        queue.finish()?;
        stages.metrics += queue.time;
        stages.write += writing;
        for worker in workers {
            stages.add(&worker.reader.stages);
        }
    }
    Ok(stages)
}

/// Returns the names of corpora with the lengths of outputs on them.
fn names_of(corpora: &[RunCorpus<'_>]) -> Vec<(String, Length)> {
    let corpora = corpora.iter();
    corpora
        .map(|on| (on.corpus.name().to_owned(), on.length))
        .collect()
}

/// Tells the plugins what became of the first `documents` documents of a corpus, so that
/// their counts of failures go on from there.
fn remember(work: &Work, documents: usize, failed: &[FailedSystem]) {
    for (at, system) in work.systems.iter().enumerate() {
        let Role::Plugin(plugin) = &system.role else {
            continue;
        };
        let mut failed = failed
            .iter()
            .filter(|failed| failed.system == at)
            .peekable();
        for document in 0..documents {
            let found = failed.next_if(|failed| failed.document == document);
            plugin.remember(found.map_or(Outcome::Answered, |found| found.outcome));
        }
    }
}

/// Analyses every document of a corpus and returns what systems see of it, to time
/// systems.
///
/// # Errors
/// Returns an error if a record is broken.
pub fn analyse_all(work: &Work, corpus: &dyn Corpus) -> Result<Vec<Seen>, CorpusError> {
    let corpus_wide = first_pass(work, corpus, &mut Stages::default())?;
    let mut all = Vec::new();
    in_order(
        work.jobs,
        records(corpus)?,
        || Reader::of(work, &corpus_wide),
        |reader: &mut Reader, found: SourceResult| {
            Ok::<_, CorpusError>(reader.read(found?)?.into_seen())
        },
        |seen| -> Result<(), CorpusError> {
            all.push(seen);
            Ok(())
        },
    )?;
    Ok(all)
}

#[cfg(test)]
mod tests {
    use epitome_corpora as corpus;
    use epitome_plugin::{
        Answered, AskedDocument, Fault, Length, Plugin, PluginFailure, PluginOrigin,
        PluginTask,
    };

    use super::*;
    use crate::{
        registry::Registry,
        run::{Request, Role, StoreError, System},
    };

    /// A plugin that cannot be started for any document.
    struct Unstarted;

    impl Plugin for Unstarted {
        fn name(&self) -> &'static str {
            "mine"
        }

        fn task(&self) -> PluginTask {
            PluginTask::Summarise
        }

        fn origin(&self) -> PluginOrigin {
            PluginOrigin {
                version: String::new(),
                command: String::new(),
                program: String::new(),
                isolation: None,
                outputs: None,
            }
        }

        fn work(&self, documents: &[AskedDocument<'_>], _: Length) -> Vec<Answered> {
            let failure = PluginFailure::new(Fault::NotStarted, "no space is left");
            let answers = documents.iter().map(|_| Answered::failed(failure.clone()));
            answers.collect()
        }
    }

    struct Quiet;

    impl Progress for Quiet {
        fn advance(&mut self, _: u64) {}
    }

    #[test]
    fn a_machine_that_cannot_start_a_plugin_ends_the_run_and_makes_no_row() {
        let corpora = vec![corpus::open("sampler").unwrap()];
        let request = Request::default();
        let mut plan = request.plan(&Registry::standard(), corpora).unwrap();
        plan.work.systems = vec![System {
            name: "mine".to_owned(),
            role: Role::Plugin(Box::new(Unstarted)),
        }];
        plan.work.metrics.truncate(1);

        let mut rows = 0;
        let sink = |_| {
            rows += 1;
            Ok::<_, StoreError>(())
        };
        let sources = plan.sources();
        let ended = execute(&plan.work, &sources, Done::default(), &mut Quiet, sink);
        let Err(RunError::NotStarted(error)) = ended else {
            panic!("{ended:?}");
        };
        assert_eq!(error.message, "no space is left");
        assert_eq!(rows, 0);
    }
}
