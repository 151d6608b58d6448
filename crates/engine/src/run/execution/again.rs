//! Goes over the stored rows of a run again: [`retry`] for systems that failed,
//! [`rescore`] for further metrics. Each stored document is read beside its source in the
//! corpus, processed by a pool of threads and passed on in the order of the corpus.

use std::num::NonZero;

use epitome_base::spec::Built;
use epitome_corpora::{CorpusError, Source};
use epitome_metrics::Metric;
use epitome_text::Analyser;

use crate::run::{
    input::{first_pass::first_pass, reading::Reader},
    outcomes::{
        failure::RowFailure,
        outcome::{DocumentOutcome, ScoreCell, SystemOutcome, SystemResult},
    },
    setup::{
        layout::Layout,
        run_corpus::RunCorpus,
        work::{Reading, Work},
    },
    storing::{store_error::StoreError, stored::StoredRows},
    threads::{
        clock::Stages,
        guard::{SourceResult, guarded, records},
        pool::in_order,
        progress::Progress,
    },
};

use super::{
    external::{ExternalMetrics, Waiting, Worked},
    run_error::{NotStarted, RunError},
    scorer::Scorer,
    worker::Worker,
};

/// Hands the stored documents of a run to `sink`, in their order. Systems that failed on
/// a document run on it again, and the document is scored anew.
///
/// # Errors
/// Returns an error if a record is broken, rows cannot be read, or the sink fails.
pub fn retry<E>(
    work: &Work,
    corpora: &[RunCorpus<'_>],
    rows: StoredRows,
    progress: &mut dyn Progress,
    sink: impl FnMut(DocumentOutcome) -> Result<(), E>,
) -> Result<(), RunError<E>> {
    // the order of the requests to a plugin decides when it has failed too often; with one
    // thread it is the order of the documents
    let jobs = if work.has_plugins() {
        NonZero::<usize>::MIN
    } else {
        work.jobs
    };

    let begin = |index: usize, on: RunCorpus<'_>| {
        let corpus_wide = first_pass(work, on.corpus, &mut Stages::default())?;
        Ok(move || Worker::new(work, index, on.length, &corpus_wide))
    };

    let ask_again =
        |worker: &mut Worker<'_>, found: SourceResult, stored: DocumentOutcome| {
            if !stored.systems.iter().any(SystemOutcome::has_failed) {
                return Ok(stored.into());
            }

            let mut before = stored.systems.into_iter();
            // systems that had an answer keep it
            let again = |_, attempt: &dyn Fn() -> SystemResult| match before.next() {
                Some(SystemOutcome {
                    extract: Some(extract),
                    ..
                }) => Ok(extract),
                _ => attempt(),
            };
            Ok(worker.outcome_with(found?, again)?)
        };
    let corpora_of_work = corpora.iter();
    let names = corpora_of_work.map(|on| (on.corpus.name().to_owned(), on.length));
    let layout = work.layout(names.collect());
    let external = ExternalMetrics::of(&work.metrics, &layout);
    over(
        corpora, jobs, rows, progress, &external, sink, begin, ask_again,
    )
}

/// The metrics that [`rescore`] adds to a run, and how its documents are read, according to
/// the manifest of the run.
pub struct Rescoring<'a> {
    /// The layout of the run as it is.
    pub layout: &'a Layout,
    /// The metrics to add; their columns come after those of the run.
    pub metrics: &'a [Built<dyn Metric>],
    /// How the texts of the run were read.
    pub reading: Reading,
    /// The number of threads.
    pub jobs: NonZero<usize>,
}

/// Hands the stored documents of a run to `sink`, in their order, with their extracts
/// scored by further metrics as well. No system runs.
///
/// # Errors
/// Returns an error if a record is broken, rows cannot be read, or the sink fails.
pub fn rescore<E>(
    rescoring: &Rescoring<'_>,
    corpora: &[RunCorpus<'_>],
    rows: StoredRows,
    progress: &mut dyn Progress,
    sink: impl FnMut(DocumentOutcome) -> Result<(), E>,
) -> Result<(), RunError<E>> {
    let Rescoring {
        layout,
        metrics,
        reading,
        jobs,
    } = *rescoring;

    let known = layout.metrics.len();
    // the oracle is made again only if a metric is relative to it
    let oracle = metrics.iter().any(|metric| metric.value.needs().oracle);

    let begin = |_: usize, on: RunCorpus<'_>| {
        Ok(move || {
            let systems = layout.systems.clone();
            let scorer =
                Scorer::new(systems, metrics, oracle.then_some(on.length.budget));
            (Reader::new(reading, Analyser::default()), scorer)
        })
    };

    let score = |(reader, scorer): &mut (Reader, Scorer<'_>),
                 found: SourceResult,
                 mut stored: DocumentOutcome| {
        let read = reader.read(found?)?;
        let texts = ExternalMetrics::texts(metrics, &read);
        let place = format!("{}: `{}`", read.record.place, read.record.id);

        let given = stored.systems.iter_mut().map(|system| {
            system
                .extract
                .take()
                .ok_or_else(|| system.failure.clone().unwrap_or_else(no_row))
        });
        let given = given.collect();

        let scored = guarded(
            || place,
            || {
                let oracle = scorer.oracle(&read);
                scorer.score(&read, oracle.as_ref(), given)
            },
        )?;

        for (stored, scored) in stored.systems.iter_mut().zip(scored) {
            stored.extract = scored.extract;
            stored
                .cells
                .extend(scored.cells.into_iter().map(|cell| ScoreCell {
                    metric: known + cell.metric,
                    ..cell
                }));
        }
        let outcome = stored;
        Ok(Worked { outcome, texts })
    };
    let external = ExternalMetrics::of(metrics, layout).after(known);
    over(corpora, jobs, rows, progress, &external, sink, begin, score)
}

fn no_row() -> RowFailure {
    RowFailure::error("it has no row")
}

/// Why a stored document could not be gone over again.
enum Refusal {
    Corpus(CorpusError),
    Rows(StoreError),
}

impl From<CorpusError> for Refusal {
    fn from(error: CorpusError) -> Self {
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

/// Hands every stored document, with its source, to `work` on many threads, and its
/// result to `sink` in the order of the rows. `begin` returns, for the corpus of an
/// index, the function that makes the state of a thread.
#[expect(
    clippy::too_many_arguments,
    reason = "each is said once, and by itself"
)]
fn over<E, W: Send, F: Fn() -> W + Sync>(
    corpora: &[RunCorpus<'_>],
    jobs: NonZero<usize>,
    rows: StoredRows,
    progress: &mut dyn Progress,
    external: &ExternalMetrics<'_>,
    mut sink: impl FnMut(DocumentOutcome) -> Result<(), E>,
    begin: impl Fn(usize, RunCorpus<'_>) -> Result<F, CorpusError>,
    work: impl Fn(&mut W, SourceResult, DocumentOutcome) -> Result<Worked, Refusal> + Sync,
) -> Result<(), RunError<E>> {
    let mut rows = rows.peekable();
    for (index, &on) in corpora.iter().enumerate() {
        let worker = begin(index, on)?;

        // rows are sorted by corpus; an error belongs to whichever corpus meets it
        let mut sources = records(on.corpus)?;
        let items = std::iter::from_fn(|| {
            let stored = rows.next_if(|row| {
                row.as_ref().map_or(true, |stored| stored.corpus == index)
            })?;
            Some((sources.next()?, stored))
        });
        let work = |worker: &mut W, (source, stored): (SourceResult, Result<_, _>)| {
            let bytes = source.as_ref().map_or(0, Source::bytes);
            let outcome = work(worker, source, stored.map_err(Refusal::Rows)?)?;
            Ok::<_, Refusal>((bytes, outcome))
        };

        let mut waiting = Waiting::new(external, |(bytes, outcome)| {
            progress.advance(bytes);
            NotStarted::check(&outcome)?;
            sink(outcome).map_err(RunError::Sink)
        });
        in_order(jobs, items, worker, work, |worked| waiting.add(worked))?;
        waiting.finish()?;
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
    use crate::run::{
        Done, Plan, Request, Role, Store, System, background, execute, replace,
    };
    use epitome_corpora as corpus;
    use epitome_systems::keywords::{Keyphrase, KeywordExtractor};
    use epitome_systems::rank::{Budget, Selection};
    use epitome_systems::summarise::Summariser;
    use epitome_text::{CorpusNeeds, CorpusView, Document};

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
        let mut plan = Request::default()
            .plan(&Registry::standard(), corpora)
            .unwrap();
        let lead = plan.work.systems.remove(0);
        let role = Role::Summariser(Box::new(Flaky { fails, asked }));
        plan.work.systems = vec![
            lead,
            System {
                name: "flaky".to_owned(),
                role,
            },
        ];
        plan.work.metrics.truncate(1);
        plan
    }

    fn run(plan: &Plan, folder: &Path) {
        fs::create_dir_all(folder).unwrap();
        let mut store = Store::create(folder, plan.layout()).unwrap();
        let sink = |outcome: DocumentOutcome| store.write(&outcome);
        execute(
            &plan.work,
            &plan.sources(),
            Done::default(),
            &mut Quiet,
            sink,
        )
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
        let layout = || plan.layout();
        replace::<RunError<StoreError>>(&failed, layout(), None, |store| {
            let rows = StoredRows::open(&failed, layout()).unwrap();
            let sink = |outcome: DocumentOutcome| store.write(&outcome);
            retry(&plan.work, &plan.sources(), rows, &mut Quiet, sink)
        })
        .unwrap();
        assert_eq!(ASKED.load(Ordering::Relaxed) as usize, failures);
        assert_eq!(rows(&failed), rows(&clean));
    }

    /// Fails where document frequencies are not those of a background.
    struct Foreign;

    impl KeywordExtractor for Foreign {
        fn extract(&self, _: &Document, corpus: &CorpusView, _: usize) -> Vec<Keyphrase> {
            let counted = corpus.statistics();
            if !counted.is_some_and(epitome_text::CorpusStatistics::is_background) {
                std::panic::resume_unwind(Box::new("its own"));
            }
            Vec::new()
        }

        fn corpus_needs(&self) -> CorpusNeeds {
            CorpusNeeds {
                idf: true,
                ..CorpusNeeds::default()
            }
        }
    }

    #[test]
    fn what_is_asked_again_has_the_frequencies_of_the_background() {
        static ASKED: AtomicU32 = AtomicU32::new(0);
        let folder = tempfile::tempdir().unwrap();
        let mut plan = plan(false, &ASKED);
        let role = Role::Extractor(Box::new(Foreign));
        plan.work.systems = vec![System {
            name: "foreign".to_owned(),
            role,
        }];
        run(&plan, folder.path());
        let failures = || rows(folder.path())[2].lines().count() - 1;
        assert!(failures() > 5, "without a background it fails");

        let corpus = corpus::open("sampler[0..3]").unwrap();
        plan.work.background = Some(background(&plan.work, corpus.as_ref()).unwrap());
        let layout = || plan.layout();
        replace::<RunError<StoreError>>(folder.path(), layout(), None, |store| {
            let rows = StoredRows::open(folder.path(), layout()).unwrap();
            let sink = |outcome: DocumentOutcome| store.write(&outcome);
            retry(&plan.work, &plan.sources(), rows, &mut Quiet, sink)
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
        let mut store = Store::create(&second, plan.layout()).unwrap();
        for outcome in StoredRows::open(&first, plan.layout()).unwrap() {
            store.write(&outcome.unwrap()).unwrap();
        }
        assert_eq!(rows(&first), rows(&second));
    }
}
