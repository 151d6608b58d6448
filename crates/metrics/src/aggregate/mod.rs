//! Aggregation: the scores of many documents become one number.
//!
//! Contains the averages, and the confidence intervals that the two ROUGE tools print, to
//! reproduce their numbers; the project's own intervals are in the crate of statistics.

mod average;
mod jackknife;
mod mean;
mod mersenne_twister;
mod rouge_155;
mod rouge_score;

pub use average::Average;
pub(crate) use average::{AVERAGE, average_of, signature};
pub use jackknife::jackknife;
pub use mean::average;
pub use mersenne_twister::MersenneTwister;
pub use rouge_155::{Estimate, item_order, mean_interval, share_interval};
pub use rouge_score::{Quantiles, quantiles, quantiles_with};
