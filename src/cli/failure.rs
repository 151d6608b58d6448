//! Exit codes and errors of commands.

use std::{any::Any, fmt::Display, io};

use crate::{
    embedding::EmbedderFailure,
    harness::{self, ErrorKind},
    run::{RunError, Unstarted, panic_text},
};

/// Exit codes, as documented in the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    /// The command succeeded.
    Fine,
    /// A gate does not hold.
    Regression,
    /// The arguments or the input are wrong.
    Input,
    /// A system failed on more documents than tolerated.
    SystemFailed,
    /// Runs or systems cannot be compared.
    NotComparable,
    /// There was nothing to do or to measure.
    NothingToDo,
    /// A signal with this number ended the command.
    Interrupted(u8),
}

impl Code {
    /// Returns the exit code of the process.
    pub(super) fn number(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Regression => 1,
            Self::Input => 2,
            Self::SystemFailed => 3,
            Self::NotComparable => 4,
            Self::NothingToDo => 5,
            Self::Interrupted(signal) => 128 + signal,
        }
    }
}

/// Reason why a command ended early.
#[derive(Debug)]
pub(super) enum Failure {
    /// The reader of standard output has closed it.
    BrokenPipe,
    /// Any other reason.
    Message {
        /// Message that is printed after "error: ".
        text: String,
        /// Exit code.
        code: Code,
    },
}

impl Failure {
    /// Converts the error that ended a run.
    pub(super) fn of_run<E: Into<Self>>(error: RunError<E>) -> Self {
        match error {
            RunError::Corpus(error) => error.into(),
            RunError::Rows(error) => error.into(),
            RunError::NotStarted(error) => Self::input(error.to_string()),
            RunError::Sink(error) => error.into(),
        }
    }

    /// Converts a panic that was not caught elsewhere.
    pub(super) fn of_panic(panic: &(dyn Any + Send)) -> Self {
        let unstarted = panic.downcast_ref::<Unstarted>();
        let embedder = panic.downcast_ref::<EmbedderFailure>();
        match (unstarted, embedder) {
            (Some(unstarted), _) => Self::input(unstarted.to_string()),
            (None, Some(failure)) => Self::input(failure.message().to_owned()),
            (None, None) => Self::input(format!(
                "epitome itself failed: {}\nhint: the message above names the place in its source; please report both",
                panic_text(panic)
            )),
        }
    }

    /// Converts an error of a library.
    pub(super) fn of(error: impl Display) -> Self {
        Self::input(error.to_string())
    }

    /// Returns the failure that arguments or input are wrong.
    pub(super) fn input(text: impl Into<String>) -> Self {
        Self::Message {
            text: text.into(),
            code: Code::Input,
        }
    }
}

impl<E: Into<harness::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        let error = error.into();
        let code = match error.kind() {
            ErrorKind::Input => Code::Input,
            ErrorKind::NotComparable => Code::NotComparable,
            ErrorKind::NothingToDo => Code::NothingToDo,
            // `Interrupt::failure` sets the signal; other commands do not stop
            ErrorKind::Interrupted => Code::Interrupted(0),
        };
        Self::Message {
            text: error.to_string(),
            code,
        }
    }
}

/// Converts an error of writing to standard output.
pub(super) fn of_output(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::BrokenPipe,
        _ => Failure::input(format!("standard output: {error}")),
    }
}
