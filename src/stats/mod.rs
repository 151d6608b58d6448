//! Statistics: numbers in, numbers out.

mod agreement;
mod bootstrap;
mod correlation;
mod holm;
mod permutation;
mod resample;
mod special;
mod totals;
mod williams;

pub use agreement::{Bounds, Intervals, Judged, Level, Sample};
pub use bootstrap::{Interval, PoissonBootstrap, Series, rank_intervals};
pub use correlation::{Coefficient, Correlations, Points};
pub use holm::holm;
pub use permutation::{Contested, permutation};
pub use totals::Totals;
pub use williams::{Williams, williams};
