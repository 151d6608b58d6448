//! How many tokens of a language model a text has.
//!
//! An [`Encoding`] is a named vocabulary of byte pairs. The vocabularies are part of the
//! program with the feature `vocabularies`; without it there is no encoding.

mod encoding;
#[cfg(feature = "vocabularies")]
mod vocabulary;

pub use encoding::{Encoding, UnknownEncoding};
