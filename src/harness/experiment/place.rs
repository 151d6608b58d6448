//! Values of an experiment file with the lines they are in, and errors that name the line.

use std::{
    fmt,
    path::{Path, PathBuf},
};

/// A value with its line in the file; `None` if it was not read from a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed<T> {
    /// The line, from 1.
    pub line: Option<usize>,
    /// The value.
    pub value: T,
}

impl<T> Placed<T> {
    /// Returns a value that was not read from a file.
    pub fn nowhere(value: T) -> Self {
        Self { line: None, value }
    }
}

/// Error in an experiment file, with the line where it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}{problem}")]
pub struct ExperimentError {
    place: Place,
    problem: String,
}

impl ExperimentError {
    /// Returns the error with a hint in place of its own.
    pub(super) fn with_hint(mut self, hint: &str) -> Self {
        let problem = self.problem.lines().next().unwrap_or_default();
        self.problem = format!("{problem}\nhint: {hint}");
        self
    }
}

/// A line of a file: `suite.toml:7`, or the file alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    file: PathBuf,
    line: Option<usize>,
}

impl Place {
    /// Returns a line of a file. If the path is empty, nothing was read from a file.
    pub fn of(file: &Path, line: Option<usize>) -> Self {
        Self {
            file: file.to_owned(),
            line,
        }
    }

    /// Returns the error that something at this place is wrong.
    pub fn error(self, problem: impl fmt::Display) -> ExperimentError {
        ExperimentError {
            place: self,
            problem: problem.to_string(),
        }
    }
}

/// Writes the place as the beginning of a message: `suite.toml:7: `; nothing for a value of
/// the command line.
impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.file.as_os_str().is_empty(), self.line) {
            (true, _) => Ok(()),
            (false, Some(line)) => write!(out, "{}:{line}: ", self.file.display()),
            (false, None) => write!(out, "{}: ", self.file.display()),
        }
    }
}
