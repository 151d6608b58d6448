//! TopicRank: PageRank on topics, which are groups of phrases that share words.

use std::ops::Range;

use crate::rank::{networkx_pagerank, pagerank};
use epitome_base::spec::{Choice, Entry, Parameter, ParameterKind, Params};
use epitome_text::{CorpusView, Document};

use super::{
    candidates::{
        Candidate, Candidates, PROFILE_OF_FILTERED, STOP_WORDS, with_candidates,
    },
    closeness::Closeness,
    extractor::{CandidateScorer, KeywordExtractor},
    keyphrase::ScoredPhrases,
    topics::{topic_numbers, topics, topics_as_pkes},
    word_graph::DAMPING,
    words::Words,
};

const PICK: &Choice<bool, 2> = &Choice::new(
    "pick",
    [("first", false), ("frequent", true)],
    "which phrase represents a topic: the one that occurs first, or most often",
);

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "topic-rank",
    about: "PageRank over groups of phrases that share words; one phrase of each",
    source: "Bougouin, Boudin & Daille (2013), TopicRank: graph-based topic ranking for keyphrase extraction, IJCNLP",
    parameters: &with_candidates::<5, 13>([
        DAMPING,
        THRESHOLD,
        PICK.parameter(),
        PROFILE_OF_FILTERED,
        STOP_WORDS,
    ]),
    build: |params| Box::new(TopicRank::from(params)),
};

/// The parameter `threshold` of the clustering of phrases to topics.
pub(super) const THRESHOLD: Parameter = Parameter {
    name: "threshold",
    kind: ParameterKind::Number(0.0, 1.0),
    default: "0.74",
    about: "average Jaccard distance up to which groups of phrases are joined to one topic",
};

/// TopicRank: PageRank on topics; one phrase represents each topic.
///
/// Candidates are clustered to topics by average linkage (`topics.rs`). The weight of the link
/// between two topics is the sum of the inverse gaps between occurrences of their phrases
/// (`closeness.rs`); in texts of up to about 10,000 words the graph is complete. One phrase of
/// each topic is returned, with the PageRank of the topic: the first to occur, or the most
/// frequent. `O(pairs)` with at most 4 million pairs of occurrences, and `O(links)` per
/// iteration.
///
/// Bougouin, Boudin & Daille (2013).
///
/// `profile=pke`: iterations end by networkx's criterion with a tolerance of 1e-6; candidates
/// are clustered in the alphabetical order of their stems, and ties between distances are broken
/// as in scipy's linkage.
#[derive(Debug, Clone)]
pub struct TopicRank {
    /// Probability that the random walk follows an edge instead of restarting.
    pub damping: f64,
    /// Average Jaccard distance up to which groups of phrases are joined to one topic.
    pub threshold: f64,
    /// Whether a topic is represented by its most frequent phrase instead of the first.
    pub most_frequent: bool,
    /// How the candidate phrases are found.
    pub candidates: Candidates,
}

default_of_entry!(TopicRank);

impl From<&Params> for TopicRank {
    fn from(params: &Params) -> Self {
        Self {
            damping: params.number("damping"),
            threshold: params.number("threshold"),
            most_frequent: params.choice(PICK),
            candidates: Candidates::in_profile(params, true),
        }
    }
}

impl CandidateScorer for TopicRank {
    fn candidates(&self, document: &Document, _: &CorpusView) -> ScoredPhrases {
        let words = self.candidates.words(document);
        let found = self.candidates.of(document, &words);
        let is_pkes = self.candidates.are_pkes();
        let topics = topics_of(&words, &found, self.threshold, is_pkes);
        let topic_of = topic_numbers(&topics, found.len());

        let occurrences = occurrences(&found, |candidate| topic_of[candidate]);
        let links = Closeness::of(topics.len(), &occurrences, |topic| topic);
        let ranks = match is_pkes {
            true => networkx_pagerank(&links, self.damping, None, 1e-6),
            false => pagerank(&links, self.damping),
        };

        let mut rank_of = vec![None; found.len()];
        for (members, rank) in topics.iter().zip(ranks) {
            rank_of[self.pick(&found, members)] = Some(rank);
        }

        let (candidates, scores) = found
            .into_iter()
            .zip(rank_of)
            .filter_map(|(candidate, rank)| Some((candidate, rank?)))
            .unzip();
        ScoredPhrases {
            candidates,
            scores,
            likeness: None,
        }
    }

    fn finder(&self) -> Option<&Candidates> {
        Some(&self.candidates)
    }
}

impl TopicRank {
    /// Returns the index of the candidate that represents a topic, whose members are `members`.
    /// Candidates are in order of first occurrence.
    fn pick(&self, found: &[Candidate], members: &[usize]) -> usize {
        let frequency = |&member: &usize| match self.most_frequent {
            true => found[member].occurrences.len(),
            false => 0,
        };
        let most = members.iter().map(frequency).max();
        let first = members
            .iter()
            .filter(|it| Some(frequency(it)) == most)
            .min();
        first.copied().unwrap_or(0)
    }
}

/// Clusters candidates to topics. Each topic has the indices of its candidates in order of
/// occurrence.
pub(super) fn topics_of(
    words: &Words<'_>,
    found: &[Candidate],
    threshold: f64,
    is_pkes: bool,
) -> Vec<Vec<usize>> {
    // the order in which candidates are clustered decides ties
    let mut order: Vec<usize> = (0..found.len()).collect();
    if is_pkes {
        order.sort_by_cached_key(|&at| {
            words
                .tokens_of(&found[at].first)
                .map(|token| words.form(token))
                .collect::<Vec<_>>()
                .join(" ")
        });
    }

    let forms: Vec<Vec<u32>> = order
        .iter()
        .map(|&at| {
            words
                .ids_of(&found[at].first)
                .map(|word| word as u32)
                .collect()
        })
        .collect();
    let mut groups = match is_pkes {
        true => topics_as_pkes(&forms, threshold),
        false => topics(&forms, threshold),
    };

    // from positions in `order` back to indices of candidates
    for group in &mut groups {
        for member in group.iter_mut() {
            *member = order[*member];
        }
        group.sort_unstable();
    }
    groups
}

/// Returns all occurrences of candidates in the order of the text: their tokens, and the node
/// that `node` maps their candidate to.
pub(super) fn occurrences(
    found: &[Candidate],
    node: impl Fn(usize) -> u32,
) -> Vec<(Range<usize>, u32)> {
    let mut all: Vec<(Range<usize>, u32)> = Vec::new();
    for (at, candidate) in found.iter().enumerate() {
        all.extend(
            candidate
                .occurrences
                .iter()
                .map(|tokens| (tokens.clone(), node(at))),
        );
    }
    all.sort_unstable_by_key(|(tokens, node)| (tokens.start, tokens.end, *node));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::english;

    fn extracted(most_frequent: bool, text: &str) -> Vec<(String, f64)> {
        let candidates = Candidates::runs(3);
        let extractor = TopicRank {
            damping: 0.85,
            threshold: 0.74,
            most_frequent,
            candidates,
        };
        let found = extractor.extract(&english(text), &CorpusView::none(), 9);
        found.into_iter().map(|it| (it.text, it.score)).collect()
    }

    #[test]
    fn a_topic_has_one_phrase() {
        let text = "Old bridges. Bridges. Bridges. Whales.";
        let texts = |frequent| -> Vec<String> {
            extracted(frequent, text)
                .into_iter()
                .map(|it| it.0)
                .collect()
        };
        assert_eq!(texts(false), ["Old bridges", "Whales"]);
        assert_eq!(texts(true), ["Bridges", "Whales"]);
    }

    #[test]
    fn two_topics_are_equal_and_the_one_in_the_middle_of_three_leads() {
        assert_eq!(
            extracted(false, "Whales. Ships."),
            [("Whales".into(), 0.5), ("Ships".into(), 0.5)]
        );
        assert_eq!(extracted(false, "Whales. Ships. Rivers.")[0].0, "Ships");
    }

    #[test]
    fn one_candidate_and_none_are_fine() {
        assert_eq!(extracted(false, "Whales."), [("Whales".into(), 1.0)]);
        assert_eq!(extracted(false, ""), []);
    }
}
