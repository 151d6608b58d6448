//! Landlock: the kernel's rules about which files a process and its children may open.
//!
//! Rules belong to a thread and are inherited by what it starts, and no program loses them.
//! So each plugin has a thread that restricts itself and then starts it.

use std::{
    error::Error,
    io,
    process::Child,
    sync::{
        OnceLock,
        mpsc::{self, Receiver, Sender},
    },
    thread,
};

use epitome_base::isolated::Isolated;
use landlock::{
    ABI, Access as _, AccessFs, BitFlags, CompatLevel, Compatible, LandlockStatus,
    PathBeneath, PathFd, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetStatus, Scope,
};

use rustix::{
    io::Errno,
    process::{Pid, Signal, getpid, getppid, kill_process_group, test_kill_process},
    thread::{CapabilitySet, remove_capability_from_bounding_set},
};

use super::{
    processes::pids,
    rule::{Right, Rule},
};

/// The newest version of Landlock whose rights of files are known here.
const KNOWN: ABI = ABI::V6;

/// Returns the version of Landlock that the kernel has; `None` if it has none.
///
/// The newest that is known here is returned if no thread can be started to find out: a plugin
/// is then refused for want of a thread, and does not run without isolation.
pub(super) fn version() -> Option<i32> {
    static VERSION: OnceLock<Option<i32>> = OnceLock::new();
    if let Some(version) = VERSION.get() {
        return *version;
    }
    match found() {
        Ok(version) => *VERSION.get_or_init(|| version),
        Err(_) => Some(KNOWN as i32),
    }
}

/// Returns the version of Landlock that the kernel has, if a thread can be started.
fn found() -> io::Result<Option<i32>> {
    // the library tells it only to a thread that restricts itself
    let probe = thread::Builder::new().spawn(|| {
        let rules = Ruleset::default()
            .handle_access(AccessFs::MakeBlock)
            .and_then(Ruleset::create);
        rules.and_then(landlock::RulesetCreated::restrict_self).ok()
    })?;
    Ok(probe
        .join()
        .ok()
        .flatten()
        .and_then(|status| match status.landlock {
            LandlockStatus::Available { effective_abi, .. }
                if status.ruleset != RulesetStatus::NotEnforced =>
            {
                Some(effective_abi as i32)
            }
            _ => None,
        }))
}

/// A thread that is isolated like the plugin that it started. Where signals are kept in, it
/// reaches the processes of the plugin and no others, whatever they have made of their
/// environment, group, session and parents.
#[derive(Debug)]
pub(super) struct Keeper {
    /// The requests to the thread, which ends when this is dropped.
    requests: Sender<Request>,
    answers: Receiver<Option<Vec<Pid>>>,
}

/// What the thread is to do.
#[derive(Debug)]
enum Request {
    /// Tell the processes that it reaches.
    Tell,
    /// Kill them.
    Kill,
}

impl Keeper {
    /// Starts a process by `spawn`. It may open what `rules` allow, and nothing else, and
    /// cannot gain privileges by its program.
    pub(super) fn start(
        spawn: impl FnOnce() -> io::Result<Child> + Send + 'static,
        rules: Vec<Rule>,
    ) -> io::Result<(Child, Self)> {
        /// Enough for rules, and for the arguments of a program.
        const STACK: usize = 512 << 10;

        let (requests, requested) = mpsc::channel();
        let (answer, answers) = mpsc::channel();
        let (tell_start, started) = mpsc::channel();
        thread::Builder::new()
            .name("keeper".to_owned())
            .stack_size(STACK)
            .spawn(move || {
                let outside = witness();
                let isolated = restrict(&rules).map_err(|error| {
                    io::Error::other(format!("it cannot be isolated: {error}"))
                });
                let _ = tell_start.send(isolated.and_then(|()| spawn()));
                for request in requested {
                    let _ = answer.send(carry_out(&request, outside));
                }
            })?;
        let over = io::Error::other("its start panicked");
        let child = started.recv().unwrap_or(Err(over))?;
        Ok((child, Self { requests, answers }))
    }

    /// Returns the processes of the plugin; `None` if the kernel does not tell them apart.
    pub(super) fn members(&self) -> Option<Vec<Pid>> {
        self.ask(Request::Tell)
    }

    /// Kills all processes of the plugin at one moment, so that none escapes by starting
    /// another. Returns whether the kernel can do so.
    pub(super) fn end(&self) -> bool {
        self.ask(Request::Kill).is_some()
    }

    fn ask(&self, request: Request) -> Option<Vec<Pid>> {
        self.requests.send(request).ok()?;
        self.answers.recv().ok()?
    }
}

/// Carries out a request in the thread that is isolated like the plugin. Returns `None` if
/// signals are not kept in.
fn carry_out(request: &Request, witness: Option<Pid>) -> Option<Vec<Pid>> {
    if !keeps_signals_in(witness) {
        return None;
    }
    match request {
        Request::Tell => Some(
            pids()
                .into_iter()
                .filter(|pid| *pid != getpid() && test_kill_process(*pid).is_ok())
                .collect(),
        ),
        // a signal to "group 1" reaches all that this thread may send one to
        Request::Kill => {
            let _ = kill_process_group(Pid::INIT, Signal::KILL);
            Some(Vec::new())
        }
    }
}

/// Returns a process that the calling thread can send a signal to before it is isolated;
/// `None` if there is none.
fn witness() -> Option<Pid> {
    let is_reached = |pid: &Pid| *pid != getpid() && test_kill_process(*pid).is_ok();
    // the list of all processes is read only if it is needed
    getppid()
        .filter(is_reached)
        .or_else(|| pids().into_iter().find(is_reached))
}

/// Returns whether the calling thread can send no signal out of its isolation: its version
/// says so, and it no longer reaches a process outside that it reached before.
fn keeps_signals_in(witness: Option<Pid>) -> bool {
    version().is_some_and(|version| version >= Isolated::WITH_SIGNALS)
        && witness.is_none_or(|pid| test_kill_process(pid) == Err(Errno::PERM))
}

/// What lets root read other processes and mount: a plugin that runs as root does without.
const OF_ROOT: [CapabilitySet; 3] = [
    CapabilitySet::SYS_ADMIN,
    CapabilitySet::SYS_PTRACE,
    CapabilitySet::PERFMON,
];

/// Restricts the calling thread.
fn restrict(rules: &[Rule]) -> Result<(), Box<dyn Error>> {
    for capability in OF_ROOT {
        // only root can give it up, and nobody else has it
        let _ = remove_capability_from_bounding_set(capability);
    }

    let mut ruleset = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(KNOWN))?
        .scope(Scope::Signal)?
        .scope(Scope::AbstractUnixSocket)?
        .create()?;

    for rule in rules {
        // what has gone, or what the user may not open, needs no rule
        if let Ok(file) = PathFd::new(&rule.path) {
            let mut rights = rights(rule.right);
            if !rule.is_folder {
                rights &= AccessFs::from_file(KNOWN);
            }
            ruleset = ruleset.add_rule(PathBeneath::new(file, rights))?;
        }
    }

    let status = ruleset.restrict_self()?;
    match status.ruleset {
        RulesetStatus::NotEnforced => Err("the kernel did not enforce the rules".into()),
        _ => Ok(()),
    }
}

/// Returns the rights of Landlock that a right consists of.
fn rights(right: Right) -> BitFlags<AccessFs> {
    match right {
        Right::List => AccessFs::ReadDir.into(),
        Right::Read => AccessFs::from_read(KNOWN),
        Right::Device => AccessFs::ReadFile | AccessFs::WriteFile | AccessFs::IoctlDev,
        // all but making devices, which leads to everything
        Right::Write => {
            AccessFs::from_all(KNOWN) & !(AccessFs::MakeBlock | AccessFs::MakeChar)
        }
    }
}
