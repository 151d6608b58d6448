//! How fast systems are: measured by criterion (feature `bench`), or two in turn.

#[cfg(feature = "bench")]
mod bench;
mod interleaved;
#[cfg(feature = "bench")]
mod measurement;
mod noise;
mod pass;
mod table;

#[cfg(feature = "bench")]
pub use bench::{BenchError, BenchSettings, bench};
pub use interleaved::{Ratio, interleaved};
pub use noise::noise;
pub use table::{Timing, TimingError, read, write};
