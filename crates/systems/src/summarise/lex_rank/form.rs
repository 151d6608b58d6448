//! What links two sentences.

use epitome_base::spec::Choice;

pub(super) const FORM: &Choice<Option<LexRankEdges>, 2> = &Choice::new(
    "form",
    [
        ("threshold", None),
        ("continuous", Some(LexRankEdges::Cosine)),
    ],
    "edges of weight 1 above the threshold, or of the cosine",
);

/// What links two sentences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LexRankEdges {
    /// 1 if the cosine is above this, else 0.
    Above(f64),
    /// The cosine.
    Cosine,
}
