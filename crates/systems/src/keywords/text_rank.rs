//! TextRank for keyphrases: words that stand beside words that stand beside words.

use epitome_base::spec::{Entry, Parameter, Params};
use epitome_text::Document;

use super::{
    candidates::{Candidates, PROFILE, STOP_WORDS, with_candidates},
    extractor::{CandidateScorer, KeywordExtractor},
    keyphrase::ScoredPhrases,
    word_graph::{DAMPING, WINDOW},
    word_walk::WordWalk,
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "text-rank",
    about: "PageRank over neighbouring words, summed over a phrase",
    source: "Mihalcea & Tarau (2004), TextRank: bringing order into texts, EMNLP; candidates: Gallina, Boudin & Daille (2020), Large-scale evaluation of keyphrase extraction models, JCDL",
    parameters: &with_candidates::<4, 10>([
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

/// TextRank for keyphrases.
///
/// Nodes are nouns and adjectives (content words where there are no parts of speech); two
/// are linked, without weight, when they stand less than `window` tokens apart somewhere.
/// A phrase's score is the sum of its words' [`pagerank`](crate::rank::pagerank). `O(n · window)` and `O(E)` a
/// round.
///
/// Mihalcea & Tarau (2004), section 3, as Gallina, Boudin & Daille (2020) evaluate it: all
/// candidates by the sum of their words, where the paper joins the words of the best third
/// that stand side by side.
///
/// `profile=pke`: iterations end as networkx ends them with a tolerance of 1e-4, and
/// 1e-8 times the offset of the first occurrence is added, by which later candidates win
/// ties.
#[derive(Debug, Clone)]
pub struct TextRank {
    /// The share of the walk that follows edges.
    pub damping: f64,
    /// Words that stand less than so many tokens apart are linked.
    pub window: usize,
    /// The phrases that are weighed.
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
    fn candidates(&self, document: &Document) -> ScoredPhrases {
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
            extractor.extract(&document, 5).is_empty(),
            "all runs have two words"
        );
        let extractor = TextRank {
            candidates: Candidates::runs(2),
            ..extractor
        };
        let found: Vec<_> = extractor
            .extract(&document, 9)
            .into_iter()
            .map(|k| k.text)
            .collect();
        assert_eq!(found.last().map(String::as_str), Some("Iron rail"));
    }
}
