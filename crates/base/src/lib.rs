//! The foundation of epitome's other crates: one grammar for the names of systems and
//! metrics, random numbers as a function of a seed, an interner, file names, Porter's
//! stemmer in four variants, a normal form for words that have several spellings, which
//! words are stemmed, files up to a limit, and vectors of texts from an embedder that is
//! handed in.

pub mod embedding;
pub mod intern;
pub mod isolated;
pub mod name;
pub mod porter;
pub mod rng;
pub mod spec;
pub mod stemming;
pub mod unicode;
pub mod whole_file;
