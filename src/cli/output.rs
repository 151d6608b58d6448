//! Data goes to standard output, talk to standard error.

use std::io::{self, BufWriter, StdoutLock, Write};

use serde::Serialize;

use crate::report::printable;

use super::failure::{Failure, of_output};

/// Standard output, buffered; a reader that has gone is no error to shout about.
pub(super) struct Output(BufWriter<StdoutLock<'static>>);

impl Output {
    pub(super) fn new() -> Self {
        Self(BufWriter::with_capacity(1 << 16, io::stdout().lock()))
    }

    /// Writes text as it is.
    pub(super) fn text(&mut self, text: &str) -> Result<(), Failure> {
        self.0
            .write_all(text.as_bytes())
            .map_err(|error| of_output(&error))
    }

    /// Writes a line.
    pub(super) fn line(&mut self, text: &str) -> Result<(), Failure> {
        self.text(text)?;
        self.text("\n")
    }

    /// Writes a value as a line of JSON.
    pub(super) fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        serde_json::to_writer(&mut self.0, value)
            .map_err(|error| of_output(&error.into()))?;
        self.text("\n")
    }

    /// Writes out what is buffered.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        self.0.flush().map_err(|error| of_output(&error))
    }
}

/// Says something to the user; nobody hears it when standard error is closed.
pub(super) fn say(text: &str) {
    let _ = writeln!(io::stderr(), "{}", printable(text));
}
