//! The words and the spellings of a keyphrase.

use epitome_base::porter::Porter;

/// Returns the spellings of a phrase, which are separated by each `+` that has something
/// other than `+` on both sides.
pub(super) fn variants(phrase: &str, split: bool) -> impl Iterator<Item = &str> {
    let bytes = phrase.as_bytes();
    let other = |at: usize| bytes.get(at).is_some_and(|&byte| byte != b'+');

    let mut ends = Vec::new();
    for (at, &byte) in bytes.iter().enumerate().skip(1) {
        if split && byte == b'+' && other(at - 1) && other(at + 1) {
            ends.push(at);
        }
    }
    ends.push(bytes.len());

    let mut start = 0;
    ends.into_iter().map(move |end| {
        let variant = &phrase[start..end];
        start = end + 1;
        variant
    })
}

/// Calls `emit` with every word of a phrase: the parts between white space in lower case,
/// without the punctuation at their edges.
pub(super) fn words(phrase: &str, mut emit: impl FnMut(&[u8])) {
    for word in phrase.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !bare.is_empty() {
            emit(bare.to_lowercase().as_bytes());
        }
    }
}

/// Stems a word of any length. Returns true: no word is dropped.
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
        let stemmer = Some(Porter::Original);
        let phrase = Tokenisation::Phrase {
            stemmer,
            variants: false,
        };
        assert_eq!(
            Tokeniser::stems(phrase, "“Real-Time” systems, (C++)"),
            ["real-tim", "system", "c"]
        );
    }
}
