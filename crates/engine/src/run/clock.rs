//! How long the stages of a run take.

use std::{fs, time::Duration};

pub use epitome_plugin::clock::{now, timestamp};

/// The time that the processor has spent on this thread; `None` where the system does not
/// say. In nanoseconds, as Linux counts it.
pub fn cpu() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ')
        .next()?
        .parse()
        .ok()
        .map(Duration::from_nanos)
}

/// How many threads have wanted to run of late, of this and of other programs: the load
/// average over a minute. `None` where the system does not say.
pub fn load() -> Option<f64> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    text.split(' ').next()?.parse().ok()
}

/// How long each stage of a run took, summed over threads. Wall time of the stage on its
/// thread, which is CPU time where cores are free.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stages {
    /// Parsing records.
    pub parse: Duration,
    /// Sentences, words, stems.
    pub analyse: Duration,
    /// The systems.
    pub systems: Duration,
    /// Metrics, tokenising for them included.
    pub metrics: Duration,
    /// Laying out rows and writing them, on the main thread.
    pub write: Duration,
}

impl Stages {
    /// Adds the stages of another thread.
    pub fn add(&mut self, other: &Self) {
        self.parse += other.parse;
        self.analyse += other.analyse;
        self.systems += other.systems;
        self.metrics += other.metrics;
        self.write += other.write;
    }

    /// All stages.
    pub fn total(&self) -> Duration {
        self.parse + self.analyse + self.systems + self.metrics + self.write
    }
}

/// Runs `work` and adds its time to `stage`.
pub fn timed<T>(stage: &mut Duration, work: impl FnOnce() -> T) -> T {
    let start = now();
    let result = work();
    *stage += start.elapsed();
    result
}
