//! The words of rouge-score 0.1.2.

use crate::porter::Porter;

/// What each byte becomes: a lower-case letter, a digit, or 0 for a separator.
pub(super) const LOWER: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// Calls `emit` with every word of a line. `word` is scratch space.
///
/// Python's `str.lower` turns two characters outside ASCII into ASCII: the Kelvin sign
/// U+212A into `k`, and İ U+0130 into `i` and a combining dot, which ends the word.
pub(super) fn words(line: &[u8], word: &mut Vec<u8>, mut emit: impl FnMut(&[u8])) {
    word.clear();
    let mut at = 0;
    while let Some(&byte) = line.get(at) {
        at += 1;
        let lower = LOWER[byte as usize];
        if lower != 0 {
            word.push(lower);
            continue;
        }
        if byte == 0xE2 && line[at..].starts_with(&[0x84, 0xAA]) {
            word.push(b'k');
            at += 2;
            continue;
        }
        if byte == 0xC4 && line.get(at) == Some(&0xB0) {
            word.push(b'i');
        }
        if !word.is_empty() {
            emit(word);
            word.clear();
        }
    }
    if !word.is_empty() {
        emit(word);
    }
}

/// Stems words of more than three letters; drops none.
pub(super) fn stem(stemmer: Option<Porter>, word: &mut Vec<u8>) -> bool {
    if let Some(porter) = stemmer.filter(|_| word.len() > 3) {
        porter.stem(word);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::{Tokenisation, Tokeniser};
    use super::*;

    #[test]
    fn ascii_letters_and_digits_are_kept() {
        let words = |text| Tokeniser::stems(Tokenisation::RougeScore(None), text);
        assert_eq!(words("Café-au-lait, 3.5%!"), ["caf", "au", "lait", "3", "5"]);
        assert_eq!(
            words("300 \u{212A}elvin, \u{130}stanbul"),
            ["300", "kelvin", "i", "stanbul"]
        );
        assert_eq!(words("Москва 東京"), [""; 0]);
    }

    #[test]
    fn words_of_three_letters_are_not_stemmed() {
        let stemmed = Tokenisation::RougeScore(Some(Porter::Nltk));
        assert_eq!(Tokeniser::stems(stemmed, "was using ties"), ["was", "use", "tie"]);
    }
}
