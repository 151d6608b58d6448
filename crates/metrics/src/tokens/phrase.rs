//! The words of a keyphrase.

use epitome_base::porter::Porter;

/// The ways to write a phrase: at each `+` with something other than `+` on both sides.
pub(super) fn variants(phrase: &str, split: bool) -> impl Iterator<Item = &str> {
    let bytes = phrase.as_bytes();
    let other = |at: usize| bytes.get(at).is_some_and(|&byte| byte != b'+');
    let inner = |at: usize| bytes[at] == b'+' && at > 0 && other(at - 1) && other(at + 1);
    let mut ends: Vec<usize> =
        (0..bytes.len()).filter(|&at| split && inner(at)).collect();
    ends.push(bytes.len());
    let mut start = 0;
    ends.into_iter().map(move |end| {
        let variant = &phrase[start..end];
        start = end + 1;
        variant
    })
}

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
