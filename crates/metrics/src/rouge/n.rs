//! ROUGE-N: the n-grams that candidate and reference share.

use crate::{Tokens, metric::Metric, statistics::Matches};
use epitome_base::spec::Entry;

use super::{
    metric::{Rouge, Units},
    ngrams::{Ngrams, total},
    parameters::{PARAMETERS, PROFILE, RougeSettings, SOURCE},
};

macro_rules! rouge {
    ($name:literal, $n:literal, $about:literal) => {
        Entry {
            name: $name,
            about: $about,
            source: SOURCE,
            parameters: PARAMETERS,
            build: |params| {
                let settings = RougeSettings::of(params, params.choice(PROFILE));
                Box::new(Rouge::new($name, N($n), settings))
            },
        }
    };
}

/// The entries of ROUGE-1 to ROUGE-9.
pub(crate) const ROUGE_N: [Entry<dyn Metric>; 9] = [
    rouge!("rouge-1", 1, "words shared with a reference"),
    rouge!(
        "rouge-2",
        2,
        "pairs of adjacent words shared with a reference"
    ),
    rouge!("rouge-3", 3, "3 adjacent words shared with a reference"),
    rouge!("rouge-4", 4, "4 adjacent words shared with a reference"),
    rouge!("rouge-5", 5, "5 adjacent words shared with a reference"),
    rouge!("rouge-6", 6, "6 adjacent words shared with a reference"),
    rouge!("rouge-7", 7, "7 adjacent words shared with a reference"),
    rouge!("rouge-8", 8, "8 adjacent words shared with a reference"),
    rouge!("rouge-9", 9, "9 adjacent words shared with a reference"),
];

/// ROUGE-N: the overlap of n-grams.
///
/// ```text
/// shared = Σ_g min(count of g in the candidate, count of g in the reference)
/// P = shared / n-grams of the candidate     R = shared / n-grams of the reference
/// ```
///
/// `g` runs over the n-grams of the whole text, across line ends. The complexity is
/// `O(m · n · log r)` for `m` tokens of the candidate and `r` of the reference.
///
/// Lin (2004), section 2; N is from 1 to 9, as in both tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct N(usize);

impl Rouge<N> {
    /// Returns ROUGE-N as rouge-score computes it.
    ///
    /// # Panics
    /// Panics if `n` is not from 1 to 9.
    pub fn n(n: usize) -> Self {
        let entry = n.checked_sub(1).and_then(|at| ROUGE_N.get(at));
        let entry = entry.expect("ROUGE-N is of 1 to 9 adjacent words");
        Self::new(entry.name, N(n), RougeSettings::rouge_score())
    }
}

impl Units for N {
    type Reference<'a> = Ngrams;

    fn reference(&self, tokens: &Tokens) -> Ngrams {
        Ngrams::of(tokens.ids(), self.0)
    }

    fn count(&self, reference: &mut Ngrams, candidate: &Tokens) -> Option<Matches> {
        let shared = reference.shared(candidate.ids());
        Some(Matches::counts(
            shared,
            total(candidate.ids(), self.0),
            reference.len(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rouge::metric::tests::{score, score_with};

    const ROUGE_1: Entry<dyn Metric> = ROUGE_N[0];
    const ROUGE_2: Entry<dyn Metric> = ROUGE_N[1];

    #[test]
    fn repeated_words_match_only_as_often_as_both_have_them() {
        let found = score(ROUGE_1, "the the the the", &["the the the cat"]);
        assert_eq!(found.recall, Some(3.0 / 4.0));
    }

    #[test]
    fn line_ends_are_no_borders_of_ngrams() {
        let found = score(ROUGE_2, "a b\nc d", &["a b c d"]);
        assert_eq!(found.value, 1.0);
    }

    #[test]
    fn the_reference_with_the_highest_f1_counts() {
        let found = score(ROUGE_1, "a b", &["a x y z", "a b c", "q"]);
        assert_eq!(
            (found.precision, found.recall),
            (Some(1.0), Some(2.0 / 3.0))
        );
    }

    #[test]
    fn nothing_shared_is_zero_not_nan() {
        for (candidate, reference) in
            [("", ""), ("a", ""), ("", "a"), ("…", "a"), ("a", "b")]
        {
            assert_eq!(score(ROUGE_2, candidate, &[reference]).value, 0.0);
        }
    }

    #[test]
    fn any_script_counts_with_the_profile_unicode() {
        assert_eq!(score(ROUGE_1, "Москва", &["москва"]).value, 0.0);
        let found = score_with(ROUGE_1, "(profile=unicode)", "Москва", &["москва"]);
        assert_eq!(found.value, 1.0);
    }
}
