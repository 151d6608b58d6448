//! The end of all plugins at once, for a program that ends without waiting for what its threads do.

#[cfg(unix)]
use std::time::Duration;

#[cfg(unix)]
use rustix::process::{
    Pid, Signal, WaitId, WaitIdOptions, kill_process, kill_process_group, waitid,
};

#[cfg(unix)]
use super::{clock::now, leftovers, orphans};

/// The time between the request to end and being killed.
#[cfg(unix)]
const GRACE: Duration = Duration::from_millis(300);

/// Ends all plugins of this process with everything that they started, removes their working
/// folders, and then calls `then`. No plugin is started until `then` returns.
#[cfg(unix)]
pub fn end_all(then: impl FnOnce()) {
    orphans::while_none_starts(|leaders| {
        signal(leaders, Signal::TERM);
        let asked = now();
        while leaders.iter().any(|pid| lives(*pid)) && asked.elapsed() < GRACE {
            std::thread::sleep(Duration::from_millis(10));
        }
        signal(leaders, Signal::KILL);
        leftovers::end_ours();
        orphans::end_children();
        then();
    });
}

/// Calls `then`: on this system there are no plugins.
#[cfg(not(unix))]
pub fn end_all(then: impl FnOnce()) {
    then();
}

/// Sends a signal to the groups of processes that lead one, and to the processes themselves.
#[cfg(unix)]
fn signal(leaders: &[Pid], signal: Signal) {
    for pid in leaders {
        let _ = kill_process_group(*pid, signal);
        let _ = kill_process(*pid, signal);
    }
}

/// Returns whether a child lives. One that has ended remains to be reaped.
#[cfg(unix)]
fn lives(pid: Pid) -> bool {
    let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    matches!(waitid(WaitId::Pid(pid), look), Ok(None))
}
