//! Speed of systems: a bench with criterion (feature `bench`), or a comparison of two
//! systems in alternation.

#[cfg(feature = "bench")]
mod bench;
mod identity;
mod interleaved;
#[cfg(feature = "bench")]
mod measurement;
mod noise;
mod pass;
#[cfg(feature = "bench")]
#[cfg(unix)]
mod redirected;
#[cfg(not(unix))]
#[path = "no_redirected.rs"]
mod redirected;
mod table;

#[cfg(feature = "bench")]
pub use bench::{BenchError, BenchSettings, bench};
pub use identity::{difference, has_all_systems};
pub use interleaved::{SpeedRatio, interleaved};
pub use noise::noise;
pub use table::{ANALYSIS, Timing, TimingError, read, write};
