//! How fast systems are, measured by criterion.

mod bench;
mod measurement;
mod table;

pub use bench::{BenchError, Settings, bench};
pub use table::{Timing, TimingError, read, write};
