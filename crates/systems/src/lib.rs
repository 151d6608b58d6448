//! Extractive summarisers and keyword extractors, one file each, and what they share.

pub mod keywords;
pub mod rank;
pub mod summarise;
