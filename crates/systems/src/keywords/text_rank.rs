//! TextRank for keyphrases: PageRank on the graph of words that occur near each other.

use epitome_base::spec::{Entry, Parameter, Params};
use epitome_text::{CorpusView, Document};

use super::{
    candidates::{Candidates, PROFILE, STOP_WORDS, with_candidates},
    extractor::{CandidateScorer, KeywordExtractor},
    keyphrase::ScoredPhrases,
    word_graph::{DAMPING, WINDOW},
    word_walk::WordWalk,
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "text-rank",
    about: "PageRank of words on the graph of neighbours, summed over a phrase",
    source: "Mihalcea & Tarau (2004), TextRank: bringing order into texts, EMNLP; candidates: Gallina, Boudin & Daille (2020), Large-scale evaluation of keyphrase extraction models, JCDL",
    parameters: &with_candidates::<4, 12>([
        DAMPING,
        Parameter {
            default: "2",
            ..WINDOW
        },
        PROFILE,
        STOP_WORDS,
    ]),
    build: |params| Box::new(TextRank::from(params)),
};

/// TextRank for keyphrases: the sum of the PageRank of the words of a phrase.
///
/// Nodes are nouns and adjectives, or content words if there are no parts of speech. Two words
/// are linked, with weight 1, if they are less than `window` tokens apart anywhere in the text.
/// [`pagerank`](crate::rank::pagerank) has the formula. `O(n · window)` for the graph and
/// `O(edges)` per iteration.
///
/// Mihalcea & Tarau (2004), section 3, as Gallina, Boudin & Daille (2020) evaluate it: all
/// candidates are scored by the sum of their words, while the paper joins adjacent words of the
/// best third.
///
/// `profile=pke`: iterations end by networkx's criterion with a tolerance of 1e-4, and 1e-8
/// times the offset of the first occurrence is added to a score, so that of equal candidates
/// the later is better.
#[derive(Debug, Clone)]
pub struct TextRank {
    /// Probability that the random walk follows an edge instead of restarting.
    pub damping: f64,
    /// Size of the window, in tokens: words that share a window are linked.
    pub window: usize,
    /// How the candidate phrases are found.
    pub candidates: Candidates,
}

default_of_entry!(TextRank);

impl From<&Params> for TextRank {
    fn from(params: &Params) -> Self {
        Self {
            damping: params.number("damping"),
            window: params.integer("window") as usize,
            candidates: Candidates::in_profile(params, false),
        }
    }
}

impl CandidateScorer for TextRank {
    fn candidates(&self, document: &Document, _: &CorpusView) -> ScoredPhrases {
        let walk = WordWalk {
            candidates: &self.candidates,
            window: self.window,
            is_weighted: false,
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
    fn the_best_connected_word_leads() {
        let document = english("Stone bridge. Stone arch. Stone wall. Iron rail.");
        let extractor = TextRank {
            damping: 0.85,
            window: 2,
            candidates: Candidates::runs(1),
        };
        assert!(
            extractor
                .extract(&document, &CorpusView::none(), 5)
                .is_empty(),
            "all runs have two words"
        );

        let extractor = TextRank {
            candidates: Candidates::runs(2),
            ..extractor
        };
        let found: Vec<_> = extractor
            .extract(&document, &CorpusView::none(), 9)
            .into_iter()
            .map(|k| k.text)
            .collect();
        assert_eq!(found.last().map(String::as_str), Some("Iron rail"));
    }
}
