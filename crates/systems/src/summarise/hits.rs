//! HITS: good authorities are linked by good hubs.

use crate::rank::{Overlap, Vectors, principal_eigenvector};
use epitome_base::spec::Entry;
use epitome_text::Document;

use super::summariser::{SentenceScorer, Summariser};

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "hits",
    about: "hubs and authorities over the word overlap of sentences",
    source: "Kleinberg (1999), Authoritative sources in a hyperlinked environment, JACM 46(5); for sentences: Mihalcea (2004), Graph-based ranking algorithms for sentence extraction, ACL demo",
    parameters: &[],
    build: |_| Box::new(Hits),
};

/// HITS on TextRank's undirected graph.
///
/// ```text
/// authority = W · hub / ‖·‖₁        hub = W · authority / ‖·‖₁
/// ```
///
/// `W` contains the weights of [`Overlap`]. The graph is undirected, so that hubs and
/// authorities are equal: the main eigenvector of `W`, found by
/// [`principal_eigenvector`].
///
/// Mihalcea (2004), the undirected form. Left open there: the norm, here L1, which
/// changes no rank. Sentences outside the strongest component score 0, which follows from
/// the method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hits;

impl SentenceScorer for Hits {
    fn scores(&self, document: &Document) -> Vec<f64> {
        principal_eigenvector(&Overlap::new(&Vectors::counts(document)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    #[test]
    fn scores_are_the_main_eigenvector() {
        // a path 0–2–1 of equal edges: 1 : 1 : √2
        let found = Hits.scores(&lines("whales sing\nships sail\nships whales\n"));
        let sum = 2.0 + 2.0_f64.sqrt();
        for (found, wanted) in found.iter().zip([1.0, 1.0, 2.0_f64.sqrt()]) {
            assert!((found - wanted / sum).abs() < 1e-9, "{found}");
        }
    }

    #[test]
    fn without_edges_all_are_equal() {
        assert_eq!(Hits.scores(&lines("whales\nships\n")), [0.5, 0.5]);
    }
}
