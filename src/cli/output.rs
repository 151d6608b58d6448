//! Data is written to standard output, messages to standard error.

use std::{
    collections::BTreeMap,
    io::{self, BufWriter, StdoutLock, Write},
};

use serde::Serialize;
use serde_json::value::RawValue;

use crate::report::printable;

use super::{
    colour::painted,
    failure::{Failure, of_output},
};

/// Version that every answer in JSON contains.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// An answer in JSON: the envelope of the data of a command.
#[derive(Serialize)]
struct Envelope<'a, T> {
    epitome: &'a str,
    command: &'a str,
    data: T,
}

/// Buffered standard output. If its reader has closed it, errors are [`Failure::BrokenPipe`].
pub(super) struct Output(BufWriter<StdoutLock<'static>>);

impl Output {
    pub(super) fn new() -> Self {
        Self(BufWriter::with_capacity(1 << 16, io::stdout().lock()))
    }

    /// Writes a text unchanged.
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

    /// Writes the data of a command as one line of JSON, in the envelope of all commands:
    /// `{"epitome": VERSION, "command": …, "data": {…}}`.
    pub(super) fn answer(
        &mut self,
        command: &str,
        data: &impl Serialize,
    ) -> Result<(), Failure> {
        self.json(&Envelope {
            epitome: VERSION,
            command,
            data,
        })?;
        self.text("\n")
    }

    /// Writes an answer whose data are one list, given as JSON.
    pub(super) fn tables(
        &mut self,
        command: &str,
        list: &str,
        drawn: String,
    ) -> Result<(), Failure> {
        let drawn = RawValue::from_string(drawn).map_err(Failure::of)?;
        self.answer(command, &BTreeMap::from([(list, drawn)]))
    }

    /// Begins an envelope whose data are the rows of one list, written one by one on lines of
    /// their own.
    pub(super) fn begin_rows(
        &mut self,
        command: &str,
        list: &str,
    ) -> Result<(), Failure> {
        self.text(&format!(
            r#"{{"epitome":"{VERSION}","command":"{command}","data":{{"{list}":["#
        ))
    }

    /// Writes a row of the list; `at` is its index.
    pub(super) fn row(&mut self, at: usize, row: &impl Serialize) -> Result<(), Failure> {
        self.text(if at == 0 { "\n" } else { ",\n" })?;
        self.json(row)
    }

    /// Ends the list and the envelope.
    pub(super) fn end_rows(&mut self) -> Result<(), Failure> {
        self.text("\n]}}\n")
    }

    fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        serde_json::to_writer(&mut self.0, value)
            .map_err(|error| of_output(&error.into()))
    }

    /// Writes the content of the buffer.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        self.0.flush().map_err(|error| of_output(&error))
    }
}

/// Writes a message for the user to standard error; does nothing if that is closed.
pub(super) fn say(text: &str) {
    let _ = writeln!(anstream::stderr(), "{}", painted(&printable(text)));
}
