//! Embeddings: texts and their tokens as vectors, from a source that a program hands in.
//!
//! A system or metric names an [`Embedder`] by its parameter `embedder`, and compares the
//! vectors of texts by their cosine. Tables and models are read elsewhere, before anything
//! that uses them is built.

mod embedder;
mod failure;
mod kept;
mod recorded;
mod vectors;
mod word_table;

pub use embedder::{Embedder, Embedders, NamedEmbedder, TokenEmbeddings};
pub use failure::EmbedderFailure;
pub use kept::KeptEmbeddings;
pub use recorded::RecordedEmbedder;
pub use vectors::Embeddings;
pub use word_table::WordTable;
