//! LexRank: sentences that are like sentences that are like others.

mod form;
mod lexrank;
mod sumy;

use crate::rank::{Alike, TermLinks, Vectors, pagerank};
use epitome_base::spec::{Entry, Parameter, ParameterKind, Params, Profile, Profiles};
use epitome_text::Document;

use form::FORM;
pub use form::LexRankEdges;

use super::{
    comparison,
    profiles::{Build, stop_words_of},
    summariser::{SentenceScorer, Summariser, TooLong},
};

const PROFILES: &Profiles<Build, 3> = &Profiles::new(
    [
        (Profile::plain("paper"), |params| {
            Box::new(LexRank::from(params))
        }),
        (
            Profile::with("sumy", &[("stop-words", "list:sumy-0.13.0")]),
            |params| Box::new(sumy::LexRank::from(params)),
        ),
        (
            Profile::with("lexrank", &[("stop-words", "list:lexrank-0.1.0")]),
            |params| Box::new(lexrank::LexRank::from(params)),
        ),
    ],
    "the paper's definition, or what sumy 0.13 or lexrank 0.1 computes",
);

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "lex-rank",
    about: "PageRank over the tf-idf cosine of sentences",
    source: "Erkan & Radev (2004), LexRank: graph-based lexical centrality as salience in text summarization, JAIR 22:457-479",
    parameters: &[
        FORM.parameter(),
        Parameter {
            name: "threshold",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0.1",
            about: "cosine above which two sentences are linked",
        },
        Parameter {
            name: "damping",
            kind: ParameterKind::Number(0.0, 1.0),
            default: "0.85",
            about: "probability that the random walk follows an edge instead of restarting",
        },
        PROFILES.parameter(),
        stop_words_of(&["sumy", "lexrank"]),
        Parameter {
            name: "background",
            kind: ParameterKind::When("profile", &["lexrank"], &ParameterKind::File(&[])),
            default: "none",
            about: "file with one document per line, for the idf of profile=lexrank",
        },
    ],
    build: |params| params.profile(PROFILES)(params),
};

/// LexRank: the [`pagerank`] of a graph of sentences that are alike.
///
/// ```text
/// p(u) = (1 − d)/N + d · Σᵥ w(u, v) / Σ_z w(z, v) · p(v)
/// w(u, v) = 1 if cos(u, v) > threshold, else 0        [ form=continuous: cos(u, v) ]
/// ```
///
/// `cos` is over the vectors `tf(t, s) · ln(N / n(t))` of content stems; `d` is
/// `damping`. A sentence is linked to itself. `threshold` takes at worst `O(Σₜ n(t)²)`
/// time once and the memory of [`Alike`]; `continuous` takes `O(tokens)` for each round.
///
/// Erkan & Radev (2004), sections 3.2 and 3.3; their `d` is `1 − d` here. Left open
/// there: the collection in which idf is counted, here the sentences of the document;
/// what a sentence with a vector of 0 links to, here all.
#[derive(Debug, Clone, PartialEq)]
pub struct LexRank {
    /// Probability that the random walk follows an edge instead of restarting.
    pub damping: f64,
    /// The weight of an edge between two sentences.
    pub edges: LexRankEdges,
}

default_of_entry!(LexRank);

impl From<&Params> for LexRank {
    fn from(params: &Params) -> Self {
        let edges = params
            .choice(FORM)
            .unwrap_or_else(|| LexRankEdges::Above(params.number("threshold")));
        Self {
            damping: params.number("damping"),
            edges,
        }
    }
}

/// The number of products in whose time the walk goes over a pair that is linked, and whose
/// limit keeps the links, of at most 2 bytes each, below 1.1 GB.
const OF_PAIR: u64 = 16;

impl SentenceScorer for LexRank {
    fn most_steps(&self) -> Option<u64> {
        matches!(self.edges, LexRankEdges::Above(_)).then_some(comparison::MOST_STEPS)
    }

    fn refusal(&self, document: &Document) -> Option<TooLong> {
        match self.edges {
            LexRankEdges::Above(threshold) => {
                comparison::refusal(document, threshold, OF_PAIR)
            }
            LexRankEdges::Cosine => None,
        }
    }

    fn scores(&self, document: &Document) -> Vec<f64> {
        let vectors = Vectors::tf_isf(document);
        match self.edges {
            LexRankEdges::Above(threshold) => {
                pagerank(&Alike::above(threshold, vectors), self.damping)
            }
            LexRankEdges::Cosine => {
                pagerank(&TermLinks::cosine(vectors, 1.0), self.damping)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    fn scores(edges: LexRankEdges, text: &str) -> Vec<f64> {
        LexRank {
            damping: 0.85,
            edges,
        }
        .scores(&lines(text))
    }

    const STAR: &str = "whales sing songs\nships fear storms\nwhales fear ships songs\n";

    #[test]
    fn the_sentence_in_the_middle_wins() {
        for edges in [LexRankEdges::Above(0.1), LexRankEdges::Cosine] {
            let found = scores(edges, STAR);
            assert!(found[2] > found[0] && found[2] > found[1], "{found:?}");
        }
    }

    #[test]
    fn a_star_with_loops_can_be_solved_by_hand() {
        // degrees 2, 2 and 3: a = 0.05 + 0.85 (a/2 + c/3), 2a + c = 1
        let found = scores(LexRankEdges::Above(0.1), STAR);
        let leaf = (0.05 + 0.85 / 3.0) / (1.0 - 0.85 / 2.0 + 2.0 * 0.85 / 3.0);
        assert!((found[0] - leaf).abs() < 1e-9, "{found:?}, {leaf}");
        assert!((found[2] - (1.0 - 2.0 * leaf)).abs() < 1e-9);
    }
}
