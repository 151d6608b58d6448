//! Tokenisation: how metrics read texts, as numbered tokens in segments.

mod bleu;
mod characters;
mod letters;
mod lines;
mod numbered;
mod phrase;
mod rouge_155;
mod rouge_score;
mod short_words;
mod tokenisation;
mod tokeniser;
mod unicode;
mod vocabulary;
mod word;
mod word_lists;

pub use letters::Letters;
pub use numbered::{Tokens, VARIANT};
pub use rouge_155::{Limit, Rouge155};
pub use tokenisation::Tokenisation;
pub use tokeniser::Tokeniser;
pub use unicode::{Snowball, Unicode};
pub use word_lists::{Exceptions, StopWords};
