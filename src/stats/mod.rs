//! Statistics: numbers in, numbers out.

mod bootstrap;

pub use bootstrap::{Interval, PoissonBootstrap, Series, rank_intervals};
