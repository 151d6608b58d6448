//! MultipartiteRank: PageRank on phrases that are linked across topics, in which the first
//! phrase of a topic also receives the weights of the links to its other phrases.

use crate::rank::{networkx_pagerank, pagerank};
use epitome_base::spec::{Entry, Parameter, ParameterKind, Params};
use epitome_text::{CorpusView, Document};

use super::{
    candidates::{Candidates, PROFILE_OF_FILTERED, STOP_WORDS, with_candidates},
    closeness::Closeness,
    extractor::{CandidateScorer, KeywordExtractor},
    keyphrase::ScoredPhrases,
    topic_rank::{THRESHOLD, occurrences, topics_of},
    topics::topic_numbers,
    word_graph::DAMPING,
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "multipartite-rank",
    about: "PageRank over phrases linked across topics, with a boost for a topic's first",
    source: "Boudin (2018), Unsupervised keyphrase extraction with multipartite graphs, NAACL",
    parameters: &with_candidates::<5, 13>([
        DAMPING,
        THRESHOLD,
        Parameter {
            name: "alpha",
            kind: ParameterKind::Number(0.0, 1000.0),
            default: "1.1",
            about: "weight of the boost of the first phrase of a topic",
        },
        PROFILE_OF_FILTERED,
        STOP_WORDS,
    ]),
    build: |params| Box::new(MultipartiteRank::from(params)),
};

/// MultipartiteRank: PageRank on the graph of phrases, linked across topics.
///
/// ```text
/// w(e → f) = close(e, f) + α · exp(1 / (1 + offset of f)) · Σ_{v ≠ f in f's topic} close(v, e)
/// ```
///
/// `f` is the first phrase of a topic of several phrases and `e` any phrase of another topic.
/// All other weights are `close`, the sum of the inverse gaps between occurrences (`Closeness`),
/// and 0 within a topic. Topics are those of `topic-rank`. The score of a phrase is its
/// PageRank. `O(pairs)` with at most 4 million pairs of occurrences, and `O(links)` per
/// iteration.
///
/// Boudin (2018). `profile=pke` has the same differences as in `topic-rank`.
#[derive(Debug, Clone)]
pub struct MultipartiteRank {
    /// Probability that the random walk follows an edge instead of restarting.
    pub damping: f64,
    /// Average Jaccard distance up to which groups of phrases are joined to one topic.
    pub threshold: f64,
    /// α of the formula.
    pub alpha: f64,
    /// How the candidate phrases are found.
    pub candidates: Candidates,
}

default_of_entry!(MultipartiteRank);

impl From<&Params> for MultipartiteRank {
    fn from(params: &Params) -> Self {
        Self {
            damping: params.number("damping"),
            threshold: params.number("threshold"),
            alpha: params.number("alpha"),
            candidates: Candidates::in_profile(params, true),
        }
    }
}

impl CandidateScorer for MultipartiteRank {
    fn candidates(&self, document: &Document, _: &CorpusView) -> ScoredPhrases {
        let words = self.candidates.words(document);
        let found = self.candidates.of(document, &words);
        let is_pkes = self.candidates.are_pkes();
        let topics = topics_of(&words, &found, self.threshold, is_pkes);
        let topic_of = topic_numbers(&topics, found.len());

        let occurrences = occurrences(&found, |candidate| candidate as u32);
        let mut links = Closeness::of(found.len(), &occurrences, |candidate| {
            topic_of[candidate as usize]
        });
        for members in topics.iter().filter(|members| members.len() > 1) {
            let offset = found[members[0]].first.start;
            let boost = self.alpha * (1.0 / (1 + offset) as f64).exp();
            links.add_rows(members[0], &members[1..], boost);
        }

        let scores = match is_pkes {
            true => networkx_pagerank(&links, self.damping, None, 1e-6),
            false => pagerank(&links, self.damping),
        };
        ScoredPhrases {
            candidates: found,
            scores,
            likeness: None,
        }
    }

    fn finder(&self) -> Option<&Candidates> {
        Some(&self.candidates)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::english;

    fn extracted(alpha: f64, text: &str) -> Vec<(String, f64)> {
        let candidates = Candidates::runs(3);
        let extractor = MultipartiteRank {
            damping: 0.85,
            threshold: 0.74,
            alpha,
            candidates,
        };
        let found = extractor.extract(&english(text), &CorpusView::none(), 9);
        found.into_iter().map(|it| (it.text, it.score)).collect()
    }

    #[test]
    fn phrases_of_one_topic_are_not_linked() {
        // `bridges` and `old bridges` are linked to `whales` only, at gaps 2 and 4
        let found = extracted(0.0, "Old bridges. Bridges. Whales.");
        assert_eq!(found[0].0, "Whales");
        let whales = 0.9 / 1.85; // the hub of a star of two
        assert!((found[0].1 - whales).abs() < 1e-9, "{found:?}");
        assert!((found[1].1 / found[2].1 - 1.5).abs() < 0.3, "{found:?}");
    }

    #[test]
    fn the_first_phrase_of_a_topic_is_boosted() {
        let text = "Old bridges. Bridges. Whales.";
        let score = |alpha| {
            let found = extracted(alpha, text);
            found
                .into_iter()
                .find(|it| it.0 == "Old bridges")
                .map(|it| it.1)
        };
        assert!(score(1.1) > score(0.0));
    }
}
