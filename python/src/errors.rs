//! Errors as Python raises them: `epitome.Error` and its kinds.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use epitome::harness::{Error, ErrorKind};
use epitome::run::{Unstarted, panic_text};
use pyo3::{prelude::*, sync::PyOnceLock};

use super::callables::RAISED;

/// Returns what to raise for an error of the harness.
pub(crate) fn raised<E: Into<Error>>(error: E) -> PyErr {
    let error = error.into();
    let kind = match error.kind() {
        ErrorKind::Input => "input",
        ErrorKind::NotComparable => "not comparable",
        ErrorKind::NothingToDo => "nothing to do",
        ErrorKind::Interrupted => "interrupted",
    };
    of_kind(kind, &error.to_string())
}

/// Returns what to raise for a wrong input, in words.
pub(crate) fn input(text: impl AsRef<str>) -> PyErr {
    of_kind("input", text.as_ref())
}

/// Returns what to raise for an argument of a wrong type, in words.
pub(crate) fn wrong_type(text: impl AsRef<str>) -> PyErr {
    of_kind("type", text.as_ref())
}

/// Carries out `work`; a panic is an error that says so, and the interpreter lives on.
pub(crate) fn guarded<T>(work: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|panic| Err(of_panic(panic.as_ref())))
}

fn of_panic(panic: &(dyn Any + Send)) -> PyErr {
    match panic.downcast_ref::<Unstarted>() {
        Some(unstarted) => input(unstarted.to_string()),
        // a metric of the user's, which has no other way to fail
        None if panic_text(panic).starts_with(RAISED) => input(panic_text(panic)),
        None => of_kind(
            "internal",
            &format!(
                "epitome itself failed: {}\nhint: please report it with the input",
                panic_text(panic)
            ),
        ),
    }
}

fn of_kind(kind: &str, text: &str) -> PyErr {
    static MAKE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    Python::attach(|py| {
        let made = MAKE
            .import(py, "epitome._errors", "made")
            .and_then(|make| make.call1((kind, text)));
        made.map_or_else(|error| error, PyErr::from_value)
    })
}
