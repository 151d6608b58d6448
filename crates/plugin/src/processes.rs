//! The processes of the machine, as `/proc` shows them.

use std::fs;

use rustix::process::{Pid, Signal, kill_process};

/// What is known of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Process {
    pub(super) pid: Pid,
    /// The number of its parent; 0 if it has none.
    pub(super) parent: i32,
    /// The number of its process group.
    pub(super) group: i32,
    /// When it started, in ticks since the machine did.
    pub(super) started: u64,
    /// Whether it is replacing its program and has no environment at this moment.
    pub(super) is_changing: bool,
}

/// Returns the numbers of all processes; none if they cannot be listed.
pub(super) fn pids() -> Vec<Pid> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| Pid::from_raw(entry.file_name().to_str()?.parse().ok()?))
        .collect()
}

/// Returns the path of a file about a process.
pub(super) fn path(pid: Pid, file: &str) -> String {
    format!("/proc/{}/{file}", pid.as_raw_nonzero())
}

impl Process {
    /// Kills it, unless it has ended and its number is that of another one.
    pub(super) fn kill(&self) {
        if Self::read(self.pid).is_some_and(|it| it.started == self.started) {
            let _ = kill_process(self.pid, Signal::KILL);
        }
    }

    /// Returns what is known of a process; `None` if there is none.
    pub(super) fn read(pid: Pid) -> Option<Self> {
        /// The flag of kernel threads, `PF_KTHREAD` of Linux.
        const OF_THE_KERNEL: u64 = 0x0020_0000;

        let stat = fs::read_to_string(path(pid, "stat")).ok()?;
        // the name, the second field, is in parentheses and may contain anything
        let (_, after_name) = stat.rsplit_once(')')?;
        let fields: Vec<&str> = after_name.split_whitespace().collect();
        // fields are counted from 1, as in the manual of `/proc`, and the third is the first here
        let field = |number: usize| fields.get(number - 3).copied().unwrap_or_default();

        let has_ended = matches!(field(3), "Z" | "X" | "x");
        let is_of_kernel = field(9).parse::<u64>().unwrap_or(0) & OF_THE_KERNEL != 0;
        let environment_ends_at = field(51);
        Some(Self {
            pid,
            parent: field(4).parse().ok()?,
            group: field(5).parse().ok()?,
            started: field(22).parse().ok()?,
            is_changing: !has_ended && !is_of_kernel && environment_ends_at == "0",
        })
    }
}
