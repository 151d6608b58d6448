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

/// Candidates in order of first occurrence, their scores beside them.
pub struct Scored {
    pub(super) candidates: Vec<Candidate>,
    pub(super) scores: Vec<f64>,
}

impl Scored {
    /// The candidates with the score of each.
    pub(super) fn by(
        candidates: Vec<Candidate>,
        score: impl Fn(&Candidate) -> f64,
    ) -> Self {
        let scores = candidates.iter().map(score).collect();
        Self { candidates, scores }
    }
}

/// The `limit` best candidates; ties, to 12 significant digits, go to the earlier.
pub(super) fn best(document: &Document, scored: &Scored, limit: usize) -> Vec<Keyphrase> {
    let phrase = |at: u32| Keyphrase {
        text: scored.candidates[at as usize].text(document),
        score: scored.scores[at as usize],
    };
    best_first(&scored.scores).into_iter().take(limit).map(phrase).collect()
}
