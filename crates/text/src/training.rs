//! The parts of the tagger that the program which trains it (`tools/train_tagger`) uses
//! as well, so that both see the same words and features. Not part of the library's
//! interface.

pub use super::tag::{features, greedy, lexicon, model, word};

use super::{
    span::Span,
    tokenise::{clitics::Clitics, pieces},
};

/// Returns the spans of the words and punctuation of an English text, as the tagger
/// receives them.
pub fn english_pieces(text: &str) -> Vec<Span> {
    let all = Span {
        start: 0,
        end: text.len() as u32,
    };
    let mut found = Vec::new();
    pieces(text, all, Clitics::of("en"), &mut found);
    found.into_iter().map(|(span, _)| span).collect()
}
