//! What the other crates of epitome stand on: one grammar to name systems and metrics, random
//! numbers as a function of a seed, an interner, names that become files, and Porter's stemmer
//! in four variants.

pub mod intern;
pub mod name;
pub mod porter;
pub mod rng;
pub mod spec;
