//! Redirection of what criterion prints, on a system without file descriptors: none, so that
//! nothing is timed there.

use std::{convert::Infallible, io};

/// A redirection, of which there is none.
pub(super) struct Redirected(Infallible);

impl Redirected {
    /// Returns an error.
    pub(super) fn to_stderr() -> io::Result<Self> {
        Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "systems are timed on Unix alone: what criterion prints goes elsewhere there",
        ))
    }

    /// Returns an error.
    pub(super) fn to_nowhere() -> io::Result<Self> {
        Self::to_stderr()
    }
}
