//! Greedy choice of sentences that computes gains again only if necessary.

use std::{cmp::Ordering, collections::BinaryHeap};

use epitome_text::Document;

use super::{Budget, Summary, selection::to_12_digits};

/// The value of a summary as a function of its sentences. It must be monotone and
/// submodular: the gain of a sentence never grows as others are added.
pub trait Objective {
    /// Returns how much a sentence would add to the value of the sentences that were
    /// added.
    fn gain(&mut self, sentence: u32) -> f64;

    /// Returns an upper bound on the gain of a sentence, for objectives in which a bound
    /// takes less work. Only called before anything is added.
    fn bound(&mut self, sentence: u32) -> f64 {
        self.gain(sentence)
    }

    /// Adds a sentence.
    fn add(&mut self, sentence: u32);
}

/// Repeatedly adds the sentence of the largest `gain / price^scaling` that fits, until
/// none has a gain. Returns the summary, or the single best sentence if that is worth
/// more.
///
/// Prices are in the unit of the budget; under one of sentences all are 1. The choice is
/// lazy: since gains never grow, one is computed again only if its old value is the
/// largest, and for the first time only if its bound is. Ties, to 12 digits, go to the
/// earlier sentence.
///
/// Lin & Bilmes (2010), *Multi-document summarization via budgeted maximization of
/// submodular functions*, NAACL, algorithm 1; lazy after Minoux (1978). With a `scaling`
/// of 1 the result is at least `(1 − 1/√e)` of the optimum.
pub fn lazy_greedy<'a>(
    objective: &mut impl Objective,
    document: &'a Document,
    budget: Budget,
    scaling: f64,
) -> Summary<'a> {
    let mut summary = Summary::new(document, budget);
    let prices: Vec<f64> = (0..document.sentences().len() as u32)
        .map(|sentence| (summary.price(sentence).max(1) as f64).powf(scaling))
        .collect();

    // 1e-9: a rounding error in a bound must not put it below the gain
    let mut bounds: Vec<Offer> = (0..prices.len() as u32)
        .filter(|&sentence| summary.can_take(sentence))
        .map(|at| Offer::new(objective.bound(at) * (1.0 + 1e-9), at, Offer::NEVER))
        .collect();

    let alone = if scaling == 0.0 {
        Offer::NONE
    } else {
        best(objective, &mut bounds)
    };

    let values = bounds.into_iter().map(|offer| Offer {
        value: to_12_digits(offer.value / prices[offer.sentence as usize]),
        ..offer
    });
    let mut heap: BinaryHeap<Offer> = values.collect();

    let mut worth = 0.0;
    while let Some(Offer {
        sentence,
        looked_at,
        ..
    }) = heap.pop()
    {
        if summary.is_full() {
            break;
        }
        if !summary.can_take(sentence) {
            continue;
        }

        let gain = objective.gain(sentence);
        // an offer of the present summary is the best: no bound or old gain is above it
        if looked_at != summary.picks().len() {
            let value = gain / prices[sentence as usize];
            heap.push(Offer::new(value, sentence, summary.picks().len()));
        } else if gain > 0.0 {
            worth += gain;
            summary.take(sentence);
            objective.add(sentence);
        } else {
            break;
        }
    }

    if alone.value > to_12_digits(worth) {
        summary = Summary::new(document, budget);
        summary.take(alone.sentence);
    }
    summary
}

/// Returns the sentence of the largest gain. The gains that are computed replace their
/// bounds.
fn best(objective: &mut impl Objective, bounds: &mut [Offer]) -> Offer {
    bounds.sort_unstable_by(|a, b| b.cmp(a));
    let mut best = Offer::NONE;
    for offer in bounds {
        if best.value > offer.value {
            break;
        }
        *offer = Offer::new(objective.gain(offer.sentence), offer.sentence, 0);
        best = best.max(*offer);
    }
    best
}

/// A sentence with its value when the summary had `looked_at` sentences.
#[derive(Clone, Copy, PartialEq)]
struct Offer {
    value: f64,
    sentence: u32,
    looked_at: usize,
}

impl Offer {
    /// The number of sentences of an offer whose value is a bound and not a gain.
    const NEVER: usize = usize::MAX;
    const NONE: Self = Self {
        value: f64::NEG_INFINITY,
        sentence: u32::MAX,
        looked_at: 0,
    };

    fn new(value: f64, sentence: u32, looked_at: usize) -> Self {
        Self {
            value: to_12_digits(value),
            sentence,
            looked_at,
        }
    }
}

impl Eq for Offer {}

impl Ord for Offer {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value
            .total_cmp(&other.value)
            .then(other.sentence.cmp(&self.sentence))
    }
}

impl PartialOrd for Offer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    /// How many different words of `of` are covered.
    struct Cover {
        of: Vec<Vec<usize>>,
        covered: [bool; 9],
    }

    impl Objective for Cover {
        fn gain(&mut self, sentence: u32) -> f64 {
            let new = |word: &&usize| !self.covered[**word];
            self.of[sentence as usize].iter().filter(new).count() as f64
        }

        fn add(&mut self, sentence: u32) {
            for &word in &self.of[sentence as usize] {
                self.covered[word] = true;
            }
        }
    }

    fn picks(of: &[&[usize]], text: &str, budget: Budget, scaling: f64) -> Vec<u32> {
        let of = of.iter().map(|words| words.to_vec()).collect();
        let mut objective = Cover {
            of,
            covered: [false; 9],
        };
        let document = lines(text);
        lazy_greedy(&mut objective, &document, budget, scaling)
            .picks()
            .to_vec()
    }

    #[test]
    fn what_is_covered_gains_no_more() {
        let of: [&[usize]; 4] = [&[0], &[0, 1, 2], &[1, 2], &[3]];
        let found = picks(&of, "a\nb\nc\nd\n", Budget::Sentences(3), 0.0);
        assert_eq!(found, [1, 3]);
    }

    #[test]
    fn gain_for_the_price_decides_but_not_against_one_that_is_worth_more() {
        let of: [&[usize]; 2] = [&[0], &[1, 2, 3]];
        let text = "short\none of four words\n";
        assert_eq!(picks(&of, text, Budget::Words(5), 1.0), [0, 1]);
        assert_eq!(picks(&of, text, Budget::Words(4), 1.0), [1]);
    }
}
