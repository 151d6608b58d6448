//! Which words are stemmed by the Snowball stemmers, for systems and for metrics.

/// The number of letters of the longest word that is stemmed. No dictionary of any language
/// has a word of as many; longer ones are of URLs, encoded data or broken texts.
pub const LONGEST: usize = 256;

/// Returns whether a word is stemmed: whether it has at most [`LONGEST`] characters. A
/// longer one is its own stem, since the Snowball stemmers of eleven of eighteen languages
/// need time by the square of its length (Arabic: 53 s for 400,000 letters). The Porter stemmers of
/// ROUGE, which are linear, stem every word, as the reference tools do.
pub fn is_stemmed(word: &str) -> bool {
    word.len() <= LONGEST || word.chars().nth(LONGEST).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_not_bytes() {
        for letter in ["a", "ق", "கு"] {
            let letters = letter.chars().count();
            let word = letter.repeat(LONGEST / letters);
            assert!(is_stemmed(&word), "{letter}");
            assert!(!is_stemmed(&(word + letter)), "{letter}");
        }
    }
}
