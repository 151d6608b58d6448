//! Keyphrases, and candidates with scores from which they are selected.

use crate::rank::best_first;
use epitome_base::spec::{Choice, Parameter, Params};
use epitome_text::{Document, Span};

use super::{
    candidates::{Candidate, Candidates},
    likeness::Likeness,
    words::Words,
};

/// A phrase that an extractor selected, with its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyphrase {
    /// The phrase as written at its first occurrence, with each run of white space as one space.
    pub text: String,
    /// Score; higher is better. Scores of different documents are not comparable.
    pub score: f64,
    /// All occurrences in [`Document::full_text`], in any inflection, in the order of the text.
    pub occurrences: Vec<Span>,
}

/// The candidates of a document in order of first occurrence, with their scores.
pub struct ScoredPhrases {
    pub(super) candidates: Vec<Candidate>,
    /// Score of each candidate; higher is better.
    pub(super) scores: Vec<f64>,
    /// Levenshtein ratio to a better phrase above which a phrase is left out; `None` if none
    /// is.
    pub(super) likeness: Option<f64>,
}

/// How the weights of the words of a phrase are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregation {
    /// The sum.
    Sum,
    /// The arithmetic mean.
    Mean,
    /// The sum divided by the number of words plus one; of two phrases with the same mean, the
    /// longer one has the higher score.
    MeanOfOneMore,
}

const AGGREGATION: &Choice<Aggregation, 3> = &Choice::new(
    "phrase",
    [
        ("mean", Aggregation::Mean),
        ("mean-of-one-more", Aggregation::MeanOfOneMore),
        ("sum", Aggregation::Sum),
    ],
    "score of a phrase, from the weights of its words: their mean, their sum divided by the number of words plus one, or their sum",
);

impl Aggregation {
    /// The parameter `phrase`, which chooses the aggregation.
    pub(super) const PARAMETER: Parameter = AGGREGATION.parameter();

    /// Combines the weights of the words of a phrase; 0 for no words.
    fn of(self, weights: impl Iterator<Item = f64>) -> f64 {
        let (mut sum, mut words) = (0.0, 0.0);
        for weight in weights {
            sum += weight;
            words += 1.0;
        }

        match self {
            Self::Sum => sum,
            Self::Mean => sum / f64::max(words, 1.0),
            Self::MeanOfOneMore => sum / (words + 1.0),
        }
    }
}

impl From<&Params> for Aggregation {
    fn from(params: &Params) -> Self {
        params.choice(AGGREGATION)
    }
}

impl ScoredPhrases {
    /// Returns candidates of one document, in any order, with their scores; a higher score is
    /// better.
    pub fn new(phrases: impl IntoIterator<Item = (Candidate, f64)>) -> Self {
        let mut phrases: Vec<(Candidate, f64)> = phrases.into_iter().collect();
        phrases.sort_by_key(|(candidate, _)| candidate.first.start);
        let (candidates, scores) = phrases.into_iter().unzip();
        Self {
            candidates,
            scores,
            likeness: None,
        }
    }

    /// Returns the same candidates, of which a phrase is left out if its Levenshtein ratio to a
    /// better one is above `likeness` (between 0 and 1).
    #[must_use]
    pub fn passing_over(self, likeness: f64) -> Self {
        Self {
            likeness: Some(likeness),
            ..self
        }
    }

    /// Scores the candidates of `document` by the sum of the weights of their words. `weights`
    /// returns one weight for each number of a word ([`Words::id`]).
    pub(super) fn by_words(
        document: &Document,
        candidates: &Candidates,
        weights: impl FnOnce(&Words<'_>) -> Vec<f64>,
    ) -> Self {
        Self::by_words_with(document, candidates, Aggregation::Sum, weights)
    }

    /// Scores the candidates of `document` by the weights of their words, combined by
    /// `aggregation`. `weights` returns one weight for each number of a word ([`Words::id`]).
    pub(super) fn by_words_with(
        document: &Document,
        candidates: &Candidates,
        aggregation: Aggregation,
        weights: impl FnOnce(&Words<'_>) -> Vec<f64>,
    ) -> Self {
        let words = candidates.words(document);
        let found = candidates.of(document, &words);
        let weights = weights(&words);

        Self::by(found, |candidate| {
            let ids = words.ids_of(&candidate.first);
            aggregation.of(ids.map(|word| weights[word]))
        })
    }

    /// Adds 1e-8 times the offset of the first occurrence in tokens to each score, as pke 2.0
    /// does to break ties.
    pub(super) fn add_offsets(&mut self) {
        for (score, candidate) in self.scores.iter_mut().zip(&self.candidates) {
            *score += candidate.first.start as f64 * 1e-8;
        }
    }

    /// Scores candidates one by one. They are in order of first occurrence.
    pub(super) fn by(
        candidates: Vec<Candidate>,
        score: impl Fn(&Candidate) -> f64,
    ) -> Self {
        let scores = candidates.iter().map(score).collect();
        Self {
            candidates,
            scores,
            likeness: None,
        }
    }
}

/// Returns the `limit` candidates with the highest scores as keyphrases, the best first. Scores
/// that agree in 12 significant digits are equal; of those, the first to occur is better.
pub(super) fn best(
    document: &Document,
    scored: &ScoredPhrases,
    limit: usize,
) -> Vec<Keyphrase> {
    let mut likeness = Likeness::above(scored.likeness);
    best_first(&scored.scores)
        .into_iter()
        .map(|at| {
            let candidate = &scored.candidates[at as usize];
            Keyphrase {
                text: candidate.text(document),
                score: scored.scores[at as usize],
                occurrences: candidate.spans(document),
            }
        })
        .filter(|phrase| likeness.is_new(&phrase.text))
        .take(limit)
        .collect()
}
