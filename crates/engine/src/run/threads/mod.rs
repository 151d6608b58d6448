//! What runs on threads: the pool, panics that are caught, clocks and progress.

pub mod clock;
pub(super) mod guard;
pub(super) mod pool;
pub(super) mod progress;
