//! Orphans of plugins, which become children of this process if it is epitome and nothing else
//! (Linux).

use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, getpid, kill_process, waitid};

use super::{
    own_process::is_own,
    processes::{Process, pids},
};

/// The processes that plugins began as and that are not reaped yet.
static LIVING: Mutex<BTreeSet<i32>> = Mutex::new(BTreeSet::new());

/// The largest number of rounds in which orphans are looked for. Each kills what the one
/// before has left.
const ROUNDS: usize = 100;

/// Locks what is known of the processes that live. While it is locked, none is started and
/// none is reaped.
fn living() -> MutexGuard<'static, BTreeSet<i32>> {
    LIVING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts a process by `start`, which returns it with its number, and remembers that it is
/// no orphan.
pub(super) fn start<T, E>(start: impl FnOnce() -> Result<(T, Pid), E>) -> Result<T, E> {
    let mut living = living();
    let (started, pid) = start()?;
    living.insert(pid.as_raw_nonzero().get());
    Ok(started)
}

/// Reaps a process that was started, by `reap`, and ends the orphans that it may have left.
///
/// An orphan has lost all that tells whose it is, unless it has the mark of a plugin or is
/// isolated like one. So what still lives is ended when no other plugin runs, and until then
/// only those that have ended are reaped.
pub(super) fn reap<T>(pid: Pid, reap: impl FnOnce() -> T) -> T {
    let mut living = living();
    let reaped = reap();
    living.remove(&pid.as_raw_nonzero().get());
    if is_own() {
        for _ in 0..ROUNDS {
            if !end_orphans(&living) {
                break;
            }
            std::thread::sleep(Duration::from_micros(100));
        }
    }
    reaped
}

/// Calls `work` with the numbers of the processes that plugins began as and that are not reaped
/// yet. Until it returns, none is started and none is reaped.
pub(super) fn while_none_starts(work: impl FnOnce(&[Pid])) {
    let living = living();
    let pids: Vec<Pid> = living
        .iter()
        .filter_map(|pid| Pid::from_raw(*pid))
        .collect();
    work(&pids);
}

/// Kills and reaps all children of this process, if it is epitome and nothing else. Those that
/// they leave become its children and are killed after them.
pub(super) fn end_children() {
    if !is_own() {
        return;
    }
    for _ in 0..ROUNDS {
        if !end_orphans(&BTreeSet::new()) {
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Reaps orphans that have ended, and kills others if no plugin lives. Returns whether there
/// was one that lives.
fn end_orphans(living: &BTreeSet<i32>) -> bool {
    let us = getpid().as_raw_nonzero().get();
    let children = pids().into_iter().filter_map(Process::read);
    let is_orphan = |it: &Process| {
        it.parent == us && !living.contains(&it.pid.as_raw_nonzero().get())
    };
    let mut has_lived = false;
    for orphan in children.filter(is_orphan) {
        if living.is_empty() {
            let _ = kill_process(orphan.pid, Signal::KILL);
        }
        let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG;
        let is_reaped = matches!(waitid(WaitId::Pid(orphan.pid), look), Ok(Some(_)));
        has_lived |= living.is_empty() && !is_reaped;
    }
    has_lived
}
