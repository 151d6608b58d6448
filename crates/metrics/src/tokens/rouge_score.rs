//! The words of rouge-score 0.1.2.

use epitome_base::porter::Porter;

use super::word::Word;

/// The replacement of each byte: a lower-case letter, a digit, or 0 for a separator.
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

/// Calls `emit` with every word of a line. `scratch` is space for a long word.
///
/// Python's `str.lower` turns two characters outside ASCII into ASCII: the Kelvin sign
/// U+212A into `k`, and İ U+0130 into `i` and a combining dot, which ends the word.
pub(super) fn words(line: &[u8], scratch: &mut Vec<u8>, mut emit: impl FnMut(Word<'_>)) {
    if !line.is_ascii() && may_join(line) {
        return words_one_by_one(line, scratch, emit);
    }

    let (mut start, mut is_inside, mut is_inside_before) = (0, false, 0);
    for (at, block) in (0..).step_by(64).zip(line.chunks(64)) {
        let inside = letters(block);
        // a bit is set where a word begins or ends
        let mut edges = inside ^ (inside << 1 | is_inside_before);
        is_inside_before = inside >> 63;
        while edges != 0 {
            let edge = at + edges.trailing_zeros() as usize;
            if is_inside {
                emit(Word::in_lower_case(&line[start..], edge - start, scratch));
            }
            start = edge;
            is_inside = !is_inside;
            edges &= edges - 1;
        }
    }

    if is_inside {
        emit(Word::in_lower_case(
            &line[start..],
            line.len() - start,
            scratch,
        ));
    }
}

/// Calls `emit` with every word of a line that contains one of the two characters that
/// become ASCII.
fn words_one_by_one(line: &[u8], scratch: &mut Vec<u8>, mut emit: impl FnMut(Word<'_>)) {
    let mut rest = line;
    while !rest.is_empty() {
        rest = join(rest, scratch);
        if scratch.is_empty() {
            rest = &rest[1..];
        } else {
            emit(Word::of(scratch));
        }
    }
}

/// Returns a bit for each of at most 64 bytes: whether the byte is an ASCII letter or
/// digit.
///
/// Eight bytes are compared at a time. In the sum of 7 bits and a constant the highest
/// bit is set if the byte is at least 128 less the constant; nothing is carried into the
/// next byte. The product moves the highest bits of the bytes side by side.
fn letters(block: &[u8]) -> u64 {
    const fn all(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }

    let mut bits = 0;
    for (at, eight) in (0..).step_by(8).zip(block.chunks(8)) {
        let bytes = eight.first_chunk().copied().unwrap_or_else(|| {
            let mut bytes = [0; 8];
            bytes[..eight.len()].copy_from_slice(eight);
            bytes
        });

        let bytes = u64::from_le_bytes(bytes);

        // bit 0x20 distinguishes small letters from capitals
        let low = bytes & all(0x7F);
        let lower = low | all(0x20);
        let letter = (lower + all(128 - b'a')) & !(lower + all(127 - b'z'));
        let digit = (low + all(128 - b'0')) & !(low + all(127 - b'9'));

        let found = ((letter | digit) & !bytes & all(0x80)) >> 7;
        bits |= found.wrapping_mul(0x0102_0408_1020_4080) >> 56 << at;
    }
    bits
}

/// The Kelvin sign, which becomes `k` in lower case.
const KELVIN: &[u8] = "\u{212A}".as_bytes();
/// The capital I with a dot, which becomes `i` and a combining dot in lower case.
const DOTTED_I: &[u8] = "\u{130}".as_bytes();

/// Returns whether a line contains one of the two characters that become ASCII in lower
/// case.
fn may_join(line: &[u8]) -> bool {
    line.windows(KELVIN.len()).any(|it| it == KELVIN)
        || line.windows(DOTTED_I.len()).any(|it| it == DOTTED_I)
}

/// Puts the word at the start of `line` into `word` if one of the two characters is part
/// of it, and returns the rest of the line.
fn join<'a>(line: &'a [u8], word: &mut Vec<u8>) -> &'a [u8] {
    word.clear();
    let mut rest = line;
    while let Some(&byte) = rest.first() {
        let lower = LOWER[byte as usize];
        if lower != 0 {
            word.push(lower);
            rest = &rest[1..];
        } else if rest.starts_with(KELVIN) {
            word.push(b'k');
            rest = &rest[KELVIN.len()..];
        } else if rest.starts_with(DOTTED_I) {
            word.push(b'i');
            return &rest[DOTTED_I.len()..];
        } else {
            break;
        }
    }
    rest
}

/// Stems a word of more than three letters. Returns true: no word is dropped.
pub(super) fn stem(porter: Porter, word: &mut Vec<u8>) -> bool {
    if word.len() > 3 {
        porter.stem(word);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::{Tokenisation, Tokeniser};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ascii_letters_and_digits_are_kept() {
        let words = |text| Tokeniser::stems(Tokenisation::RougeScore(None), text);
        assert_eq!(
            words("Café-au-lait, 3.5%!"),
            ["caf", "au", "lait", "3", "5"]
        );
        assert_eq!(
            words("300 \u{212A}elvin, \u{130}stanbul"),
            ["300", "kelvin", "i", "stanbul"]
        );
        assert_eq!(words("4\u{212A}\u{212A}x\u{130}\u{212A}"), ["4kkxi", "k"]);
        assert_eq!(words("Москва 東京"), [""; 0]);
    }

    #[test]
    fn sixty_four_bytes_are_seen_as_each_alone() {
        for byte in 0..=255_u8 {
            for at in 0..64 {
                let mut block = [b'x'; 64];
                block[at] = byte;
                let other = u64::from(LOWER[byte as usize] == 0) << at;
                assert_eq!(letters(&block), !other, "{byte} at {at}");
                assert_eq!(letters(&block[..at]), !(u64::MAX << at));
            }
        }
    }

    proptest! {
        #[test]
        fn blocks_have_the_words_that_bytes_have(
            line in "([a-zA-Z0-9]{0,20}[ .,é\u{212A}\u{130}\u{84}]{0,3}){0,20}",
        ) {
            let written = |word: Word<'_>| match word {
                Word::Short(packed) => format!("{packed:?}"),
                Word::Long(word) => format!("{word:?}"),
            };
            let (mut blocks, mut bytes, mut scratch) = (Vec::new(), Vec::new(), Vec::new());
            words(line.as_bytes(), &mut scratch, |word| blocks.push(written(word)));
            words_one_by_one(line.as_bytes(), &mut scratch, |word| {
                bytes.push(written(word));
            });
            prop_assert_eq!(blocks, bytes);
        }
    }

    #[test]
    fn words_of_three_letters_are_not_stemmed() {
        let stemmed = Tokenisation::RougeScore(Some(Porter::Nltk));
        assert_eq!(
            Tokeniser::stems(stemmed, "was using ties"),
            ["was", "use", "tie"]
        );
    }
}
