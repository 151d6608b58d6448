//! Process groups, and ending them so that no process survives.

use std::{collections::BTreeSet, process::Child, time::Duration};

use rustix::{
    event::Timespec,
    fd::AsFd,
    process::{
        Pid, Resource, Rlimit, Signal, WaitId, WaitIdOptions, kill_process,
        kill_process_group, prlimit, waitid,
    },
};

use crate::{
    clock::{after, now},
    ending::Ending,
    landlock::Keeper,
    memory, orphans,
    processes::{Process, pids},
    sweep::sweep,
};

/// The name of the environment variable that marks a plugin and everything that it
/// starts, even in another group or session or without a parent.
pub(super) const MARK: &str = "EPITOME_PLUGIN_PROCESS";

/// The longest time that is waited for a killed process to end.
const LONGEST_END: Duration = Duration::from_secs(5);

/// A process that leads a process group of its own.
#[derive(Debug)]
pub(super) struct Group {
    leader: Child,
    pid: Pid,
    mark: String,
    /// What reaches all its processes, if they are isolated.
    keeper: Option<Keeper>,
}

impl Group {
    /// Returns the group of a leader whose environment contains `mark`.
    pub(super) fn new(leader: Child, mark: String, keeper: Option<Keeper>) -> Self {
        let pid = Pid::from_child(&leader);
        // a process that crashes should end at once, and not write a core for minutes
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        let _ = prlimit(Some(pid), Resource::Core, none);
        Self {
            leader,
            pid,
            mark,
            keeper,
        }
    }

    /// Returns the resident memory of the leader in bytes.
    pub(super) fn memory_of_leader(&self) -> u64 {
        memory::of_one(self.pid)
    }

    /// Returns the memory of all processes of the plugin in bytes. If they are not isolated,
    /// these are those of the group and those that descend from the leader.
    pub(super) fn memory(&self) -> u64 {
        let members = match self.members() {
            Some(pids) => pids.into_iter().filter_map(Process::read).collect(),
            None => self.family(),
        };
        memory::of(&members)
    }

    /// Returns all processes of the plugin; `None` if isolation does not tell them apart.
    fn members(&self) -> Option<Vec<Pid>> {
        self.keeper.as_ref().and_then(Keeper::members)
    }

    /// Returns the processes of the group and those that descend from them.
    fn family(&self) -> Vec<Process> {
        let leader = self.pid.as_raw_nonzero().get();
        let mut others: Vec<Process> =
            pids().into_iter().filter_map(Process::read).collect();
        let mut family: Vec<Process> = Vec::new();
        loop {
            let known: BTreeSet<i32> = family
                .iter()
                .map(|it| it.pid.as_raw_nonzero().get())
                .collect();
            let is_of_family = |it: &mut Process| {
                it.group == leader || it.pid == self.pid || known.contains(&it.parent)
            };
            let before = family.len();
            family.extend(others.extract_if(.., is_of_family));
            if family.len() == before {
                return family;
            }
        }
    }

    /// Ends the whole group: asks it to, waits for `grace`, and kills it. Returns the
    /// exit status of the leader, if it has ended.
    ///
    /// A traced leader is seen to have ended only after its tracer is gone, so the marked
    /// processes are killed before the leader is waited for. A tracer without the mark is
    /// waited for no longer than [`LONGEST_END`].
    pub(super) fn end(&mut self, grace: Duration) -> Option<std::process::ExitStatus> {
        let _ending = Ending::begin();
        // what descends from the leader is known as long as it lives
        let family = self.members().map_or_else(|| self.family(), |_| Vec::new());
        if !self.has_ended(Duration::ZERO) {
            self.signal(Signal::TERM);
            self.has_ended(grace);
        }
        self.signal(Signal::KILL);
        if !self.keeper.as_ref().is_some_and(Keeper::end) {
            family.iter().for_each(Process::kill);
            sweep(MARK, &self.mark);
        }
        // the leader is reaped last: until then its group id cannot be reused
        let has_ended = self.has_ended(LONGEST_END);
        orphans::reap(self.pid, || match has_ended {
            true => self.leader.wait().ok(),
            false => None,
        })
    }

    /// Returns whether the leader ends within `patience`. It remains to be reaped.
    pub(super) fn has_ended(&self, patience: Duration) -> bool {
        /// The longest pause between two looks; pauses double from a quarter of a millisecond.
        const LONGEST: Duration = Duration::from_millis(10);

        let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        let deadline = after(now(), patience);
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

    /// Sends a signal to every process of the group, which may be empty, and to the
    /// leader, which may have joined another group.
    fn signal(&self, signal: Signal) {
        let _ = kill_process_group(self.pid, signal);
        let _ = kill_process(self.pid, signal);
    }
}

/// Returns a duration in the form that `poll` requires.
pub(super) fn timespec(duration: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(duration.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: duration.subsec_nanos().into(),
    }
}

/// Returns a description of how a process ended, such as `SIGSEGV` or `exit code 3`.
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

/// Makes a file descriptor non-blocking.
pub(super) fn never_block(file: impl AsFd) -> std::io::Result<()> {
    let flags = rustix::fs::fcntl_getfl(&file)?;
    Ok(rustix::fs::fcntl_setfl(
        &file,
        flags | rustix::fs::OFlags::NONBLOCK,
    )?)
}
