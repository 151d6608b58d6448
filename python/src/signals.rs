//! Ctrl-C while the interpreter is let go.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError},
    time::Duration,
};

use pyo3::prelude::*;

/// How often signals are looked for.
const EVERY: Duration = Duration::from_millis(50);

/// Waits for what another thread sends, and calls `meanwhile` every 50 ms with the
/// interpreter at hand. Must be called without it.
///
/// # Errors
/// Returns the error that a signal's handler or `meanwhile` has raised. The other thread may
/// still be at work.
pub(crate) fn wait<T>(
    receiver: &Receiver<T>,
    mut meanwhile: impl FnMut(Python<'_>) -> PyResult<()>,
) -> PyResult<Option<T>> {
    loop {
        match receiver.recv_timeout(EVERY) {
            Ok(found) => return Ok(Some(found)),
            Err(RecvTimeoutError::Disconnected) => return Ok(None),
            Err(RecvTimeoutError::Timeout) => Python::attach(|py| {
                py.check_signals()?;
                meanwhile(py)
            })?,
        }
    }
}
