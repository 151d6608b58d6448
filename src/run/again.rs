//! Goes over stored rows again: for systems that failed, or for another metric.

use super::{
    Cell, DocumentOutcome, Plan, Progress, RunError, StoreError, StoredRows,
    SystemOutcome,
    execute::{Found, Given, Worker, first_pass, in_order},
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
        if stored.systems.iter().all(|system| system.failure.is_none()) {
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
        let given = |_, _: &dyn Fn() -> Given| match before.next() {
            Some(SystemOutcome { extract, failure, .. }) => {
                extract.take().ok_or_else(|| failure.clone().unwrap_or_default())
            }
            None => Err(String::new()),
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
    Corpus(crate::corpus::CorpusError),
    Rows(StoreError),
}

impl From<crate::corpus::CorpusError> for Refusal {
    fn from(error: crate::corpus::CorpusError) -> Self {
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
        let statistics = first_pass(plan, corpus.as_ref(), &mut stages)?;
        let worker = || Worker::new(plan, index, statistics.clone());
        let of_corpus = |row: &Result<DocumentOutcome, StoreError>| {
            row.as_ref().map_or(true, |stored| stored.corpus == index)
        };
        let mut sources = corpus.records()?;
        let items = std::iter::from_fn(|| {
            let stored = rows.next_if(of_corpus)?;
            Some((sources.next()?, stored))
        });
        let work = |worker: &mut Worker<'_>, (source, stored): (Found, Result<_, _>)| {
            let bytes = source.as_ref().map_or(0, crate::corpus::Source::bytes);
            let outcome = work(worker, source, stored.map_err(Refusal::Rows)?)?;
            Ok::<_, Refusal>((bytes, outcome))
        };
        in_order(plan, items, worker, work, |(bytes, outcome)| {
            progress.advance(bytes);
            sink(outcome).map_err(RunError::Sink)
        })?;
    }
    Ok(())
}
