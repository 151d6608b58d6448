//! The edges of LexRank's graph.

use epitome_base::spec::Choice;

pub(super) const FORM: &Choice<Option<LexRankEdges>, 2> = &Choice::new(
    "form",
    [
        ("threshold", None),
        ("continuous", Some(LexRankEdges::Cosine)),
    ],
    "edges of weight 1 above the threshold, or of the cosine",
);

/// The weight of an edge between two sentences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LexRankEdges {
    /// The weight is 1 if the cosine is above this number, else 0.
    Above(f64),
    /// The weight is the cosine.
    Cosine,
}
