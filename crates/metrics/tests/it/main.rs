//! What holds for every metric, seen from outside of the crate.

mod cases;
mod failures;
mod laws;
mod outside;
mod signatures;
mod texts;
mod typed;
