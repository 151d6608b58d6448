//! Redirection of what criterion prints: it prints to standard output, which is reserved for
//! tables.

use std::{
    fs::OpenOptions,
    io::{self, Write as _},
    os::fd::{AsFd, OwnedFd},
};

use rustix::{
    io::dup,
    stdio::{dup2_stderr, dup2_stdout, stderr, stdout},
};

/// Redirects standard output to standard error, or both to `/dev/null`, until it is dropped.
pub(super) struct Redirected {
    /// A duplicate of the original standard output.
    stdout: OwnedFd,
    /// A duplicate of the original standard error; `None` if that is not redirected.
    stderr: Option<OwnedFd>,
}

impl Redirected {
    /// Redirects standard output to standard error.
    pub(super) fn to_stderr() -> io::Result<Self> {
        let original = dup(stdout())?;

        // what is still in the buffer belongs to the original
        io::stdout().flush()?;
        dup2_stdout(stderr())?;

        Ok(Self {
            stdout: original,
            stderr: None,
        })
    }

    /// Redirects standard output and standard error to `/dev/null`.
    pub(super) fn to_nowhere() -> io::Result<Self> {
        let null = OpenOptions::new().write(true).open("/dev/null")?;
        let (original_out, original_err) = (dup(stdout())?, dup(stderr())?);

        io::stdout().flush()?;
        dup2_stdout(null.as_fd())?;
        dup2_stderr(null.as_fd())?;

        Ok(Self {
            stdout: original_out,
            stderr: Some(original_err),
        })
    }
}

impl Drop for Redirected {
    fn drop(&mut self) {
        // errors are ignored: if a stream cannot be restored, there is nowhere to report it
        let _ = io::stdout().flush();
        let _ = dup2_stdout(&self.stdout);
        if let Some(stderr) = &self.stderr {
            let _ = dup2_stderr(stderr);
        }
    }
}
