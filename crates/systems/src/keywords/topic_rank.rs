//! TopicRank: phrases that share words are one topic, and topics that stand close
//! recommend each other.

use std::ops::Range;

use crate::rank::{networkx_pagerank, pagerank};
use epitome_base::spec::{Choice, Entry, Parameter, ParameterKind, Params};
use epitome_text::Document;

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
    "the phrase of a topic that occurs first, or most often",
);

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "topic-rank",
    about: "PageRank over groups of phrases that share words; one phrase of each",
    source: "Bougouin, Boudin & Daille (2013), TopicRank: graph-based topic ranking for keyphrase extraction, IJCNLP",
    parameters: &with_candidates::<5, 11>([
        DAMPING,
        THRESHOLD,
        PICK.parameter(),
        PROFILE_OF_FILTERED,
        STOP_WORDS,
    ]),
    build: |params| Box::new(TopicRank::from(params)),
};

/// How unlike the phrases of a topic may be.
pub(super) const THRESHOLD: Parameter = Parameter {
    name: "threshold",
    kind: ParameterKind::Number(0.0, 1.0),
    default: "0.74",
    about: "phrases are one topic up to this average Jaccard distance",
};

/// TopicRank.
///
/// `topics` groups the candidates; `pagerank` runs over `Closeness` of the topics,
/// that is over the complete graph in texts of up to 10,000 words. One phrase of each
/// topic is given, with the topic's rank: the first to occur, or the most frequent.
/// `O(pairs)` with at most 4 million pairs, and as much a round.
///
/// Bougouin, Boudin & Daille (2013).
///
/// `profile=pke`: iterations end as networkx ends them with a tolerance of 1e-6; topics are
/// formed in the alphabetical order of stems, and of equal distances as scipy's linkage
/// takes them.
#[derive(Debug, Clone)]
pub struct TopicRank {
    /// The share of the walk that follows edges.
    pub damping: f64,
    /// The least value that counts; see the formula.
    pub threshold: f64,
    /// Whether the phrase of a topic that occurs most often stands for it, not the first.
    pub most_frequent: bool,
    /// The phrases that are weighed.
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
    fn candidates(&self, document: &Document) -> ScoredPhrases {
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
    /// The candidate that stands for a topic; candidates are in order of occurrence.
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

/// The topics of candidates, each in order of occurrence.
pub(super) fn topics_of(
    words: &Words<'_>,
    found: &[Candidate],
    threshold: f64,
    is_pkes: bool,
) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    if is_pkes {
        let form = |at: &usize| {
            let tokens = words.tokens_of(&found[*at].first);
            tokens
                .map(|token| words.form(token))
                .collect::<Vec<_>>()
                .join(" ")
        };
        order.sort_by_cached_key(form);
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
    for group in &mut groups {
        for member in group.iter_mut() {
            *member = order[*member];
        }
        group.sort_unstable();
    }
    groups
}

/// All occurrences of candidates in the order of the text, with the node of each.
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
        let found = extractor.extract(&english(text), 9);
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
