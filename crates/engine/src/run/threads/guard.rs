//! Turns panics into errors that name the document.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
};

use epitome_base::embedding::EmbedderFailure;
use epitome_corpora::{Corpus, CorpusError, Source};

/// What a corpus yields: a source, or the error that ends it.
pub(in crate::run) type SourceResult = Result<Source, CorpusError>;

/// Returns what `work` on the document at `place` returns, or an error with the place if
/// it panics.
pub(in crate::run) fn guarded<T>(
    place: impl FnOnce() -> String,
    work: impl FnOnce() -> T,
) -> Result<T, CorpusError> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| CorpusError::Panic {
        place: place(),
        problem: panic_text(panic.as_ref()).to_owned(),
    })
}

/// Returns the message of a panic.
pub fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let text = text.or_else(|| Some(panic.downcast_ref::<EmbedderFailure>()?.message()));
    text.unwrap_or("a panic without a message")
}

/// Returns the records of a corpus. A panic while one is read becomes an error that names
/// the number of records before it, and it is the last item.
pub(in crate::run) fn records(
    corpus: &dyn Corpus,
) -> Result<impl Iterator<Item = SourceResult> + Send + '_, CorpusError> {
    let mut records = Some(corpus.records()?);
    let mut read = 0_u64;
    Ok(std::iter::from_fn(move || {
        let place = || format!("{}: the record after the first {read}", corpus.origin());
        let next = guarded(place, || records.as_mut()?.next());
        if next.is_err() {
            records = None; // its state may be inconsistent after a panic
        }
        read += 1;
        next.unwrap_or_else(|error| Some(Err(error)))
    }))
}

#[cfg(test)]
mod tests {
    use std::panic::resume_unwind;

    use super::*;
    use crate::registry::Registry;
    use crate::run::{DocumentOutcome, Done, Plan, Progress, Request, RunError, execute};
    use epitome_base::spec::Built;
    use epitome_corpora::{Address, Place, Record};
    use epitome_metrics::{
        BoundMetric, Metric, MetricInput, Output, Signature, Statistics, Task,
        Tokenisation,
    };

    /// So many short documents; reading one may panic.
    struct Many {
        count: usize,
        panics_at: Option<usize>,
    }

    impl Corpus for Many {
        fn name(&self) -> &'static str {
            "many"
        }

        fn origin(&self) -> String {
            "many".to_owned()
        }

        fn address(&self) -> Address {
            Address::of(self.name(), Place::StandardInput)
        }

        fn digest(&self) -> Result<blake3::Hash, CorpusError> {
            Ok(blake3::hash(b""))
        }

        fn bytes(&self) -> u64 {
            0
        }

        fn records(&self) -> Result<epitome_corpora::Unparsed<'_>, CorpusError> {
            Ok(Box::new((0..self.count).map(|at| {
                if self.panics_at == Some(at) {
                    resume_unwind(Box::new("no such record")); // without a message
                }
                let words = if at == 5 {
                    "Number five rose."
                } else {
                    "It rose."
                };
                Ok(Source::Parsed(Box::new(Record {
                    id: format!("d{at}"),
                    place: format!("many:{at}"),
                    text: words.to_owned(),
                    language: "en".to_owned(),
                    summaries: vec!["It rose.".to_owned()],
                    ..Record::default()
                })))
            })))
        }
    }

    /// A user's metric that panics on outputs of other than two words.
    struct Fragile;

    impl Metric for Fragile {
        fn task(&self) -> Task {
            Task::Summaries
        }

        fn tokenisation(&self) -> Tokenisation {
            Tokenisation::RougeScore(None)
        }

        fn signature(&self) -> Signature {
            Signature::of("fragile")
        }

        fn statistics(&self) -> &'static [&'static str] {
            Statistics::VALUE
        }

        fn against<'a>(&'a self, _: MetricInput<'a>) -> Box<dyn BoundMetric + 'a> {
            Box::new(|output: Output<'_>| {
                if output.tokens.ids().len() != 2 {
                    resume_unwind(Box::new("not two words")); // without a message
                }
                Statistics::value(2.0)
            })
        }

        fn score(&self, statistics: &Statistics) -> epitome_metrics::Score {
            statistics.mean()
        }
    }

    struct Quiet;

    impl Progress for Quiet {
        fn advance(&mut self, _: u64) {}
    }

    fn plan(count: usize, panics_at: Option<usize>, jobs: usize) -> Plan {
        let corpora: Vec<Box<dyn Corpus>> = vec![Box::new(Many {
            count,
            panics_at: None,
        })];
        let mut plan = Request::default()
            .plan(&Registry::standard(), corpora)
            .unwrap();
        plan.corpora[0].corpus = Box::new(Many { count, panics_at });
        plan.work.systems.truncate(1);
        plan.work.metrics.truncate(1);
        plan.work.jobs = jobs.try_into().unwrap();
        plan
    }

    fn run(plan: &Plan) -> (Vec<DocumentOutcome>, Option<String>) {
        let mut taken = Vec::new();
        let sink = |outcome| {
            taken.push(outcome);
            Ok::<_, RunError<String>>(())
        };
        let (work, sources) = (&plan.work, plan.sources());
        let ended = execute(work, &sources, Done::default(), &mut Quiet, sink);
        (taken, ended.err().map(|error| error.to_string()))
    }

    #[test]
    fn a_reader_that_panics_ends_the_run_with_an_error_after_the_documents_before() {
        for jobs in [1, 2, 7] {
            for count in [100, 5_000] {
                let (taken, error) = run(&plan(count, Some(50), jobs));
                assert_eq!(taken.len(), 50, "{jobs} {count}");
                let error = error.unwrap();
                let wanted = "many: the record after the first 50: epitome itself failed on this document: no such record";
                assert!(error.starts_with(wanted), "{error}");
            }
        }
    }

    #[test]
    fn a_panic_of_our_own_names_the_document() {
        let work = || -> () { resume_unwind(Box::new("out of order".to_owned())) };
        let error = guarded(|| "c.jsonl:3: `d3`".to_owned(), work).unwrap_err();
        insta::assert_snapshot!(error, @r"
        c.jsonl:3: `d3`: epitome itself failed on this document: out of order
        hint: please report it with the document
        ");
    }

    #[test]
    fn a_metric_that_panics_costs_its_own_cells_and_no_other() {
        for jobs in [1, 2, 7] {
            for count in [100, 5_000] {
                let mut plan = plan(count, None, jobs);
                plan.work.metrics.push(Built {
                    name: "fragile".to_owned(),
                    value: Box::new(Fragile),
                });
                let (taken, error) = run(&plan);
                assert_eq!((taken.len(), error), (count, None));
                let statuses = |at: usize| -> Vec<&str> {
                    let cells = &taken[at].systems[0].cells;
                    cells.iter().map(|cell| cell.status.name()).collect()
                };
                assert_eq!(statuses(4), ["ok", "ok"]);
                assert_eq!(statuses(5), ["ok", "crash"]);
                assert_eq!(statuses(6), ["ok", "ok"]);
            }
        }
    }
}
