//! Plugins: what happens when they do what they must not.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod faults;
#[cfg(target_os = "linux")]
mod isolation;
mod safety;
mod schedules;
pub(crate) mod stage;
#[cfg(target_os = "linux")]
mod survivors;
mod traffic;
