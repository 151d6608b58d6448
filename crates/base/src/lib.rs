//! What the other crates of epitome stand on: one grammar to name systems and metrics, random
//! numbers as a function of a seed, an interner, names that become files, Porter's stemmer in
//! four variants, and the one form of a word that may be spelt in several.

pub mod intern;
pub mod name;
pub mod porter;
pub mod rng;
pub mod spec;
pub mod unicode;
