//! Why a plugin has no answer for a document.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What went wrong. Its name is the status of the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub enum Fault {
    /// No answer in time.
    Timeout,
    /// The process ended.
    Crash,
    /// It held more memory than it may.
    OutOfMemory,
    /// What it said is not the protocol, or not an answer to what was asked.
    Protocol,
    /// It said that it cannot.
    Error,
    /// It was not asked: it had failed too often.
    Skipped,
    /// The run was interrupted. Never reaches a row.
    Interrupted,
}

/// A fault and what is known of it. Reads `status: message`, and then the end of what the
/// plugin wrote to standard error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginFailure {
    /// What went wrong.
    pub fault: Fault,
    /// In one line.
    pub message: String,
    /// The end of standard error; empty where it said nothing.
    pub stderr: String,
}

impl PluginFailure {
    /// A failure whose plugin wrote nothing to standard error.
    pub fn new(fault: Fault, message: impl Into<String>) -> Self {
        Self {
            fault,
            message: cut(message.into()),
            stderr: String::new(),
        }
    }

    /// A broken rule of the protocol.
    pub(super) fn protocol(message: impl Into<String>) -> Self {
        Self::new(Fault::Protocol, message)
    }
}

/// So many bytes of a message are kept.
const KEPT: usize = 2_000;

/// The beginning of a message, and how much of it was left out.
fn cut(message: String) -> String {
    if message.len() <= KEPT {
        return message;
    }
    let (kept, left_out) = message.split_at(message.floor_char_boundary(KEPT));
    format!("{kept}… ({} more bytes)", left_out.len())
}

impl Fault {
    const ALL: [Self; 7] = [
        Self::Timeout,
        Self::Crash,
        Self::OutOfMemory,
        Self::Protocol,
        Self::Error,
        Self::Skipped,
        Self::Interrupted,
    ];

    /// The fault that rows call `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.name() == name)
    }

    /// What rows call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Crash => "crash",
            Self::OutOfMemory => "out of memory",
            Self::Protocol => "protocol",
            Self::Error => "error",
            Self::Skipped => "skipped",
            Self::Interrupted => "interrupted",
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
    /// The message, and below it the end of standard error.
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
    fn a_long_message_is_cut_and_says_by_how_much() {
        let failure = PluginFailure::new(Fault::Error, "é".repeat(1_000));
        assert_eq!(failure.message, "é".repeat(1_000));
        let failure = PluginFailure::new(Fault::Error, "a".repeat(1_999) + "ééé");
        assert_eq!(failure.message, "a".repeat(1_999) + "… (6 more bytes)");
    }
}
