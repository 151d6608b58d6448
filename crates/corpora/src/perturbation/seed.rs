//! The seed of a change.

use epitome_base::{
    rng,
    spec::{Parameter, ParameterKind},
};

use crate::record::Record;

/// The seed that several perturbations take.
pub(super) const SEED: Parameter = Parameter {
    name: "seed",
    kind: ParameterKind::Integer(0, u64::MAX),
    default: "0",
    about: "another seed, another change",
};

/// The seed of one record's change.
pub(super) fn seed_of(seed: u64, record: &Record) -> u64 {
    rng::seed_of(seed, &record.text)
}
