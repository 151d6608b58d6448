//! Degree: how much a sentence has in common with the others.

mod sumy;

use crate::{
    rank::{Links, Overlap, TermLinks, Vectors},
    spec::{Entry, Kind, Parameter, Profile},
    text::Document,
};

use super::{SentenceScorer, Summariser};

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "degree",
    about: "the sum of a sentence's edges, without a walk",
    source: "Erkan & Radev (2004), LexRank, JAIR 22:457-479, section 3.1",
    parameters: &[
        Parameter {
            name: "edges",
            kind: Kind::Choice(&["overlap", "cosine"]),
            default: "overlap",
            about: "TextRank's word overlap, or the cosine of tf-isf vectors",
        },
        Parameter {
            name: "profile",
            kind: Kind::Profile(&[
                Profile::plain("paper"),
                Profile::with("sumy", &[("stop-words", "list:sumy-0.13.0")]),
            ]),
            default: "paper",
            about: "the paper's definition, or what sumy 0.13 computes as Reduction",
        },
        Parameter {
            name: "stop-words",
            kind: Kind::When("profile", &["sumy"], &Kind::File(&[])),
            default: "none",
            about: "stop words for the profile of a tool, parted by white space: its own for English; none: those of the language",
        },
    ],
    build: |params| match params.text("profile") {
        "sumy" => Box::new(sumy::Reduction::from(params)),
        _ => Box::new(Degree { cosine: params.text("edges") == "cosine" }),
    },
};

/// Weighted degree centrality: `score(u) = Σ_{v ≠ u} w(u, v)`.
///
/// `w` is TextRank's [`Overlap`] or the cosine of tf-isf vectors. `O(Σₜ n(t) · lengths)`
/// and `O(tokens)`.
///
/// Erkan & Radev (2004), section 3.1. Departure: they count the edges above a threshold.
struct Degree {
    cosine: bool,
}

impl SentenceScorer for Degree {
    fn scores(&self, document: &Document) -> Vec<f64> {
        match self.cosine {
            true => TermLinks::cosine(Vectors::tf_isf(document), 0.0).strengths(),
            false => Overlap::new(&Vectors::counts(document)).strengths(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    #[test]
    fn edges_are_added_up() {
        let document = lines("whales sing\nwhales swim\nships sail\nwhales\n");
        let found = Degree { cosine: false }.scores(&document);
        let [pair, single] = [1.0 / (2.0 * 2.0_f64.ln()), 1.0 / 2.0_f64.ln()];
        let wanted = [pair + single, pair + single, 0.0, 2.0 * single];
        for (found, wanted) in found.iter().zip(wanted) {
            assert!((found - wanted).abs() < 1e-12, "{found} {wanted}");
        }
    }

    #[test]
    fn a_sentence_is_not_its_own_neighbour() {
        let document = lines("whales sing\nships sail\n");
        assert_eq!(Degree { cosine: true }.scores(&document), [0.0, 0.0]);
    }
}
