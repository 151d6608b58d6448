//! KP-Miner: frequent early phrases, with a boost for those of several words.

use epitome_base::spec::{Entry, Parameter, ParameterKind, Params};
use epitome_text::{AnalysisNeeds, CorpusNeeds, CorpusView, Document};

use super::{
    candidates::{
        Candidate, Candidates, PROFILE_OF_5_GRAMS, STOP_WORDS, with_candidates,
    },
    extractor::{CandidateScorer, KeywordExtractor},
    frequencies::{self, phrase_idf},
    keyphrase::ScoredPhrases,
    words::Words,
};

pub(super) const ENTRY: Entry<dyn KeywordExtractor> = Entry {
    name: "kp-miner",
    about: "tf-idf of phrases that occur often and early, with a boost for several words",
    source: "El-Beltagy & Rafea (2010), KP-Miner: participation in SemEval-2, SemEval",
    parameters: &of_ngrams(with_candidates::<6, 14>([
        Parameter {
            name: "least-frequency",
            kind: ParameterKind::Integer(1, 1000),
            default: "3",
            about: "minimum number of occurrences; phrases that occur less often are left out",
        },
        Parameter {
            name: "cutoff",
            kind: ParameterKind::Integer(0, 1_000_000_000),
            default: "400",
            about: "position in tokens; phrases that first occur after it are left out",
        },
        Parameter {
            name: "alpha",
            kind: ParameterKind::Number(0.01, 1000.0),
            default: "2.3",
            about: "divisor of the boost of phrases of several words",
        },
        Parameter {
            name: "sigma",
            kind: ParameterKind::Number(0.0, 1000.0),
            default: "3",
            about: "maximum of the boost of phrases of several words",
        },
        PROFILE_OF_5_GRAMS,
        STOP_WORDS,
    ])),
    build: |params| Box::new(KpMiner::from(params)),
};

/// Sets the default of `candidates` to `ngrams`, as in the paper.
const fn of_ngrams(mut parameters: [Parameter; 14]) -> [Parameter; 14] {
    // the six parameters of its own, then `candidates` as the first of those of candidates
    parameters[6].default = "ngrams";
    parameters
}

/// KP-Miner: tf-idf of frequent early phrases, with a boost for those of several words.
///
/// ```text
/// score(c) = tf(c) · idf(c)               if c has one word
/// score(c) = tf(c) · B · log₂(1 + N)      if c has several: its df is taken to be 0
/// B = min(N_d / (α · P_d), σ)
/// ```
///
/// `N_d` is the number of occurrences of all candidates, `P_d` of those of several words, and `N`
/// the number of documents of the corpus. Only candidates count that occur at least
/// `least-frequency` times, the first time within `cutoff` tokens. Without a corpus, idf and
/// `log₂(1 + N)` are 1. `O(n log n)`.
///
/// El-Beltagy & Rafea (2010), with position factor 1, which they recommend for general use.
#[derive(Debug, Clone)]
pub struct KpMiner {
    /// Minimum number of occurrences; phrases that occur less often are left out.
    pub least_frequency: usize,
    /// Position in tokens; phrases that first occur after it are left out.
    pub cutoff: usize,
    /// α of the formula.
    pub alpha: f64,
    /// Maximum of the boost.
    pub sigma: f64,
    /// How the candidate phrases are found.
    pub candidates: Candidates,
}

default_of_entry!(KpMiner);

impl From<&Params> for KpMiner {
    fn from(params: &Params) -> Self {
        Self {
            least_frequency: params.integer("least-frequency") as usize,
            cutoff: params.integer("cutoff") as usize,
            alpha: params.number("alpha"),
            sigma: params.number("sigma"),
            candidates: Candidates::in_profile(params, true),
        }
    }
}

impl CandidateScorer for KpMiner {
    fn candidates(&self, document: &Document, corpus: &CorpusView) -> ScoredPhrases {
        let words = self.candidates.words(document);
        let mut found = self.candidates.of(document, &words);
        found.retain(|candidate| {
            candidate.occurrences.len() >= self.least_frequency
                && candidate.first.start <= self.cutoff
        });

        let boost = self.boost(&words, &found);
        let unseen = corpus
            .statistics()
            .map_or(1.0, |corpus| ((1 + corpus.documents()) as f64).log2());
        ScoredPhrases::by(found, |candidate| {
            let frequency = candidate.occurrences.len() as f64;
            match is_one_word(&words, candidate) {
                true => {
                    frequency
                        * phrase_idf(
                            document,
                            corpus,
                            &self.candidates,
                            &words,
                            candidate,
                        )
                }
                false => frequency * boost * unseen,
            }
        })
    }

    fn needs(&self) -> AnalysisNeeds {
        self.candidates.needs()
    }

    fn corpus_needs(&self) -> CorpusNeeds {
        CorpusNeeds {
            idf: true,
            ngrams: self.candidates.are_pkes(),
            ..CorpusNeeds::default()
        }
    }

    fn signature(&self, document: &Document, corpus: &CorpusView) -> String {
        self.candidates.signature(document) + frequencies::source(corpus)
    }
}

impl KpMiner {
    /// Returns the boost `B` of candidates of several words.
    fn boost(&self, words: &Words<'_>, found: &[Candidate]) -> f64 {
        let (mut all, mut several) = (0, 0);
        for candidate in found {
            all += candidate.occurrences.len();
            if !is_one_word(words, candidate) {
                several += candidate.occurrences.len();
            }
        }
        (all as f64 / (several.max(1) as f64 * self.alpha)).min(self.sigma)
    }
}

/// Returns whether a candidate has one word.
fn is_one_word(words: &Words<'_>, candidate: &Candidate) -> bool {
    words.tokens_of(&candidate.first).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keywords::testing::english;

    fn miner(least_frequency: usize, cutoff: usize) -> KpMiner {
        let candidates = Candidates::runs(3);
        KpMiner {
            least_frequency,
            cutoff,
            alpha: 2.0,
            sigma: 3.0,
            candidates,
        }
    }

    #[test]
    fn phrases_of_several_words_are_boosted() {
        let document = english("Whale song. Ships. Ships. Ships. Whale song.");
        let found = miner(2, 400).extract(&document, &CorpusView::none(), 9);
        // five occurrences, two of them of several words: 5 / (2 · 2)
        assert_eq!((found[0].text.as_str(), found[0].score), ("Ships", 3.0));
        assert_eq!(
            (found[1].text.as_str(), found[1].score),
            ("Whale song", 2.0 * 1.25)
        );
    }

    #[test]
    fn rare_and_late_phrases_are_left_out() {
        let document = english("Ships. Ships. River. Whales. Whales.");
        let texts: Vec<String> = miner(2, 5)
            .extract(&document, &CorpusView::none(), 9)
            .into_iter()
            .map(|it| it.text)
            .collect();
        assert_eq!(texts, ["Ships"]);
    }
}
