//! What a plugin may take.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// What a plugin may take.
#[derive(Debug, Clone)]
pub struct PluginLimits {
    /// Until the next answer.
    pub answer: Duration,
    /// From its start until it is ready.
    pub start: Duration,
    /// For all documents of a run; for ever without it.
    pub run: Option<Duration>,
    /// Between being asked to end and being killed.
    pub grace: Duration,
    /// Resident bytes of its process group. Absolute: what is free elsewhere is no matter.
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

/// A wish, from anywhere in the program, that all plugins end.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Whether it was wished.
    pub fn is_wished(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// For a handler of signals to set.
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }
}
