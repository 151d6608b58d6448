//! The set of words of a phrase.

/// Returns the different words of a phrase, sorted.
pub(super) fn different(form: &[u32]) -> Vec<u32> {
    let mut words = form.to_vec();
    words.sort_unstable();
    words.dedup();
    words
}
