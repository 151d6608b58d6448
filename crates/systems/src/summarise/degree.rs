//! Degree: how much a sentence has in common with the others.

mod sumy;

use crate::rank::{Links, Overlap, TermLinks, Vectors, degrees_above};
use epitome_base::spec::{Choice, Entry, Parameter, ParameterKind, Params, Profiles};
use epitome_text::Document;

use super::{
    comparison,
    profiles::{Build, paper_or_sumy, stop_words_of},
    summariser::{SentenceScorer, Summariser, TooLong},
};

const EDGES: &Choice<Option<DegreeEdges>, 3> = &Choice::new(
    "edges",
    [
        ("threshold", None),
        ("cosine", Some(DegreeEdges::Cosine)),
        ("overlap", Some(DegreeEdges::Overlap)),
    ],
    "1 above the threshold, the cosine of tf-isf vectors, or TextRank's word overlap",
);

const PROFILES: &Profiles<Build, 2> = &paper_or_sumy(
    |params| Box::new(Degree::from(params)),
    |params| Box::new(sumy::Reduction::from(params)),
);

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "degree",
    about: "number of sentences that are similar to a sentence",
    source: "Erkan & Radev (2004), LexRank, JAIR 22:457-479, section 3.1",
    parameters: &[
        EDGES.parameter(),
        Parameter {
            name: "threshold",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0.1",
            about: "cosine above which two sentences are linked, for edges=threshold",
        },
        Parameter {
            about: "the paper's definition, or that of sumy 0.13, called Reduction there",
            ..PROFILES.parameter()
        },
        stop_words_of(&["sumy"]),
    ],
    build: |params| params.profile(PROFILES)(params),
};

/// Degree centrality: `score(u) = Σ_{v ≠ u} w(u, v)`.
///
/// * `threshold`: `w` is 1 if the cosine of the tf-isf vectors is above `threshold`, else 0;
///   `O(Σₜ n(t)²)` at worst, without most of the products.
/// * `cosine`: that cosine, `O(tokens)`.
/// * `overlap`: TextRank's [`Overlap`], `O(Σₜ n(t) · lengths)`.
///
/// Erkan & Radev (2004), section 3.1. Left open there: the collection in which idf is
/// counted, here the sentences of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Degree {
    /// The weight of an edge between two sentences.
    pub edges: DegreeEdges,
}

default_of_entry!(Degree);

/// The weight of an edge between two sentences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DegreeEdges {
    /// The weight is 1 if the cosine is above this number, else 0.
    Above(f64),
    /// The weight is the cosine.
    Cosine,
    /// The weight is TextRank's word overlap.
    Overlap,
}

impl From<&Params> for Degree {
    fn from(params: &Params) -> Self {
        let edges = params
            .choice(EDGES)
            .unwrap_or_else(|| DegreeEdges::Above(params.number("threshold")));
        Self { edges }
    }
}

impl SentenceScorer for Degree {
    fn most_steps(&self) -> Option<u64> {
        matches!(self.edges, DegreeEdges::Above(_)).then_some(comparison::MOST_STEPS)
    }

    fn refusal(&self, document: &Document) -> Option<TooLong> {
        match self.edges {
            // no pair is kept: each is counted when it is found
            DegreeEdges::Above(threshold) => comparison::refusal(document, threshold, 1),
            DegreeEdges::Cosine | DegreeEdges::Overlap => None,
        }
    }

    fn scores(&self, document: &Document) -> Vec<f64> {
        match self.edges {
            DegreeEdges::Above(threshold) => {
                degrees_above(threshold, Vectors::tf_isf(document))
            }
            DegreeEdges::Cosine => {
                TermLinks::cosine(Vectors::tf_isf(document), 0.0).strengths()
            }
            DegreeEdges::Overlap => Overlap::new(&Vectors::counts(document)).strengths(),
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
        let found = Degree {
            edges: DegreeEdges::Overlap,
        }
        .scores(&document);
        let [pair, single] = [1.0 / (2.0 * 2.0_f64.ln()), 1.0 / 2.0_f64.ln()];
        let wanted = [pair + single, pair + single, 0.0, 2.0 * single];
        for (found, wanted) in found.iter().zip(wanted) {
            assert!((found - wanted).abs() < 1e-12, "{found} {wanted}");
        }
    }

    #[test]
    fn a_sentence_is_not_its_own_neighbour() {
        let document = lines("whales sing\nships sail\n");
        for edges in [DegreeEdges::Above(0.1), DegreeEdges::Cosine] {
            assert_eq!(Degree { edges }.scores(&document), [0.0, 0.0]);
        }
    }

    #[test]
    fn sentences_that_are_alike_enough_are_counted() {
        let document = lines("whales sing\nwhales swim\nships sail\nwhales dive\n");
        let degree = Degree {
            edges: DegreeEdges::Above(0.0),
        };
        assert_eq!(degree.scores(&document), [2.0, 2.0, 0.0, 2.0]);
    }
}
