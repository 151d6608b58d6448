//! The language of a short text, of which trigrams say little.
//!
//! Its stop words vote: each word that stands on stop lists gives the languages of these one
//! vote in equal parts. The first language wins if it has a vote at least, and half as many
//! again as the second; where trigrams say the same, half a vote is enough.

use std::{collections::BTreeMap, sync::LazyLock};

use super::{LANGUAGES, Language};
use crate::StopWords;

/// Stop word → the languages that have it, as indices of [`LANGUAGES`].
static VOTERS: LazyLock<BTreeMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut voters: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
    for (at, entry) in LANGUAGES.iter().enumerate() {
        for word in StopWords::of(Language(entry)).words() {
            voters.entry(word).or_default().push(at);
        }
    }
    voters
});

/// Votes that a language needs, and needs where trigrams say the same.
const ENOUGH: f64 = 1.0;
const ENOUGH_TOGETHER: f64 = 0.5;

/// How many times the votes of the second the first must have.
const LEAD: f64 = 1.5;

/// The language that the stop words of a text say, if they say one; `guess` is what its
/// trigrams say.
pub(super) fn voted(text: &str, guess: Language) -> Option<Language> {
    let votes = votes(text);
    let (first, most) = best(&votes, None)?;
    let (_, second) = best(&votes, Some(first)).unwrap_or((first, 0.0));
    let language = Language(&LANGUAGES[first]);
    let enough = if language == guess { ENOUGH_TOGETHER } else { ENOUGH };
    (most >= enough && most >= LEAD * second).then_some(language)
}

fn votes(text: &str) -> Vec<f64> {
    let mut votes = vec![0.0; LANGUAGES.len()];
    for word in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')) {
        let word = word.to_lowercase().replace('’', "'");
        if let Some(voters) = VOTERS.get(word.trim_matches('\'')) {
            for &voter in voters {
                votes[voter] += 1.0 / voters.len() as f64;
            }
        }
    }
    votes
}

/// The language with the most votes, but for one; the first of several.
fn best(votes: &[f64], but: Option<usize>) -> Option<(usize, f64)> {
    let mut best: Option<(usize, f64)> = None;
    for (at, &count) in votes.iter().enumerate().filter(|&(at, _)| Some(at) != but) {
        if count > best.map_or(0.0, |(_, most)| most) {
            best = Some((at, count));
        }
    }
    best
}
