//! The words of rouge-score 0.1.2.

use crate::porter::Porter;

use super::vocabulary::{Word, first_bytes};

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

/// Calls `emit` with every word of a line. `scratch` is space for a long one.
///
/// Python's `str.lower` turns two characters outside ASCII into ASCII: the Kelvin sign
/// U+212A into `k`, and İ U+0130 into `i` and a combining dot, which ends the word.
pub(super) fn words(line: &[u8], scratch: &mut Vec<u8>, mut emit: impl FnMut(Word<'_>)) {
    let mut rest = line;
    while !rest.is_empty() {
        let end = match run(first_bytes(rest)) {
            16 => rest.iter().position(|&byte| LOWER[byte as usize] == 0),
            end => Some(end),
        };
        let end = end.unwrap_or(rest.len());
        if is_kelvin(&rest[end..]) || is_dotted_i(&rest[end..]) {
            rest = join(rest, scratch);
            emit(Word::of(scratch));
            continue;
        }
        if end > 0 {
            emit(Word::in_lower_case(rest, end, scratch));
        }
        rest = rest.get(end + 1..).unwrap_or_default();
    }
}

/// How many of 16 bytes, from the lowest on, are letters or digits of ASCII: 16 bytes at a
/// time, so that words of different lengths do not surprise the processor.
///
/// In sums of 7 bits and a constant, the highest bit says whether the byte was at least
/// 128 less the constant; nothing is carried into the next byte.
fn run(bytes: u128) -> usize {
    const fn all(byte: u8) -> u128 {
        u128::from_le_bytes([byte; 16])
    }
    let low = bytes & all(0x7F);
    let lower = low | all(0x20);
    let letter = (lower + all(128 - b'a')) & !(lower + all(127 - b'z'));
    let digit = (low + all(128 - b'0')) & !(low + all(127 - b'9'));
    let other = !((letter | digit) & !bytes) & all(0x80);
    other.trailing_zeros() as usize / 8
}

fn is_kelvin(rest: &[u8]) -> bool {
    rest.starts_with("\u{212A}".as_bytes())
}

fn is_dotted_i(rest: &[u8]) -> bool {
    rest.starts_with("\u{130}".as_bytes())
}

/// Puts the word at the start of `line` into `word`, where one of the two characters is
/// part of it, and returns the rest of the line.
fn join<'a>(line: &'a [u8], word: &mut Vec<u8>) -> &'a [u8] {
    word.clear();
    let mut rest = line;
    while let Some(&byte) = rest.first() {
        let lower = LOWER[byte as usize];
        if lower != 0 {
            word.push(lower);
            rest = &rest[1..];
        } else if is_kelvin(rest) {
            word.push(b'k');
            rest = &rest[3..];
        } else if is_dotted_i(rest) {
            word.push(b'i');
            return &rest[2..];
        } else {
            break;
        }
    }
    rest
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
        assert_eq!(words("4\u{212A}\u{212A}x\u{130}\u{212A}"), ["4kkxi", "k"]);
        assert_eq!(words("Москва 東京"), [""; 0]);
    }

    #[test]
    fn sixteen_bytes_are_seen_as_each_alone() {
        for byte in 0..=255_u8 {
            for at in 0..16 {
                let mut bytes = [b'x'; 16];
                bytes[at] = byte;
                let wanted = if LOWER[byte as usize] == 0 { at } else { 16 };
                assert_eq!(run(u128::from_le_bytes(bytes)), wanted, "{byte} at {at}");
            }
        }
    }

    #[test]
    fn words_of_three_letters_are_not_stemmed() {
        let stemmed = Tokenisation::RougeScore(Some(Porter::Nltk));
        assert_eq!(Tokeniser::stems(stemmed, "was using ties"), ["was", "use", "tie"]);
    }
}
