//! The words of a phrase, each once.

/// The different words of a phrase.
pub(super) fn different(form: &[u32]) -> Vec<u32> {
    let mut words = form.to_vec();
    words.sort_unstable();
    words.dedup();
    words
}
