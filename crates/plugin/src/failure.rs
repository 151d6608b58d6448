//! The reasons why a plugin has no answer for a document.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The kind of a failure. Its name is the status of the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub enum Fault {
    /// There was no answer in time.
    Timeout,
    /// The process ended.
    Crash,
    /// The process used more memory than it may.
    OutOfMemory,
    /// The output violates the protocol, or does not answer the question.
    Protocol,
    /// The plugin reported an error.
    Error,
    /// The document was not sent to the plugin, since the plugin had failed too often.
    Skipped,
    /// The run was interrupted. This fault never reaches a row.
    Interrupted,
    /// This machine has no space, memory, files or processes left for starting the plugin,
    /// which is not at fault. The fault never reaches a row: the run ends.
    NotStarted,
}

/// A fault and what is known about it. It is displayed as `status: message`, followed by
/// the end of what the plugin wrote to standard error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginFailure {
    /// The kind of the failure.
    pub fault: Fault,
    /// A description of the failure, in one line.
    pub message: String,
    /// The end of the standard error; empty if there was none.
    pub stderr: String,
}

impl PluginFailure {
    /// Returns a failure without standard error.
    pub fn new(fault: Fault, message: impl Into<String>) -> Self {
        Self {
            fault,
            message: cut(message.into()),
            stderr: String::new(),
        }
    }

    /// Returns the failure of a plugin that violated the protocol.
    pub(super) fn protocol(message: impl Into<String>) -> Self {
        Self::new(Fault::Protocol, message)
    }
}

impl PluginFailure {
    /// Returns the failure of a plugin whose program could not be run: its own if that is the
    /// program's, otherwise that of the machine, on which the same may work later.
    pub(super) fn of_start(error: &std::io::Error) -> Self {
        match is_of_program(error) {
            true => Self::new(Fault::Crash, cannot_be_started(error)),
            false => Self::not_started(error),
        }
    }

    /// Returns the failure of a machine that lacks what the start of any process needs.
    pub(super) fn not_started(error: &std::io::Error) -> Self {
        Self::new(Fault::NotStarted, cannot_be_started(error))
    }
}

fn cannot_be_started(error: &std::io::Error) -> String {
    format!("it cannot be started: {error}")
}

/// Returns whether an error of a call that runs a program is about the program: there is none, it
/// may not be run, or it is no program.
fn is_of_program(error: &std::io::Error) -> bool {
    use std::io::ErrorKind;

    /// An executable file in no known format, and a path with too many links: kinds that have
    /// no stable name.
    const NO_PROGRAM: [i32; 2] = [8, 40];
    matches!(
        error.kind(),
        ErrorKind::NotFound
            | ErrorKind::PermissionDenied
            | ErrorKind::NotADirectory
            | ErrorKind::IsADirectory
            | ErrorKind::InvalidInput
            | ErrorKind::InvalidFilename
            | ErrorKind::ArgumentListTooLong
            | ErrorKind::ExecutableFileBusy
            | ErrorKind::Unsupported
    ) || error
        .raw_os_error()
        .is_some_and(|code| NO_PROGRAM.contains(&code))
}

/// What is said of a failure if the kernel may have refused a file.
const REFUSED: &str = " (the plugin is isolated: `read` and `write` in plugin.toml let it open more files; docs/protocol.md)";

/// What programs write if they may not open a file.
const SIGNS_OF_REFUSAL: [&str; 4] = [
    "Permission denied",
    "PermissionError",
    "EACCES",
    "AccessDenied",
];

impl PluginFailure {
    /// Returns the failure of a plugin that may not open every file, with a hint if it
    /// could not open one.
    #[must_use]
    pub(super) fn of_isolated(mut self) -> Self {
        let says =
            |sign: &&str| self.message.contains(sign) || self.stderr.contains(sign);
        if SIGNS_OF_REFUSAL.iter().any(says) {
            self.message.push_str(REFUSED);
        }
        self
    }
}

/// The number of bytes of a message that are kept.
const KEPT: usize = 2_000;

/// Returns a note of a metric as rows have it: in one line without control characters, cut as
/// a message is. `None` if nothing is left.
pub(super) fn note(text: &str) -> Option<String> {
    let clean: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let note = cut(clean.trim().to_owned());
    (!note.is_empty()).then_some(note)
}

/// Returns the beginning of a message, and the number of bytes that were left out.
fn cut(message: String) -> String {
    if message.len() <= KEPT {
        return message;
    }
    let (kept, left_out) = message.split_at(message.floor_char_boundary(KEPT));
    format!("{kept}… ({} more bytes)", left_out.len())
}

impl Fault {
    /// All faults, for finding one by its name.
    const ALL: [Self; 8] = [
        Self::Timeout,
        Self::Crash,
        Self::OutOfMemory,
        Self::Protocol,
        Self::Error,
        Self::Skipped,
        Self::Interrupted,
        Self::NotStarted,
    ];

    /// Returns the fault with this name in rows; `None` if there is none.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.name() == name)
    }

    /// Returns the name of the fault in rows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Crash => "crash",
            Self::OutOfMemory => "out of memory",
            Self::Protocol => "protocol",
            Self::Error => "error",
            Self::Skipped => "skipped",
            Self::Interrupted => "interrupted",
            Self::NotStarted => "not started",
        }
    }
}

impl From<Fault> for &'static str {
    fn from(fault: Fault) -> Self {
        fault.name()
    }
}

impl TryFrom<String> for Fault {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::named(&name).ok_or_else(|| format!("no failure is called `{name}`"))
    }
}

impl PluginFailure {
    /// Returns the message, followed by the end of the standard error.
    pub fn text(&self) -> String {
        match self.stderr.as_str() {
            "" => self.message.clone(),
            text => format!("{}\nstderr: {text}", self.message),
        }
    }
}

impl fmt::Display for PluginFailure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.fault.name(), self.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_one_line_that_nothing_reads_as_a_command() {
        let text = " it omits\n\u{1b}[31mthe bridge\t\u{9b}. ";
        assert_eq!(note(text).unwrap(), "it omits  [31mthe bridge  .");
        assert_eq!(note(" \n"), None);
        let long = note(&"a".repeat(2_001)).unwrap();
        assert_eq!(long, "a".repeat(2_000) + "… (1 more bytes)");
    }

    #[test]
    fn a_machine_that_lacks_something_is_no_fault_of_the_plugin() {
        use std::io::Error;

        // no space, no memory, no process, too many files, a disk that cannot be read
        for code in [28, 12, 11, 24, 5] {
            let failure = PluginFailure::of_start(&Error::from_raw_os_error(code));
            assert_eq!(failure.fault, Fault::NotStarted, "{code}");
        }
        // no such program, no permission, no folder, too long, no program
        for code in [2, 13, 20, 36, 7, 8, 40] {
            let failure = PluginFailure::of_start(&Error::from_raw_os_error(code));
            assert_eq!(failure.fault, Fault::Crash, "{code}");
        }
    }

    #[test]
    fn a_long_message_is_cut_and_says_by_how_much() {
        let failure = PluginFailure::new(Fault::Error, "é".repeat(1_000));
        assert_eq!(failure.message, "é".repeat(1_000));
        let failure = PluginFailure::new(Fault::Error, "a".repeat(1_999) + "ééé");
        assert_eq!(failure.message, "a".repeat(1_999) + "… (6 more bytes)");
    }
}
