//! Panics that are ours become errors that name the document.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
};

use crate::corpus::{Corpus, CorpusError, Source};

/// What `work` on the document at `place` gives; an error with the place if it panics.
pub(super) fn guarded<T>(
    place: impl FnOnce() -> String,
    work: impl FnOnce() -> T,
) -> Result<T, CorpusError> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| CorpusError::Panic {
        place: place(),
        problem: panic_text(panic.as_ref()).to_owned(),
    })
}

/// The words of a panic.
pub fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without a message")
}

/// The records of a corpus. A panic while one is read is an error that says how many came
/// before it, and the last.
pub(super) fn records(
    corpus: &dyn Corpus,
) -> Result<impl Iterator<Item = Result<Source, CorpusError>> + Send + '_, CorpusError> {
    let mut records = Some(corpus.records()?);
    let mut read = 0_u64;
    Ok(std::iter::from_fn(move || {
        let place = || format!("{}: the record after the first {read}", corpus.origin());
        let next = guarded(place, || records.as_mut()?.next());
        if next.is_err() {
            records = None; // it is not asked again
        }
        read += 1;
        next.map_or_else(|error| Some(Err(error)), |item| item)
    }))
}
