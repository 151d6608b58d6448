//! Tags words from left to right.

use super::{
    Tag,
    features::{WINDOW, features},
    model::TaggerModel,
    word::{self, Word},
};

/// Appends one tag for each of `words` to `tags`, except for the edges, which are two on
/// either side.
pub fn greedy(words: &[Word], model: &TaggerModel, tags: &mut Vec<Tag>) {
    let loud = word::is_loud(words);
    let mut before = [None; 2];
    for window in words.array_windows::<WINDOW>() {
        // a word that always has the same tag needs no features
        let only = window[WINDOW / 2].facts.only;
        let tag = only.unwrap_or_else(|| model.best(&features(window, before, loud)));
        tags.push(tag);
        before = [Some(tag), before[0]];
    }
}
