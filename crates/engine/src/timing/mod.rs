//! How fast systems are: measured by criterion (feature `bench`), or two in turn.

#[cfg(feature = "bench")]
mod bench;
#[cfg(feature = "bench")]
mod diverted;
mod identity;
mod interleaved;
#[cfg(feature = "bench")]
mod measurement;
mod noise;
mod pass;
mod table;

#[cfg(feature = "bench")]
pub use bench::{BenchError, BenchSettings, bench};
pub use identity::{difference, has_all_systems};
pub use interleaved::{Ratio, interleaved};
pub use noise::noise;
pub use table::{ANALYSIS, Timing, TimingError, read, write};
