//! Files changed a little, by a seed.

use std::collections::BTreeMap;

use epitome::rng;

/// Files by their paths.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What formats are sensitive to.
const TOKENS: [&[u8]; 44] = [
    b"<",
    b">",
    b"</",
    b"/>",
    b"<S>",
    b"</S>",
    b"<DOC>",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"&",
    b"&amp;",
    b"&#x110000;",
    b"&#0;",
    b"&bogus;",
    b"\"",
    b"'",
    b"\\",
    b"\\ud83d",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b";",
    b"+",
    b"\t",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xE9",
    b"\xC3\xA9",
    b"\xF0\x9F\x98\x80",
    b"\xE2\x80\xA8",
    b"0",
    b"-1",
    b"99999999999999999999",
    b"|||||",
    b"@highlight",
    b" : ",
];

/// Random numbers one after the other.
pub(crate) struct Dice {
    seed: u64,
    thrown: u64,
}

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, thrown: 0 }
    }

    /// A number below `bound`, which is not 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.thrown += 1;
        rng::below(rng::mix(self.seed, self.thrown), bound)
    }
}

/// Changes one to four things in the files.
pub(crate) fn mutate(files: &mut Files, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        let Some(path) = files.keys().nth(dice.below(files.len().max(1))).cloned() else {
            return;
        };
        match dice.below(24) {
            0 => drop(files.remove(&path)),
            1 => {
                let bytes = files.remove(&path).unwrap_or_default();
                files.insert(format!("{path}.txt"), bytes);
            }
            2 => {
                // what is in another file
                let other = files.values().nth(dice.below(files.len())).cloned();
                files.insert(path, other.unwrap_or_default());
            }
            _ => change(files.entry(path).or_default(), dice),
        }
    }
}

/// Changes one place of a file.
pub(crate) fn change(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.below(bytes.len() + 1);
    let end = at + dice.below(16.min(bytes.len() - at) + 1);
    match dice.below(8) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(at..end)),
        2 => {
            // the same again, up to a few thousand times
            let piece = bytes[at..end].to_vec();
            let piece = piece.repeat(1 << dice.below(12));
            bytes.splice(at..at, piece);
        }
        3 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
        4 if at < bytes.len() => bytes[at] = dice.below(256) as u8,
        5 => {
            // a piece from elsewhere
            let from = dice.below(bytes.len() + 1);
            let piece = bytes[from..(from + 32).min(bytes.len())].to_vec();
            bytes.splice(at..end, piece);
        }
        _ => {
            let token = TOKENS[dice.below(TOKENS.len())];
            bytes.splice(at..at, token.iter().copied());
        }
    }
}
