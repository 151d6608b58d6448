//! The features by which a word is tagged.

use super::{Tag, word::Word};

/// The number of features of a word.
pub const FEATURES: usize = 50;

/// The number of words that features are taken from: the word, two before it and two
/// after it.
pub const WINDOW: usize = 5;

/// Returns the hashed features of the word in the middle of `window`.
///
/// `before` contains the tags of the two words before it, the nearer first. `loud` is
/// whether the sentence has hardly a lower-case letter, so that capitals mean nothing.
pub fn features(
    window: &[Word; WINDOW],
    before: [Option<Tag>; 2],
    loud: bool,
) -> [u32; FEATURES] {
    let [b2, b1, w, a1, a2] = window;
    let [t1, t2] = before.map(|tag| tag.map_or(0, |tag| tag as u32 + 1));
    let first = u32::from(before[0].is_none());
    let start = first | u32::from(loud) << 1;
    let shape = w.shape << 2 | start;

    let kind = |word: &Word| u32::from(word.facts.tags);
    let cluster = |word: &Word| u32::from(word.facts.cluster);
    let coarse = |word: &Word| u32::from(word.facts.coarse);
    let listed = |word: &Word| u32::from(word.facts.listed);
    let capital = u32::from(w.facts.capital);
    // the bits of `shape` from `FIRST_UPPER` on
    let capitalised = w.shape >> 7;

    let pairs = [
        (0, 0),
        // the word
        (w.form, 0),
        (w.form, capitalised << 2 | start),
        (w.suffixes[0], 0),
        (w.suffixes[1], 0),
        (w.suffixes[2], 0),
        (w.suffixes[3], 0),
        (w.suffixes[4], 0),
        (w.suffixes[2], w.shape),
        (w.prefixes[0], 0),
        (w.prefixes[1], 0),
        (w.prefixes[2], 0),
        (w.prefixes[3], 0),
        (shape, 0),
        (shape, capital),
        (shape, kind(w)),
        // its classes
        (cluster(w), 0),
        (coarse(w), w.suffixes[1]),
        (kind(w), 0),
        (kind(w), w.suffixes[1]),
        (listed(w), 0),
        (listed(w), w.suffixes[1]),
        // the tags before it
        (t1, 0),
        (t1, t2),
        (t1, w.form),
        (t1, w.suffixes[2]),
        (t1, cluster(w)),
        (t1, kind(w)),
        (t1 << 8 | t2, kind(w)),
        (t1, listed(w)),
        (t1, shape),
        // the words around it
        (b1.form, 0),
        (b2.form, 0),
        (a1.form, 0),
        (a2.form, 0),
        (b1.form, w.form),
        (w.form, a1.form),
        (b1.suffixes[2], a1.suffixes[2]),
        (a1.suffixes[2], a1.shape),
        (b1.shape, a1.shape),
        // the classes around it
        (cluster(b1), 0),
        (cluster(a1), 0),
        (cluster(a2), 0),
        (cluster(b1), cluster(w)),
        (cluster(w), cluster(a1)),
        (coarse(b1) << 8 | coarse(w), coarse(a1)),
        (kind(w), kind(a1)),
        (t1, kind(a1)),
        (t1 << 8 | kind(w), kind(a1)),
        (kind(a1), kind(a2)),
    ];

    // the number of a template is part of the hash, so that equal pairs differ
    let mut template = 0;
    pairs.map(|(one, other)| {
        template += 1;
        mix(template, one, other)
    })
}

/// Returns a hash of three numbers that is never 0.
fn mix(template: u64, one: u32, other: u32) -> u32 {
    let mut state = u64::from(one) | u64::from(other) << 32;
    state ^= template.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    state = (state ^ (state >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    state = (state ^ (state >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    ((state >> 32) as u32).max(1)
}
