//! The properties of a word that features are made of.

use super::lexicon::{Facts, Lexicon};

/// The number of prefixes, which are the first 1, 2, … bytes.
pub const PREFIXES: usize = 4;

/// The number of suffixes, which are the last 1, 2, … bytes.
pub const SUFFIXES: usize = 5;

/// A word as numbers: hashes of its form in lower case with every digit as `0`, its
/// shape, and its classes in the lexicon.
#[derive(Debug, Clone, Copy, Default)]
pub struct Word {
    /// The hash of the form.
    pub form: u32,
    /// The hashes of the first 1, 2, … bytes.
    pub prefixes: [u32; PREFIXES],
    /// The hashes of the last 1, 2, … bytes.
    pub suffixes: [u32; SUFFIXES],
    /// The shape, as a set of bits.
    pub shape: u32,
    /// The classes of the word in the lexicon.
    pub facts: Facts,
}

impl Word {
    /// The places beyond either end of a sentence.
    pub const EDGE: Self = Self {
        form: 1,
        prefixes: [1; PREFIXES],
        suffixes: [1; SUFFIXES],
        shape: u32::MAX,
        facts: Facts::EDGE,
    };

    /// Returns the numbers of `word`. `folded` is a buffer.
    pub fn of(word: &str, lexicon: &Lexicon, folded: &mut String) -> Self {
        let form = form(word, folded);
        Self {
            form,
            prefixes: affixes(folded.bytes()),
            suffixes: affixes(folded.bytes().rev()),
            shape: shape(word),
            facts: lexicon.facts(form),
        }
    }
}

/// Returns the number by which a word is known: the hash of its folded form, which is
/// left in `folded`.
pub fn form(word: &str, folded: &mut String) -> u32 {
    fold(word, folded);
    hash(folded.as_bytes())
}

/// Folds a word: lower case, `’` as `'`, and ASCII digits as `0`.
fn fold(word: &str, out: &mut String) {
    out.clear();
    for character in word.chars() {
        match character {
            '0'..='9' => out.push('0'),
            'A'..='Z' => out.push(character.to_ascii_lowercase()),
            '\u{2019}' => out.push('\''),
            '\0'..='\x7f' => out.push(character),
            _ => out.extend(character.to_lowercase()),
        }
    }
}

/// Returns the 64-bit FNV-1a hash, folded to 32 bits.
fn hash(bytes: &[u8]) -> u32 {
    let state = bytes.iter().fold(OFFSET, |state, &byte| step(state, byte));
    (state ^ (state >> 32)) as u32
}

/// Returns the hashes of the first 1, 2, … bytes; 0 for those that a shorter word does
/// not have.
fn affixes<const N: usize>(bytes: impl Iterator<Item = u8>) -> [u32; N] {
    let mut out = [0; N];
    let mut state = OFFSET;
    for (affix, byte) in out.iter_mut().zip(bytes) {
        state = step(state, byte);
        *affix = (state ^ (state >> 32)) as u32;
    }
    out
}

/// The offset basis of FNV-1a.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// Adds a byte to a hash; the constant is the prime of FNV-1a.
fn step(state: u64, byte: u8) -> u64 {
    (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// Returns a set of bits: which kinds of characters a word has, and how it begins.
pub fn shape(word: &str) -> u32 {
    let mut shape = 0;
    let mut capitals = 0;
    for (at, character) in word.chars().enumerate() {
        let bit = match character {
            'a'..='z' => LOWER,
            'A'..='Z' => UPPER,
            '0'..='9' => DIGIT,
            '-' => HYPHEN,
            '\'' | '\u{2019}' => APOSTROPHE,
            '\0'..='\x7f' => MARK,
            _ if character.is_lowercase() => LOWER,
            _ if character.is_uppercase() => UPPER,
            _ if character.is_alphabetic() => OTHER,
            _ => MARK,
        };
        if bit == UPPER {
            capitals += 1;
            shape |= if at == 0 { FIRST_UPPER } else { 0 };
        }
        shape |= bit;
    }

    if capitals > 1 {
        shape | CAPITALS
    } else {
        shape
    }
}

// the bits of a shape
const LOWER: u32 = 1;
const UPPER: u32 = 1 << 1;
const DIGIT: u32 = 1 << 2;
const HYPHEN: u32 = 1 << 3;
const APOSTROPHE: u32 = 1 << 4;
const MARK: u32 = 1 << 5;
const OTHER: u32 = 1 << 6;
const FIRST_UPPER: u32 = 1 << 7;
const CAPITALS: u32 = 1 << 8;

/// Returns whether most words with letters have no lower-case letter, as in a headline.
pub fn is_loud(words: &[Word]) -> bool {
    let of_letters = words
        .iter()
        .filter(|word| word.shape & (LOWER | UPPER) != 0);
    let (mut lower, mut loud) = (0, 0);
    for word in of_letters.filter(|word| word.shape != u32::MAX) {
        if word.shape & LOWER == 0 {
            loud += 1;
        } else {
            lower += 1;
        }
    }
    loud > lower
}
