//! The end of a process group: nobody survives.

use std::{process::Child, time::Duration};

use rustix::{
    event::Timespec,
    fd::AsFd,
    process::{
        Pid, Resource, Rlimit, Signal, WaitId, WaitIdOptions, kill_process,
        kill_process_group, prlimit, waitid,
    },
};

use crate::{clock::now, sweep::sweep};

/// The name of the variable that marks a plugin and all that it starts, wherever they
/// hide: in another group or session, or without a parent.
pub(super) const MARK: &str = "EPITOME_PLUGIN_PROCESS";

/// How long one that was killed is waited for.
const LONGEST_END: Duration = Duration::from_secs(5);

/// A process that leads a group of its own.
#[derive(Debug)]
pub(super) struct Group {
    leader: Child,
    pid: Pid,
    mark: String,
}

impl Group {
    /// The group of a leader whose environment has `mark`.
    pub(super) fn new(leader: Child, mark: String) -> Self {
        let pid = Pid::from_child(&leader);
        // one that crashes is to be gone, not to write a core for minutes
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        let _ = prlimit(Some(pid), Resource::Core, none);
        Self { leader, pid, mark }
    }

    pub(super) fn pid(&self) -> Pid {
        self.pid
    }

    /// Ends all of it: asks, waits for `grace`, kills. How the leader ended, if it has.
    ///
    /// A leader that is traced is seen to have ended only once its tracer is gone, so the
    /// marked are swept before it is waited for; a tracer without the mark is not waited
    /// for longer than [`LONGEST_END`].
    pub(super) fn end(&mut self, grace: Duration) -> Option<std::process::ExitStatus> {
        if !self.has_ended(Duration::ZERO) {
            self.signal(Signal::TERM);
            self.has_ended(grace);
        }
        self.signal(Signal::KILL);
        sweep(MARK, &self.mark);
        // the leader is reaped last: until then its group's number cannot be another's
        match self.has_ended(LONGEST_END) {
            true => self.leader.wait().ok(),
            false => None,
        }
    }

    /// Whether the leader ends within `patience`. It is left to be reaped.
    pub(super) fn has_ended(&self, patience: Duration) -> bool {
        const LONGEST: Duration = Duration::from_millis(10);
        let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        let deadline = now() + patience;
        let mut pause = Duration::from_micros(250);
        loop {
            if !matches!(waitid(WaitId::Pid(self.pid), look), Ok(None)) {
                return true;
            }
            let left = deadline.saturating_duration_since(now());
            if left.is_zero() {
                return false;
            }
            std::thread::sleep(pause.min(left));
            pause = (pause * 2).min(LONGEST);
        }
    }

    /// Sends a signal to every process of the group, of which there may be none left, and to
    /// the leader, which may have joined another.
    fn signal(&self, signal: Signal) {
        let _ = kill_process_group(self.pid, signal);
        let _ = kill_process(self.pid, signal);
    }
}

/// What `poll` takes.
pub(super) fn timespec(duration: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(duration.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: duration.subsec_nanos().into(),
    }
}

/// How a process ended, in words: `SIGSEGV`, `exit code 3`.
pub(super) fn in_words(status: std::process::ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    match (status.signal(), status.code()) {
        (Some(signal), _) => signal_name(signal),
        (None, Some(code)) => format!("it ended with exit code {code}"),
        (None, None) => "it ended".to_owned(),
    }
}

fn signal_name(number: i32) -> String {
    let name = signal_hook::low_level::signal_name(number);
    name.map_or_else(|| format!("signal {number}"), str::to_owned)
}

/// A file's end of a pipe that never blocks.
pub(super) fn never_block(file: impl AsFd) -> std::io::Result<()> {
    let flags = rustix::fs::fcntl_getfl(&file)?;
    Ok(rustix::fs::fcntl_setfl(
        &file,
        flags | rustix::fs::OFlags::NONBLOCK,
    )?)
}
