//! Plugins: what happens when they do what they must not.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod faults;
mod safety;
mod schedules;
mod stage;
mod traffic;
