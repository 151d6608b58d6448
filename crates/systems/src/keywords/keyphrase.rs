//! What an extractor gives.

use crate::rank::best_first;
use epitome_base::spec::{Choice, Parameter, Params};
use epitome_text::{Document, Span};

use super::{
    candidates::{Candidate, Candidates},
    likeness::Likeness,
    words::Words,
};

/// A phrase with its score.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyphrase {
    /// As it stands at its first occurrence, white space runs as one space.
    pub text: String,
    /// Higher is better; comparable within one document only.
    pub score: f64,
    /// Every place where it stands in [`Document::full_text`], in whichever form of its
    /// words, the first first.
    pub occurrences: Vec<Span>,
}

/// Candidates in order of first occurrence, their scores beside them.
pub struct ScoredPhrases {
    pub(super) candidates: Vec<Candidate>,
    pub(super) scores: Vec<f64>,
    /// A phrase is passed over that is more like a better one than this, if anything.
    pub(super) likeness: Option<f64>,
}

/// What the weights of a phrase's words make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Together {
    /// Their sum.
    Sum,
    /// Their mean.
    Mean,
    /// The sum over the number of words and one, which favours the longer of two phrases
    /// of the same mean.
    MeanOfOneMore,
}

const TOGETHER: &Choice<Together, 3> = &Choice::new(
    "phrase",
    [
        ("mean", Together::Mean),
        ("mean-of-one-more", Together::MeanOfOneMore),
        ("sum", Together::Sum),
    ],
    "what the weights of a phrase's words make: their mean, their sum over the number of words and one, or their sum",
);

impl Together {
    /// The parameter that chooses it.
    pub(super) const PARAMETER: Parameter = TOGETHER.parameter();

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

impl From<&Params> for Together {
    fn from(params: &Params) -> Self {
        params.choice(TOGETHER)
    }
}

impl ScoredPhrases {
    /// Candidates of one document with their scores, higher being better.
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

    /// The same, but a phrase is passed over whose Levenshtein ratio to a better one is above
    /// `likeness`.
    #[must_use]
    pub fn passing_over(self, likeness: f64) -> Self {
        Self {
            likeness: Some(likeness),
            ..self
        }
    }

    /// The candidates of `document` with the sums of their words' weights; `weights`
    /// gives one for each number of a word.
    pub(super) fn by_words(
        document: &Document,
        candidates: &Candidates,
        weights: impl FnOnce(&Words<'_>) -> Vec<f64>,
    ) -> Self {
        Self::by_words_together(document, candidates, Together::Sum, weights)
    }

    /// The same with what their words' weights make `together`.
    pub(super) fn by_words_together(
        document: &Document,
        candidates: &Candidates,
        together: Together,
        weights: impl FnOnce(&Words<'_>) -> Vec<f64>,
    ) -> Self {
        let words = candidates.words(document);
        let found = candidates.of(document, &words);
        let weights = weights(&words);
        let of_words = |it: &Candidate| words.ids_of(&it.first).map(|word| weights[word]);
        Self::by(found, |it| together.of(of_words(it)))
    }

    /// Adds 1e-8 times the offset of the first occurrence, as pke does to break ties.
    pub(super) fn add_offsets(&mut self) {
        for (score, candidate) in self.scores.iter_mut().zip(&self.candidates) {
            *score += candidate.first.start as f64 * 1e-8;
        }
    }

    /// The candidates with the score of each.
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

/// The `limit` best candidates; ties, to 12 significant digits, go to the earlier.
pub(super) fn best(
    document: &Document,
    scored: &ScoredPhrases,
    limit: usize,
) -> Vec<Keyphrase> {
    let phrase = |at: u32| Keyphrase {
        text: scored.candidates[at as usize].text(document),
        score: scored.scores[at as usize],
        occurrences: scored.candidates[at as usize].spans(document),
    };
    let order = best_first(&scored.scores).into_iter().map(phrase);
    let mut likeness = Likeness::above(scored.likeness);
    order
        .filter(|phrase| likeness.is_new(&phrase.text))
        .take(limit)
        .collect()
}
