//! The suffix rules as data, and the function that applies a list of them.
//!
//! A suffix of up to eight letters is compared as a number: [`tail`] packs the end of the
//! word once, and testing a rule is one `and` and one comparison.

use super::letters::measure;

/// A rule `S1 → S2`, which may require letters before `S1` that are kept.
pub(super) struct Rule {
    suffix: u64,
    mask: u64,
    length: usize,
    removed: usize,
    put: &'static [u8],
}

/// Returns the rule `removed` → `put`.
const fn rule(removed: &str, put: &'static str) -> Rule {
    rule_after("", removed, put)
}

/// Returns the rule `removed` → `put` for words with `kept` before the suffix; `kept`
/// belongs to the measured stem.
const fn rule_after(kept: &str, removed: &str, put: &'static str) -> Rule {
    let length = kept.len() + removed.len();
    assert!(0 < length && length <= 8 && put.len() <= removed.len());
    let suffix = pack(removed.as_bytes(), pack(kept.as_bytes(), 0));
    let mask = u64::MAX >> (64 - 8 * length);
    Rule {
        suffix,
        mask,
        length,
        removed: removed.len(),
        put: put.as_bytes(),
    }
}

/// Returns the letters packed into a number, after those in `before`.
const fn pack(letters: &[u8], before: u64) -> u64 {
    let mut packed = before;
    let mut at = 0;
    while at < letters.len() {
        packed = packed << 8 | letters[at] as u64;
        at += 1;
    }
    packed
}

/// Returns the last eight letters as a number, the last one in the lowest byte; a shorter
/// word is padded with zeros.
pub(super) fn tail(word: &[u8]) -> u64 {
    match word.last_chunk::<8>() {
        Some(last) => u64::from_be_bytes(*last),
        None => pack(word, 0),
    }
}

impl Rule {
    /// Returns whether a word with this [`tail`] has the suffix of the rule.
    pub(super) fn matches(&self, tail: u64) -> bool {
        tail & self.mask == self.suffix
    }

    /// Returns whether a word of this length and [`tail`] consists of the suffix only.
    pub(super) fn is_whole(&self, length: usize, tail: u64) -> bool {
        length == self.length && tail == self.suffix
    }

    /// Replaces the suffix of a word that has it.
    pub(super) fn replace(&self, word: &mut Vec<u8>) {
        word.truncate(word.len() - self.removed);
        word.extend_from_slice(self.put);
    }
}

/// Applies the first of `rules` whose suffix ends the word, if the measure of the stem
/// before it is above `above`. Returns whether the word changed.
///
/// A suffix that is the end of another must come after it, so that the longest is found
/// first.
pub(super) fn apply(rules: &[Rule], above: usize, word: &mut Vec<u8>) -> bool {
    let ending = tail(word);
    let Some(rule) = rules.iter().find(|rule| rule.matches(ending)) else {
        return false;
    };
    let applies = measure(&word[..word.len() - rule.removed]) > above;
    if applies {
        rule.replace(word);
    }
    applies
}

/// The rules of step 1a.
pub(super) const STEP_1A: &[Rule] = &[
    rule("sses", "ss"),
    rule("ies", "i"),
    rule("ss", "ss"),
    rule("s", ""),
];

/// The rules of step 2 that all variants have.
pub(super) const STEP_2: &[Rule] = &[
    rule("ational", "ate"),
    rule("tional", "tion"),
    rule("enci", "ence"),
    rule("anci", "ance"),
    rule("izer", "ize"),
    rule("alli", "al"),
    rule("entli", "ent"),
    rule("eli", "e"),
    rule("ousli", "ous"),
    rule("ization", "ize"),
    rule("ation", "ate"),
    rule("ator", "ate"),
    rule("alism", "al"),
    rule("iveness", "ive"),
    rule("fulness", "ful"),
    rule("ousness", "ous"),
    rule("aliti", "al"),
    rule("iviti", "ive"),
    rule("biliti", "ble"),
];

/// The rule of step 2 that only the paper has.
pub(super) const STEP_2_ABLI: &[Rule] = &[rule("abli", "able")];

/// The rules of step 2 that Martin Porter's programs add: `possibly` → `possibl`, not
/// `possibli`.
pub(super) const STEP_2_MARTIN: &[Rule] = &[rule("bli", "ble"), rule("logi", "log")];

/// The rules of step 2 that NLTK adds. Quirk: the `l` of `logi` counts in the measure, so
/// that `geologi` → `geolog` needs no second vowel group before it.
pub(super) const STEP_2_NLTK: &[Rule] = &[
    rule("bli", "ble"),
    rule("fulli", "ful"),
    rule_after("l", "ogi", "og"),
];

/// The rule that NLTK applies before step 2.
pub(super) const STEP_2_NLTK_FIRST: &[Rule] = &[rule("alli", "al")];

/// The rules of step 3.
pub(super) const STEP_3: &[Rule] = &[
    rule("icate", "ic"),
    rule("ative", ""),
    rule("alize", "al"),
    rule("iciti", "ic"),
    rule("ical", "ic"),
    rule("ful", ""),
    rule("ness", ""),
];

/// The rules of step 4, except in ROUGE-1.5.5.
pub(super) const STEP_4: &[Rule] = &[
    rule("al", ""),
    rule("ance", ""),
    rule("ence", ""),
    rule("er", ""),
    rule("ic", ""),
    rule("able", ""),
    rule("ible", ""),
    rule("ant", ""),
    rule("ement", ""),
    rule("ment", ""),
    rule("ent", ""),
    rule_after("s", "ion", ""),
    rule_after("t", "ion", ""),
    rule("ou", ""),
    rule("ism", ""),
    rule("ate", ""),
    rule("iti", ""),
    rule("ous", ""),
    rule("ive", ""),
    rule("ize", ""),
];

/// The rules of step 4 of ROUGE-1.5.5: three lists that are applied to the same word one
/// after the other.
pub(super) const STEP_4_ROUGE_155: [&[Rule]; 3] = [
    &[
        rule("al", ""),
        rule("ance", ""),
        rule("ence", ""),
        rule("er", ""),
        rule("ic", ""),
        rule("able", ""),
        rule("ible", ""),
        rule("ant", ""),
        rule("ement", ""),
        rule("ou", ""),
        rule("ism", ""),
        rule("ate", ""),
        rule("iti", ""),
        rule("ous", ""),
        rule("ive", ""),
        rule("ize", ""),
    ],
    &[rule("ment", "")],
    &[
        rule("ent", ""),
        rule_after("s", "ion", ""),
        rule_after("t", "ion", ""),
    ],
];

/// The irregular words of NLTK; each rule is for a whole word.
pub(super) const IRREGULAR: &[Rule] = &[
    rule("sky", "sky"),
    rule("skies", "sky"),
    rule("dying", "die"),
    rule("lying", "lie"),
    rule("tying", "tie"),
    rule("news", "news"),
    rule("inning", "inning"),
    rule("innings", "inning"),
    rule("outing", "outing"),
    rule("outings", "outing"),
    rule("canning", "canning"),
    rule("cannings", "canning"),
    rule("howe", "howe"),
    rule("proceed", "proceed"),
    rule("exceed", "exceed"),
    rule("succeed", "succeed"),
];
