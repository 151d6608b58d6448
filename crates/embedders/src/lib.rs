//! Sources of vectors for texts: files, and programs.
//!
//! A [`Declaration`] such as `wl=static:models/wordllama` says what is read and how specs
//! name it; [`open()`] reads it. What is read is a value, an
//! [`Embedder`](epitome_base::embedding::Embedder), and reads nothing more. A program
//! (`mine=plugin:mine/plugin.toml`) is started, and asked for each text.

mod declaration;
mod embedder_error;
#[cfg(any(feature = "onnx", test))] // tested in every build
mod frame;
#[cfg(feature = "onnx")]
mod onnx;
mod open;
#[cfg(feature = "tokeniser")]
mod safetensors;
#[cfg(feature = "tokeniser")]
mod token_table;
#[cfg(feature = "tokeniser")]
mod tokeniser;
mod words;

pub use declaration::{Declaration, EmbedderSource};
pub use embedder_error::EmbedderError;
pub use open::open;
