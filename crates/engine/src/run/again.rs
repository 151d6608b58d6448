//! Goes over stored rows again: for systems that failed, or for another metric.

use std::num::NonZero;

use super::{
    Cell, DocumentOutcome, Failure, Plan, Progress, RunError, StoreError, StoredRows,
    System, SystemOutcome,
    execute::{Found, Given, Worker, in_order},
    first_pass::first_pass,
    guard::records,
};

/// Hands the stored documents of a run to `sink`, in their order; where systems failed they
/// are run again, and the document is scored anew.
///
/// # Errors
/// A record is broken, rows cannot be read, or the sink fails.
pub fn retry<E>(
    plan: &Plan,
    rows: StoredRows,
    progress: &mut dyn Progress,
    sink: impl FnMut(DocumentOutcome) -> Result<(), E>,
) -> Result<(), RunError<E>> {
    over(plan, rows, progress, sink, |worker, source, stored| {
        if !stored.systems.iter().any(SystemOutcome::has_failed) {
            return Ok(stored);
        }
        let mut before = stored.systems.into_iter();
        let again = |_, attempt: &dyn Fn() -> Given| match before.next() {
            Some(SystemOutcome { extract: Some(extract), .. }) => Ok(extract),
            _ => attempt(),
        };
        Ok(worker.outcome_with(source?, again)?)
    })
}

/// Hands the stored documents of a run to `sink`, in their order, their extracts scored by
/// the metrics of `plan` too, which come after those of the rows. No system is run.
///
/// # Errors
/// A record is broken, rows cannot be read, or the sink fails.
pub fn rescore<E>(
    plan: &Plan,
    rows: StoredRows,
    progress: &mut dyn Progress,
    sink: impl FnMut(DocumentOutcome) -> Result<(), E>,
) -> Result<(), RunError<E>> {
    let known = rows.layout().metrics.len();
    over(plan, rows, progress, sink, |worker, source, mut stored| {
        let mut before = stored.systems.iter_mut();
        let given = |_, _: &dyn Fn() -> Given| {
            let stored = before.next();
            let stored = stored.map(|it| (it.extract.take(), it.failure.as_ref()));
            match stored {
                Some((Some(extract), _)) => Ok(extract),
                Some((None, Some(failure))) => Err(failure.clone()),
                _ => Err(Failure::error("it has no row")),
            }
        };
        let scored = worker.outcome_with(source?, given)?;
        let pairs = stored.systems.iter_mut().zip(scored.systems);
        for (stored, scored) in pairs {
            stored.extract = scored.extract;
            let after = |cell: Cell| Cell { metric: known + cell.metric, ..cell };
            stored.cells.extend(scored.cells.into_iter().map(after));
        }
        Ok(stored)
    })
}

/// Why a stored document could not be gone over again.
enum Refusal {
    Corpus(epitome_corpora::CorpusError),
    Rows(StoreError),
}

impl From<epitome_corpora::CorpusError> for Refusal {
    fn from(error: epitome_corpora::CorpusError) -> Self {
        Self::Corpus(error)
    }
}

impl<E> From<Refusal> for RunError<E> {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Corpus(error) => Self::Corpus(error),
            Refusal::Rows(error) => Self::Rows(error),
        }
    }
}

/// Each stored document beside its source, worked on by many threads.
fn over<E>(
    plan: &Plan,
    rows: StoredRows,
    progress: &mut dyn Progress,
    mut sink: impl FnMut(DocumentOutcome) -> Result<(), E>,
    work: impl Fn(&mut Worker<'_>, Found, DocumentOutcome) -> Result<DocumentOutcome, Refusal>
    + Sync,
) -> Result<(), RunError<E>> {
    let mut rows = rows.peekable();
    for (index, corpus) in plan.corpora.iter().enumerate() {
        let mut stages = super::clock::Stages::default();
        let corpus_wide = first_pass(plan, corpus.as_ref(), &mut stages)?;
        let worker = || Worker::new(plan, index, &corpus_wide);
        let of_corpus = |row: &Result<DocumentOutcome, StoreError>| {
            row.as_ref().map_or(true, |stored| stored.corpus == index)
        };
        let mut sources = records(corpus.as_ref())?;
        let items = std::iter::from_fn(|| {
            let stored = rows.next_if(of_corpus)?;
            Some((sources.next()?, stored))
        });
        let work = |worker: &mut Worker<'_>, (source, stored): (Found, Result<_, _>)| {
            let bytes = source.as_ref().map_or(0, epitome_corpora::Source::bytes);
            let outcome = work(worker, source, stored.map_err(Refusal::Rows)?)?;
            Ok::<_, Refusal>((bytes, outcome))
        };
        // a plugin is asked in the order of the documents, so that when it has failed too
        // often depends on no thread
        let jobs = match plan.systems.iter().any(System::is_plugin) {
            true => NonZero::<usize>::MIN,
            false => plan.jobs,
        };
        in_order(jobs, items, worker, work, |(bytes, outcome)| {
            progress.advance(bytes);
            sink(outcome).map_err(RunError::Sink)
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        path::Path,
        sync::atomic::{AtomicU32, Ordering},
    };

    use super::*;
    use crate::registry::Registry;
    use crate::run::{Done, Layout, Role, Store, System, background, execute, replace};
    use epitome_corpora as corpus;
    use epitome_systems::rank::{Budget, Selection};
    use epitome_systems::summarise::Summariser;
    use epitome_text::{Document, Needs};

    /// Picks the first sentence, or panics where a document has an even number of them.
    struct Flaky<'a> {
        fails: bool,
        asked: &'a AtomicU32,
    }

    impl Summariser for Flaky<'static> {
        fn summarise(&self, document: &Document, budget: Budget) -> Selection {
            self.asked.fetch_add(1, Ordering::Relaxed);
            if self.fails && document.sentences().len().is_multiple_of(2) {
                std::panic::resume_unwind(Box::new("an even number")); // without a message
            }
            Selection::in_order(0..1, document, budget)
        }
    }

    struct Quiet;

    impl Progress for Quiet {
        fn advance(&mut self, _: u64) {}
    }

    fn plan(fails: bool, asked: &'static AtomicU32) -> Plan {
        let corpora = vec![corpus::open("sampler").unwrap()];
        let mut plan = Plan::standard(&Registry::standard(), corpora).unwrap();
        let lead = plan.systems.remove(0);
        let role = Role::Summariser(Box::new(Flaky { fails, asked }));
        plan.systems = vec![lead, System { name: "flaky".to_owned(), role }];
        plan.metrics.truncate(1);
        plan
    }

    fn run(plan: &Plan, folder: &Path) {
        fs::create_dir_all(folder).unwrap();
        let mut store = Store::create(folder, Layout::of(plan)).unwrap();
        execute(plan, Done::default(), &mut Quiet, |outcome| store.write(&outcome))
            .unwrap();
    }

    fn rows(folder: &Path) -> [String; 3] {
        ["scores.csv", "extracts.jsonl", "failures.csv"]
            .map(|name| fs::read_to_string(folder.join(name)).unwrap())
    }

    #[test]
    fn only_what_failed_is_asked_again_and_the_rows_are_those_of_a_clean_run() {
        static ASKED: AtomicU32 = AtomicU32::new(0);
        let folder = tempfile::tempdir().unwrap();
        let (failed, clean) = (folder.path().join("failed"), folder.path().join("clean"));
        run(&plan(true, &ASKED), &failed);
        run(&plan(false, &ASKED), &clean);
        let failures = rows(&failed)[2].lines().count() - 1;
        assert!(failures > 5, "{failures}");

        ASKED.store(0, Ordering::Relaxed);
        let plan = plan(false, &ASKED);
        let layout = || Layout::of(&plan);
        replace::<RunError<StoreError>>(&failed, layout(), None, |store| {
            let rows = StoredRows::open(&failed, layout()).unwrap();
            retry(&plan, rows, &mut Quiet, |outcome| store.write(&outcome))
        })
        .unwrap();
        assert_eq!(ASKED.load(Ordering::Relaxed) as usize, failures);
        assert_eq!(rows(&failed), rows(&clean));
    }

    /// Fails where document frequencies are not those of a background.
    struct Foreign;

    impl Summariser for Foreign {
        fn summarise(&self, document: &Document, budget: Budget) -> Selection {
            let corpus = document.corpus();
            if !corpus.is_some_and(epitome_text::CorpusStatistics::is_background) {
                std::panic::resume_unwind(Box::new("its own"));
            }
            Selection::in_order(0..1, document, budget)
        }

        fn needs(&self) -> Needs {
            Needs { idf: true, ..Needs::default() }
        }
    }

    #[test]
    fn what_is_asked_again_has_the_frequencies_of_the_background() {
        static ASKED: AtomicU32 = AtomicU32::new(0);
        let folder = tempfile::tempdir().unwrap();
        let mut plan = plan(false, &ASKED);
        let role = Role::Summariser(Box::new(Foreign));
        plan.systems = vec![System { name: "foreign".to_owned(), role }];
        run(&plan, folder.path());
        let failures = || rows(folder.path())[2].lines().count() - 1;
        assert!(failures() > 5, "without a background it fails");

        let corpus = corpus::open("sampler[0..3]").unwrap();
        plan.background = Some(background(&plan, corpus.as_ref()).unwrap());
        let layout = || Layout::of(&plan);
        replace::<RunError<StoreError>>(folder.path(), layout(), None, |store| {
            let rows = StoredRows::open(folder.path(), layout()).unwrap();
            retry(&plan, rows, &mut Quiet, |outcome| store.write(&outcome))
        })
        .unwrap();
        assert_eq!(failures(), 0);
    }

    #[test]
    fn rows_are_read_as_they_were_written() {
        static ASKED: AtomicU32 = AtomicU32::new(0);
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("first"), folder.path().join("second"));
        let plan = plan(true, &ASKED);
        run(&plan, &first);
        fs::create_dir(&second).unwrap();
        let mut store = Store::create(&second, Layout::of(&plan)).unwrap();
        for outcome in StoredRows::open(&first, Layout::of(&plan)).unwrap() {
            store.write(&outcome.unwrap()).unwrap();
        }
        assert_eq!(rows(&first), rows(&second));
    }
}
