//! SingleRank: TextRank with a wide window and weighted edges.

use epitome_base::spec::{Entry, Params};
use epitome_text::{CorpusView, Document};

use super::{
    candidates::{Candidates, PROFILE, STOP_WORDS, with_candidates},
    extractor::{CandidateScorer, KeywordExtractor},
    keyphrase::ScoredPhrases,
    word_graph::{DAMPING, WINDOW},
    word_walk::WordWalk,
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "single-rank",
    about: "PageRank over words of a window, weighted by how often they share one",
    source: "Wan & Xiao (2008), Single document keyphrase extraction using neighborhood knowledge, AAAI",
    parameters: &with_candidates::<4, 12>([DAMPING, WINDOW, PROFILE, STOP_WORDS]),
    build: |params| Box::new(SingleRank::from(params)),
};

/// SingleRank: the sum of the PageRank of the words of a phrase, on a graph with weighted edges.
///
/// Nodes are nouns and adjectives, or content words if there are no parts of speech. The weight
/// of an edge is the number of times that its words are less than `window` tokens apart.
/// [`pagerank`](crate::rank::pagerank) has the formula. `O(n · window)` for the graph and
/// `O(edges)` per iteration.
///
/// Wan & Xiao (2008). `profile=pke` has the same differences as in `text-rank`.
#[derive(Debug, Clone)]
pub struct SingleRank {
    /// Probability that the random walk follows an edge instead of restarting.
    pub damping: f64,
    /// Size of the window, in tokens: words that share a window are linked.
    pub window: usize,
    /// How the candidate phrases are found.
    pub candidates: Candidates,
}

default_of_entry!(SingleRank);

impl From<&Params> for SingleRank {
    fn from(params: &Params) -> Self {
        Self {
            damping: params.number("damping"),
            window: params.integer("window") as usize,
            candidates: Candidates::in_profile(params, false),
        }
    }
}

impl CandidateScorer for SingleRank {
    fn candidates(&self, document: &Document, _: &CorpusView) -> ScoredPhrases {
        let walk = WordWalk {
            candidates: &self.candidates,
            window: self.window,
            is_weighted: true,
            damping: self.damping,
        };
        walk.candidates(document)
    }

    fn finder(&self) -> Option<&Candidates> {
        Some(&self.candidates)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::english;

    #[test]
    fn words_that_meet_often_lead() {
        let document = english("Stone arch. Stone arch. Stone arch. Old iron rail.");
        let extractor = SingleRank {
            damping: 0.85,
            window: 2,
            candidates: Candidates::runs(3),
        };
        let found = extractor.extract(&document, &CorpusView::none(), 9);
        // p(arch) = p(stone) = 1/5, as for every node of a pair that meets only itself
        assert!((found[1].score - 0.4).abs() < 1e-9, "{found:?}");
        assert_eq!(found[0].text, "Old iron rail", "three words are summed");
        assert_eq!(found[1].occurrences.len(), 3);
    }
}
