//! Weights of the part-of-speech tagger for English: data alone, in a crate of its own since
//! their licence is not that of the code. `README.md` has source, licence, recipe and format;
//! `epitome_text::EnglishTagger` reads them.

/// The weights as `scripts/train-tagger` writes them.
pub static WEIGHTS: &[u8] = include_bytes!("../english.weights");
