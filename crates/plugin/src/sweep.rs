//! The processes that carry a mark in their environment, and killing them.

use std::{collections::BTreeSet, fs, time::Duration};

use rustix::process::{Pid, Signal, kill_process};

use super::processes::{Process, path, pids};

/// The largest number of rounds. A round examines only processes that no earlier round
/// has examined, so that all but the first are cheap.
const ROUNDS: usize = 1_000;

/// Kills every process that was started with the variable `name` set to `mark` in its
/// environment. A killed process starts no other.
pub(super) fn sweep(name: &str, mark: &str) {
    let wanted = format!("{name}={mark}");
    examine(|pid, environment| {
        if environment
            .split(|&byte| byte == 0)
            .any(|variable| variable == wanted.as_bytes())
        {
            let _ = kill_process(pid, Signal::KILL);
        }
    });
}

/// Returns the different values that the variable `name` has in the environments of all
/// processes.
pub(super) fn marks(name: &str) -> BTreeSet<String> {
    let beginning = format!("{name}=");
    let mut marks = BTreeSet::new();
    examine(|_, environment| {
        let mut variables = environment.split(|&byte| byte == 0);
        let value = variables.find_map(|it| it.strip_prefix(beginning.as_bytes()));
        marks.extend(value.and_then(|it| String::from_utf8(it.to_vec()).ok()));
    });
    marks
}

/// Calls `visit` with every process that has an environment which may be read, and with it.
///
/// A process can start another one and end while the list of processes is read. The list
/// then contains the first, whose environment is gone, and not the second. So this
/// function returns only after a list contains no process that was not examined before. A
/// process that is replacing its program has no environment at that moment and is examined
/// in a later round.
fn examine(mut visit: impl FnMut(Pid, &[u8])) {
    let mut examined: BTreeSet<i32> = BTreeSet::new();
    for _ in 0..ROUNDS {
        let mut is_clean = true;
        for pid in pids() {
            if examined.contains(&pid.as_raw_nonzero().get()) {
                continue;
            }
            is_clean = false;
            if let Ok(environment) = fs::read(path(pid, "environ")) {
                if environment.is_empty()
                    && Process::read(pid).is_some_and(|it| it.is_changing)
                {
                    std::thread::sleep(Duration::from_micros(100));
                    continue;
                }
                visit(pid, &environment);
            }
            examined.insert(pid.as_raw_nonzero().get());
        }
        if is_clean {
            return;
        }
    }
}
