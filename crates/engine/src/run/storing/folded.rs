//! Adds up the stored rows of a run on several threads.

use std::{num::NonZero, ops::ControlFlow, path::Path};

use crate::run::{
    outcomes::outcome::DocumentOutcome, setup::layout::Layout,
    threads::pool::map_in_order,
};

use super::{
    marks::{Mark, Marks},
    row_files::FILES,
    store_error::StoreError,
    stored::{StoredRows, last_mark},
};

/// The number of documents that a thread takes at a time.
const PART: u64 = 4_096;

/// Reads the rows in `folder` up to their last mark on `jobs` threads, which take the
/// documents in parts. `add` adds an outcome to two sums: that of its thread, which begins as
/// `state()` and in which the order of documents must not matter, and that of its part, which
/// begins as `part()`. The sums of parts are passed to `sink` in the order of the documents,
/// until it breaks; those of the threads are returned. `layout` must be that of the run that
/// wrote the rows.
///
/// # Errors
/// Returns an error if there are no rows or they cannot be read.
pub fn fold_rows<S: Send, P: Send>(
    folder: &Path,
    layout: &Layout,
    jobs: NonZero<usize>,
    state: impl Fn() -> S + Sync,
    part: impl Fn() -> P + Sync,
    add: impl Fn(&mut S, &mut P, &DocumentOutcome) + Sync,
    mut sink: impl FnMut(P) -> ControlFlow<()>,
) -> Result<Vec<S>, StoreError> {
    let end = last_mark(folder)?;
    let parts = end.documents.div_ceil(PART).max(1);
    let mut ends = Marks::spread(folder, &end, parts)
        .map_err(|error| StoreError::new(folder, error))?;
    ends.push(end);
    let starts = std::iter::once([0; FILES]).chain(ends.iter().map(|mark| mark.lengths));

    let fold = |state: &mut S, (start, end): ([u64; FILES], &Mark)| {
        let mut sum = part();
        for outcome in StoredRows::between(folder, layout.clone(), &start, &end.lengths)?
        {
            add(state, &mut sum, &outcome?);
        }
        Ok(sum)
    };
    let mut result = Ok(());
    let states = map_in_order(jobs, starts.zip(&ends), state, fold, |sum| match sum {
        Ok(sum) => sink(sum),
        Err(error) => {
            result = Err(error);
            ControlFlow::Break(())
        }
    });
    result.map(|()| states)
}

#[cfg(test)]
mod tests {
    use epitome_metrics::Task;
    use epitome_plugin::Fault;

    use super::*;
    use crate::run::{
        About, Done, Extract, RowFailure, Store, SystemKind, SystemLayout, SystemOutcome,
        Work,
    };

    fn layout() -> Layout {
        Layout {
            corpora: vec!["a".to_owned(), "b".to_owned()],
            lengths: vec![Work::LENGTH; 2],
            systems: vec![SystemLayout {
                name: "lead".to_owned(),
                task: Task::Summaries,
                kind: SystemKind::System,
            }],
            metrics: Vec::new(),
        }
    }

    /// The outcome of a document of the first corpus, or of the second after 5,000; every
    /// hundredth is a failure.
    fn outcome(document: u64) -> DocumentOutcome {
        let failure = document.is_multiple_of(100).then(|| RowFailure {
            fault: Fault::Error,
            message: "it rains".to_owned(),
        });
        let text = Extract::first_of(&["It rose.".to_owned()]);
        DocumentOutcome {
            corpus: usize::from(document >= 5_000),
            id: document.to_string(),
            place: String::new(),
            about: About {
                digest: String::new(),
                language: "en".to_owned(),
                sentences: 1,
                words: 2,
            },
            systems: vec![SystemOutcome {
                extract: failure.is_none().then_some(text),
                failure,
                clocks: None,
                cells: Vec::new(),
            }],
        }
    }

    /// The number of documents of the test: three parts, the last of which is not full.
    const DOCUMENTS: u64 = 2 * PART + 808;

    #[test]
    fn documents_are_read_once_and_in_order_by_any_number_of_threads() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(folder.path(), layout()).unwrap();
        for document in 0..DOCUMENTS {
            store.write(&outcome(document)).unwrap();
        }
        drop(store);

        let mut whole = Done::default();
        for outcome in StoredRows::open(folder.path(), layout()).unwrap() {
            whole.add(&outcome.unwrap());
        }
        let failed: Vec<(usize, Vec<usize>)> = (0..2)
            .map(|corpus| {
                let (documents, _, failed) = whole.take(corpus);
                (
                    documents,
                    failed.systems.iter().map(|it| it.document).collect(),
                )
            })
            .collect();
        assert_eq!((failed[0].0, failed[1].0), (5_000, 4_000));

        for jobs in [1, 3] {
            let (mut ids, mut done, mut parts) = (Vec::new(), Done::default(), 0);
            let words_of_threads = fold_rows(
                folder.path(),
                &layout(),
                NonZero::new(jobs).unwrap(),
                || 0,
                || (Vec::new(), Done::default()),
                |words, (ids, done), outcome| {
                    *words += outcome.about.words;
                    ids.push(outcome.id.clone());
                    done.add(outcome);
                },
                |(of_part, done_of_part)| {
                    ids.extend(of_part);
                    done.append(done_of_part);
                    parts += 1;
                    ControlFlow::Continue(())
                },
            )
            .unwrap();

            let wanted: Vec<String> = (0..DOCUMENTS).map(|at| at.to_string()).collect();
            assert!(ids == wanted, "with {jobs} threads");
            assert_eq!(parts, 3);
            assert_eq!(words_of_threads.len(), jobs);
            assert_eq!(words_of_threads.iter().sum::<u64>(), 2 * DOCUMENTS);
            for (corpus, wanted) in failed.iter().enumerate() {
                let (documents, mut ids, failed) = done.take(corpus);
                let failed = failed.systems.iter().map(|it| it.document).collect();
                assert_eq!(&(documents, failed), wanted);
                let first = outcome(5_000 * corpus as u64);
                assert!(ids.check(&first).is_err(), "an id that has been met");
            }
        }
    }

    #[test]
    fn a_sink_that_breaks_ends_the_reading() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(folder.path(), layout()).unwrap();
        for document in 0..=PART {
            store.write(&outcome(document)).unwrap();
        }
        drop(store);

        let (folder, jobs) = (folder.path(), NonZero::<usize>::MIN);
        let mut counts = Vec::new();
        fold_rows(
            folder,
            &layout(),
            jobs,
            || (),
            || 0,
            |(), count, _| *count += 1,
            |count| {
                counts.push(count);
                ControlFlow::Break(())
            },
        )
        .unwrap();
        assert_eq!(counts.len(), 1);
    }
}
