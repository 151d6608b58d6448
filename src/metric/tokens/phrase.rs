//! The words of a keyphrase.

use crate::metric::Porter;

/// Calls `emit` with every word: at white space, without the punctuation at its edges,
/// in lower case.
pub(super) fn words(phrase: &str, mut emit: impl FnMut(&[u8])) {
    for word in phrase.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !bare.is_empty() {
            emit(bare.to_lowercase().as_bytes());
        }
    }
}

/// Stems words of any length; drops none.
pub(super) fn stem(stemmer: Option<Porter>, word: &mut Vec<u8>) -> bool {
    if let Some(porter) = stemmer {
        porter.stem(word);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::{Tokenisation, Tokeniser};
    use super::*;

    #[test]
    fn phrases_keep_inner_punctuation() {
        let phrase = Tokenisation::Phrase(Some(Porter::Original));
        assert_eq!(
            Tokeniser::stems(phrase, "“Real-Time” systems, (C++)"),
            ["real-tim", "system", "c"]
        );
    }
}
