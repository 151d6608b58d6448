//! What an extractor gives.

use crate::{rank::best_first, text::Document};

use super::candidates::Candidate;

/// A phrase with its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyphrase {
    /// As it stands at its first occurrence, white space runs as one space.
    pub text: String,
    /// Higher is better; comparable within one document only.
    pub score: f64,
}

/// The `limit` best candidates; ties, to 12 significant digits, go to the earlier.
///
/// `candidates` are in order of first occurrence, `scores` beside them.
pub(super) fn best(
    document: &Document,
    candidates: &[Candidate],
    scores: &[f64],
    limit: usize,
) -> Vec<Keyphrase> {
    let phrase = |at: u32| Keyphrase {
        text: candidates[at as usize].text(document),
        score: scores[at as usize],
    };
    best_first(scores).into_iter().take(limit).map(phrase).collect()
}
