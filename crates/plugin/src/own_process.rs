//! What a program that is epitome and nothing else does to itself before it starts a plugin.

use std::{
    io,
    sync::atomic::{AtomicBool, Ordering},
};

/// Whether this process is epitome and nothing else.
static IS_OWN: AtomicBool = AtomicBool::new(false);

/// Declares that nothing but epitome runs in this process and starts child processes, as
/// in the program `epitome` and unlike in an interpreter that has the library loaded.
///
/// Before the first plugin is started, the process then becomes one that other processes of
/// the same user cannot read, trace or dump, and the parent of all orphans of its plugins,
/// which it ends with them (Linux).
pub fn own_process() {
    IS_OWN.store(true, Ordering::SeqCst);
}

/// Returns whether all children of this process are plugins or what they left.
pub(super) fn is_own() -> bool {
    IS_OWN.load(Ordering::SeqCst)
}

/// Prepares this process for plugins, if it was declared by [`own_process()`].
#[cfg(target_os = "linux")]
pub(super) fn prepare() -> io::Result<()> {
    use rustix::process::{
        DumpableBehavior, getpid, set_child_subreaper, set_dumpable_behavior,
    };

    if is_own() {
        set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
        set_child_subreaper(Some(getpid()))?;
    }
    Ok(())
}

/// Prepares this process for plugins: other systems than Linux have nothing for it.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::unnecessary_wraps, reason = "it can fail on Linux")]
pub(super) fn prepare() -> io::Result<()> {
    Ok(())
}
