//! The seed of a perturbation.

use epitome_base::{
    rng,
    spec::{Parameter, ParameterKind},
};

use crate::record::Record;

/// The seed parameter of several perturbations.
pub(super) const SEED: Parameter = Parameter {
    name: "seed",
    kind: ParameterKind::Integer(0, u64::MAX),
    default: "0",
    about: "another seed, another change",
};

/// Returns the seed of the change of one record, which depends on its text, so that it is
/// the same in every corpus and order.
pub(super) fn seed_of(seed: u64, record: &Record) -> u64 {
    rng::seed_of(seed, &record.text)
}
