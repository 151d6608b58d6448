//! Extractive summarisers and keyword extractors, one file each, and what they share.
//!
//! A system is a value: `TextRank { damping: 0.9, ..TextRank::default() }`; or it is named, as in
//! `text-rank(damping=0.9)`, by the entries of [`summarise::SUMMARISERS`] and
//! [`keywords::EXTRACTORS`].

/// What a system is by default is what its entry builds without parameters, so that the two
/// cannot differ.
macro_rules! default_of_entry {
    ($system:ident) => {
        impl Default for $system {
            fn default() -> Self {
                Self::from(&ENTRY.defaults())
            }
        }
    };
}

pub mod keywords;
pub mod rank;
pub mod summarise;
