//! Where criterion's lines go: it prints them to standard output, which is for tables.

use std::{
    fs::OpenOptions,
    io::{self, Write as _},
    os::fd::{AsFd, OwnedFd},
};

use rustix::{
    io::dup,
    stdio::{dup2_stderr, dup2_stdout, stderr, stdout},
};

/// As long as it lives, what is printed to standard output goes to standard error, or
/// nowhere.
pub(super) struct Diverted {
    stdout: OwnedFd,
    /// Standard error, if that is silent too.
    stderr: Option<OwnedFd>,
}

impl Diverted {
    /// Standard output becomes standard error.
    pub(super) fn to_stderr() -> io::Result<Self> {
        let before = dup(stdout())?;
        io::stdout().flush()?;
        dup2_stdout(stderr())?;
        Ok(Self {
            stdout: before,
            stderr: None,
        })
    }

    /// Both are silent.
    pub(super) fn to_nowhere() -> io::Result<Self> {
        let nowhere = OpenOptions::new().write(true).open("/dev/null")?;
        let (out, err) = (dup(stdout())?, dup(stderr())?);
        io::stdout().flush()?;
        dup2_stdout(nowhere.as_fd())?;
        dup2_stderr(nowhere.as_fd())?;
        Ok(Self {
            stdout: out,
            stderr: Some(err),
        })
    }
}

impl Drop for Diverted {
    fn drop(&mut self) {
        // a stream that cannot be had back can tell nobody
        let _ = io::stdout().flush();
        let _ = dup2_stdout(&self.stdout);
        if let Some(stderr) = &self.stderr {
            let _ = dup2_stderr(stderr);
        }
    }
}
