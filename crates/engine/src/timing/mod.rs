//! How fast systems are, measured by criterion.

mod bench;
mod interleaved;
mod measurement;
mod noise;
mod table;

pub use bench::{BenchError, Settings, bench};
pub use interleaved::{Ratio, interleaved};
pub use noise::noise;
pub use table::{Timing, TimingError, read, write};
