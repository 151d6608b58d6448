//! Pairs of texts that are scored without a run.

pub(super) mod pair;
pub(super) mod pair_sums;
pub(super) mod pairs;
