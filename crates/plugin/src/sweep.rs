//! Killing every process that carries a mark in its environment.

use std::{collections::BTreeSet, fs, path::Path, time::Duration};

use rustix::process::{Pid, Signal, kill_process};

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
        for pid in processes() {
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
    let environments = processes().into_iter().filter_map(|pid| {
        fs::read(format!("/proc/{}/environ", pid.as_raw_nonzero())).ok()
    });
    let marks = environments.filter_map(|environment| {
        let mut variables = environment.split(|&byte| byte == 0);
        let value = variables.find_map(|it| it.strip_prefix(beginning.as_bytes()))?;
        String::from_utf8(value.to_vec()).ok()
    });
    marks.collect()
}

/// Returns the processes of the machine; none if they cannot be listed.
fn processes() -> Vec<Pid> {
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| pid_of(&entry))
        .collect()
}

/// Returns the process to which an entry of `/proc` belongs; `None` if it belongs to
/// none.
fn pid_of(entry: &fs::DirEntry) -> Option<Pid> {
    Pid::from_raw(entry.file_name().to_str()?.parse().ok()?)
}

/// Returns what the environment of a process shows about the mark `wanted`.
fn look(pid: Pid, wanted: &[u8]) -> Look {
    let folder = format!("/proc/{}", pid.as_raw_nonzero());
    let folder = Path::new(&folder);
    let Ok(environment) = fs::read(folder.join("environ")) else {
        return Look::Other;
    };

    if environment.is_empty() && is_changing(folder) {
        Look::Changing
    } else if environment.split(|&byte| byte == 0).any(|it| it == wanted) {
        Look::Marked
    } else {
        Look::Other
    }
}

/// Returns whether a process without an environment is about to have one: it is not a
/// kernel thread, it has not ended, and the address of its environment is not set. That of
/// a process that was started without any variable is set.
fn is_changing(folder: &Path) -> bool {
    /// The flag of kernel threads, `PF_KTHREAD` of Linux.
    const OF_THE_KERNEL: u64 = 0x0020_0000;

    let Ok(stat) = fs::read_to_string(folder.join("stat")) else {
        return false;
    };

    // the name, the second field, is in parentheses and may contain anything
    let Some((_, after_name)) = stat.rsplit_once(')') else {
        return false;
    };
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    // fields are counted from 1, as in the manual of `/proc`, and the third is the first here
    let field = |number: usize| fields.get(number - 3).copied().unwrap_or_default();

    let has_ended = matches!(field(3), "Z" | "X" | "x");
    let flags: u64 = field(9).parse().unwrap_or_default();
    let environment_ends_at = field(51);
    !has_ended && flags & OF_THE_KERNEL == 0 && environment_ends_at == "0"
}
