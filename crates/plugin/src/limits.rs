//! The limits of what a plugin may use, and the request to stop.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// The limits of time and memory for a plugin.
#[derive(Debug, Clone)]
pub struct PluginLimits {
    /// The time limit until the next answer.
    pub answer: Duration,
    /// The time limit from the start until the plugin is ready.
    pub start: Duration,
    /// The time limit for all documents of a run; `None` for no limit.
    pub run: Option<Duration>,
    /// The time between the request to end and being killed.
    pub grace: Duration,
    /// The limit of the resident memory of all processes of a plugin, in bytes. It is absolute
    /// and does not depend on how much memory is free.
    pub memory: u64,
}

impl Default for PluginLimits {
    fn default() -> Self {
        Self {
            answer: Duration::from_secs(30),
            start: Duration::from_mins(1),
            run: None,
            grace: Duration::from_secs(1),
            memory: 4 << 30,
        }
    }
}

/// A request, from anywhere in the program, that all plugins end.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Returns whether plugins have been requested to end.
    pub fn is_wished(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// Returns the flag that a signal handler sets to make the request.
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }
}
