//! Killing every process that carries a mark in its environment.

use std::{collections::BTreeSet, fs, time::Duration};

use rustix::process::{Pid, Signal, kill_process};

use super::processes::{Process, path, pids};

/// The largest number of rounds. A round examines only processes that no earlier round
/// has examined, so that all but the first are cheap.
const ROUNDS: usize = 1_000;

/// What the environment of a process shows about a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// The process carries the mark.
    Marked,
    /// The process does not carry the mark, has ended, or belongs to another user.
    Other,
    /// The process is replacing its program and has no environment at this moment.
    Changing,
}

/// Kills every process that was started with the variable `name` set to `mark` in its
/// environment.
///
/// A process can start another one and end while the list of processes is read. The list
/// then contains the first, whose environment is gone, and not the second. So this
/// function returns only after a list contains no process that was not examined before. A
/// killed process starts no other.
pub(super) fn sweep(name: &str, mark: &str) {
    let wanted = format!("{name}={mark}");
    let mut looked_at: BTreeSet<i32> = BTreeSet::new();

    for _ in 0..ROUNDS {
        let mut is_clean = true;
        for pid in pids() {
            if looked_at.contains(&pid.as_raw_nonzero().get()) {
                continue;
            }

            is_clean = false;
            match look(pid, wanted.as_bytes()) {
                Look::Marked => {
                    let _ = kill_process(pid, Signal::KILL);
                }
                Look::Other => {}
                Look::Changing => {
                    std::thread::sleep(Duration::from_micros(100));
                    continue;
                }
            }

            looked_at.insert(pid.as_raw_nonzero().get());
        }
        if is_clean {
            return;
        }
    }
}

/// Returns the different values that the variable `name` has in the environments of all
/// processes.
pub(super) fn marks(name: &str) -> BTreeSet<String> {
    let beginning = format!("{name}=");
    let environments = pids()
        .into_iter()
        .filter_map(|pid| fs::read(path(pid, "environ")).ok());
    let marks = environments.filter_map(|environment| {
        let mut variables = environment.split(|&byte| byte == 0);
        let value = variables.find_map(|it| it.strip_prefix(beginning.as_bytes()))?;
        String::from_utf8(value.to_vec()).ok()
    });
    marks.collect()
}

/// Returns what the environment of a process shows about the mark `wanted`.
fn look(pid: Pid, wanted: &[u8]) -> Look {
    let Ok(environment) = fs::read(path(pid, "environ")) else {
        return Look::Other;
    };

    if environment.is_empty() && Process::read(pid).is_some_and(|it| it.is_changing) {
        Look::Changing
    } else if environment.split(|&byte| byte == 0).any(|it| it == wanted) {
        Look::Marked
    } else {
        Look::Other
    }
}
