//! How a command ends.

use std::{any::Any, fmt::Display, io};

use crate::{
    harness::{self, ErrorKind},
    run::{RunError, Unstarted, panic_text},
};

/// Exit codes, as documented in the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    /// All went well.
    Fine,
    /// A gate does not hold.
    Regression,
    /// The command or its input is at fault.
    Input,
    /// A system failed on a document.
    SystemFailed,
    /// Numbers that do not compare.
    NotComparable,
    /// There was nothing to do.
    NothingToDo,
    /// A signal ended it.
    Interrupted(u8),
}

impl Code {
    /// The exit code of the process.
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

/// Why a command ended early.
#[derive(Debug)]
pub(super) enum Failure {
    /// Who reads our output has gone.
    BrokenPipe,
    /// Anything else, in words that read after "error: ".
    Message {
        /// The words.
        text: String,
        /// The exit code.
        code: Code,
    },
}

impl Failure {
    /// What ended a run early.
    pub(super) fn of_run<E: Into<Self>>(error: RunError<E>) -> Self {
        match error {
            RunError::Corpus(error) => error.into(),
            RunError::Rows(error) => error.into(),
            RunError::Sink(error) => error.into(),
        }
    }

    /// What a panic says that nothing nearer to it has turned into a failure.
    pub(super) fn of_panic(panic: &(dyn Any + Send)) -> Self {
        match panic.downcast_ref::<Unstarted>() {
            Some(unstarted) => Self::input(unstarted.to_string()),
            None => Self::input(format!(
                "epitome itself failed: {}\nhint: what is above names the place in its source; please report both",
                panic_text(panic)
            )),
        }
    }

    /// A failure that another library's error names.
    pub(super) fn of(error: impl Display) -> Self {
        Self::input(error.to_string())
    }

    /// A failure of the command or its input.
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
            // only commands that watch signals let a listener stop: see `Interrupt`
            ErrorKind::Interrupted => Code::Interrupted(0),
        };
        Self::Message {
            text: error.to_string(),
            code,
        }
    }
}

/// A failure to write to standard output.
pub(super) fn of_output(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::BrokenPipe,
        _ => Failure::input(format!("standard output: {error}")),
    }
}
