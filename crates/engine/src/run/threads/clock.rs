//! Measures how long the stages of a run take, and how busy the machine is.

use std::{fs, time::Duration};

pub use epitome_plugin::clock::{now, timestamp};

/// Returns the time that the processor has spent on this thread, with the nanosecond
/// resolution of Linux; `None` if the operating system does not report it.
pub fn cpu() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ')
        .next()?
        .parse()
        .ok()
        .map(Duration::from_nanos)
}

/// Returns the load average over a minute: the mean number of threads, of this and other
/// programs, that ran or waited to. Returns `None` if the operating system does not
/// report it.
pub fn load() -> Option<f64> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    text.split(' ').next()?.parse().ok()
}

/// The time that each stage of a run took, summed over threads. It is the wall time of
/// the stage on its thread, which is CPU time if cores are free.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stages {
    /// Time spent on parsing records.
    pub parse: Duration,
    /// Time spent on splitting texts into sentences, words and stems.
    pub analyse: Duration,
    /// Time spent in the systems.
    pub systems: Duration,
    /// Time spent on metrics, including their tokenisation.
    pub metrics: Duration,
    /// Time spent on formatting and writing rows, on the main thread.
    pub write: Duration,
}

impl Stages {
    /// Adds the times of another thread to these.
    pub fn add(&mut self, other: &Self) {
        self.parse += other.parse;
        self.analyse += other.analyse;
        self.systems += other.systems;
        self.metrics += other.metrics;
        self.write += other.write;
    }

    /// Returns the sum of all stages.
    pub fn total(&self) -> Duration {
        self.parse + self.analyse + self.systems + self.metrics + self.write
    }
}

/// Runs `work`, adds its wall time to `stage` and returns its result.
pub fn timed<T>(stage: &mut Duration, work: impl FnOnce() -> T) -> T {
    let start = now();
    let result = work();
    *stage += start.elapsed();
    result
}
