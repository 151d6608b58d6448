//! What the features see of one word.

use super::lexicon::{Facts, Lexicon};

/// How many prefixes there are, of 1, 2, … bytes.
pub const PREFIXES: usize = 4;

/// How many suffixes there are, likewise.
pub const SUFFIXES: usize = 5;

/// A word as numbers: hashes of its lower-cased form with every digit as `0`, its
/// shape, and what the lexicon knows of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Word {
    /// Hash of the form.
    pub form: u32,
    /// Hashes of its first 1, 2, … bytes.
    pub prefixes: [u32; PREFIXES],
    /// Hashes of its last 1, 2, … bytes.
    pub suffixes: [u32; SUFFIXES],
    /// Number of its shape.
    pub shape: u32,
    /// What the lexicon knows of it.
    pub facts: Facts,
}

impl Word {
    /// Beyond either end of a sentence.
    pub const EDGE: Self = Self {
        form: 1,
        prefixes: [1; PREFIXES],
        suffixes: [1; SUFFIXES],
        shape: u32::MAX,
        facts: Facts::EDGE,
    };

    /// Reads `word`; `folded` is scratch.
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

/// The number a word is known by: the hash of its folded form, which `folded` is left
/// with.
pub fn form(word: &str, folded: &mut String) -> u32 {
    fold(word, folded);
    hash(folded.as_bytes())
}

/// Lower case, `’` as `'`, ASCII digits as `0`.
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

/// FNV-1a in 64 bits, folded to 32.
fn hash(bytes: &[u8]) -> u32 {
    let state = bytes.iter().fold(OFFSET, |state, &byte| step(state, byte));
    (state ^ (state >> 32)) as u32
}

/// Hashes of the first 1, 2, … bytes; 0 where the word is shorter.
fn affixes<const N: usize>(bytes: impl Iterator<Item = u8>) -> [u32; N] {
    let mut out = [0; N];
    let mut state = OFFSET;
    for (affix, byte) in out.iter_mut().zip(bytes) {
        state = step(state, byte);
        *affix = (state ^ (state >> 32)) as u32;
    }
    out
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

fn step(state: u64, byte: u8) -> u64 {
    (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// A set of bits: what characters a word has, and how it begins.
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

const LOWER: u32 = 1;
const UPPER: u32 = 1 << 1;
const DIGIT: u32 = 1 << 2;
const HYPHEN: u32 = 1 << 3;
const APOSTROPHE: u32 = 1 << 4;
const MARK: u32 = 1 << 5;
const OTHER: u32 = 1 << 6;
const FIRST_UPPER: u32 = 1 << 7;
const CAPITALS: u32 = 1 << 8;

/// Whether most words with capitals have no lower-case letter, as in a headline.
pub fn is_loud(words: &[Word]) -> bool {
    let of_letters = words
        .iter()
        .filter(|word| word.shape & (LOWER | UPPER) != 0);
    let (mut lower, mut loud) = (0, 0);
    for word in of_letters.filter(|word| word.shape != u32::MAX) {
        if word.shape & LOWER == 0 {
            loud += 1
        } else {
            lower += 1
        }
    }
    loud > lower
}
