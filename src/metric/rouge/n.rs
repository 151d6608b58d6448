//! ROUGE-N: n-grams that candidate and reference share.

use std::cmp::Ordering;

use crate::spec::{Entry, Params};

use super::{
    Measure, Metric, Score, Signature, Statistics, Task, Tokenisation, Tokens,
    rouge::{BestReference, PARAMETERS, Rouge, SOURCE},
};

pub(super) const ROUGE_1: Entry<dyn Metric> = Entry {
    name: "rouge-1",
    about: "words shared with a reference",
    source: SOURCE,
    parameters: PARAMETERS,
    build: |params| Box::new(RougeN::new("rouge-1", 1, params)),
};

pub(super) const ROUGE_2: Entry<dyn Metric> = Entry {
    name: "rouge-2",
    about: "pairs of adjacent words shared with a reference",
    source: SOURCE,
    parameters: PARAMETERS,
    build: |params| Box::new(RougeN::new("rouge-2", 2, params)),
};

/// ROUGE-N.
///
/// ```text
/// shared = Σ_g min(count of g in the candidate, count of g in the reference)
/// P = shared / n-grams of the candidate     R = shared / n-grams of the reference
/// ```
///
/// `g` runs over n-grams of the whole text: line ends are no borders. Several
/// references: the one with the highest F1. `O(m log m)` for `m` tokens.
///
/// Lin (2004); every number as rouge-score 0.1.2 computes it.
struct RougeN {
    name: &'static str,
    n: usize,
    rouge: Rouge,
}

impl RougeN {
    fn new(name: &'static str, n: usize, params: &Params) -> Self {
        Self { name, n, rouge: Rouge::from(params) }
    }
}

impl Metric for RougeN {
    fn task(&self) -> Task {
        Task::Summaries
    }

    fn tokenisation(&self) -> Tokenisation {
        self.rouge.tokenisation()
    }

    fn signature(&self) -> Signature {
        self.rouge.signature(self.name)
    }

    fn against<'a>(&'a self, references: &'a [Tokens]) -> Box<dyn Measure + 'a> {
        let references =
            references.iter().map(|reference| sorted_ngrams(reference, self.n));
        Box::new(BestReference::new(
            references.collect(),
            |reference: &Vec<&[u32]>, candidate| {
                let candidate = sorted_ngrams(candidate, self.n);
                Statistics {
                    shared: shared(reference, &candidate) as f64,
                    candidate: candidate.len() as f64,
                    reference: reference.len() as f64,
                }
            },
        ))
    }

    fn score(&self, statistics: &Statistics) -> Score {
        statistics.precision_recall_f1()
    }
}

fn sorted_ngrams(tokens: &Tokens, n: usize) -> Vec<&[u32]> {
    let mut ngrams: Vec<&[u32]> = tokens.ids().windows(n).collect();
    ngrams.sort_unstable();
    ngrams
}

/// The size of the multiset intersection of two sorted lists.
fn shared(a: &[&[u32]], b: &[&[u32]]) -> usize {
    let (mut at_a, mut at_b, mut shared) = (0, 0, 0);
    while at_a < a.len() && at_b < b.len() {
        match a[at_a].cmp(b[at_b]) {
            Ordering::Less => at_a += 1,
            Ordering::Greater => at_b += 1,
            Ordering::Equal => {
                shared += 1;
                at_a += 1;
                at_b += 1;
            }
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metric::rouge::tests::score;

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
        assert_eq!((found.precision, found.recall), (Some(1.0), Some(2.0 / 3.0)));
    }

    #[test]
    fn nothing_shared_is_zero_not_nan() {
        for (candidate, reference) in
            [("", ""), ("a", ""), ("", "a"), ("…", "a"), ("a", "b")]
        {
            assert_eq!(score(ROUGE_2, candidate, &[reference]).value, 0.0);
        }
    }
}
