//! KL-Sum: a summary whose words are distributed as those of the document.

mod sumy;

use std::{cmp::Ordering, collections::BinaryHeap};

use crate::rank::{Budget, Selection, Summary, Vectors};
use epitome_base::spec::{Entry, Parameter, ParameterKind, Params, Profiles};
use epitome_text::Document;

use super::{
    profiles::Build, profiles::paper_or_sumy, profiles::stop_words_of,
    summariser::Summariser,
};

const PROFILES: &Profiles<Build, 2> = &paper_or_sumy(
    |params| Box::new(KlSum::from(params)),
    |params| Box::new(sumy::KlSum::from(params)),
);

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "kl-sum",
    about: "sentences that minimise the divergence of the summary's words from the document's",
    source: "Haghighi & Vanderwende (2009), Exploring content models for multi-document summarization, NAACL",
    parameters: &[
        Parameter {
            name: "smoothing",
            kind: ParameterKind::Number(1e-9, 1e9),
            default: "0.01",
            about: "prior count of every word of the document in a summary",
        },
        PROFILES.parameter(),
        stop_words_of(&["sumy"]),
    ],
    build: |params| params.profile(PROFILES)(params),
};

/// KL-Sum: repeatedly adds the sentence that makes the divergence smallest.
///
/// ```text
/// KL(P‖Q) = Σ_w P(w) ln (P(w) / Q(w))        Q(w) = (c(w) + δ) / (L + δ V)
/// ```
///
/// `P` are the shares of content stems in the document, `c` their counts in the summary,
/// `L` the sum of these, `V` the number of different stems, `δ` is `smoothing`.
///
/// The gain of a sentence, `Σ P(w) ln (c(w) + δ)`, never grows as others are added, and
/// its length is known: sentences wait in one heap for each length, and few gains are
/// computed again. `O(tokens)` at the beginning.
///
/// Haghighi & Vanderwende (2009), section 3. Left open there: the smoothing, and that
/// sentences are added until none fits, even if the divergence grows. Sentences without
/// content words come last, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct KlSum {
    /// The count that every word of the document has in a summary beforehand, δ.
    pub smoothing: f64,
}

default_of_entry!(KlSum);

impl From<&Params> for KlSum {
    fn from(params: &Params) -> Self {
        Self {
            smoothing: params.number("smoothing"),
        }
    }
}

impl Summariser for KlSum {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let counts = Vectors::counts(document);
        let mut state = State::new(&counts, self.smoothing);
        let mut waiting = Waiting::of(&state);
        let mut summary = Summary::new(document, budget);

        while !summary.is_full()
            && let Some(best) = waiting.best(&state, &summary)
        {
            summary.take(best);
            state.add(best as usize);
        }
        summary.finish()
    }
}

/// The words of the summary so far, with what depends on them.
struct State<'a> {
    counts: &'a Vectors,
    lengths: Vec<f64>,
    shares: Vec<f64>,
    smoothed: Vec<f64>,
    smoothed_length: f64,
    size: usize,
}

impl<'a> State<'a> {
    fn new(counts: &'a Vectors, smoothing: f64) -> Self {
        let lengths: Vec<f64> = counts
            .rows()
            .map(|row| row.map(|(_, count)| count).sum())
            .collect();
        let total = lengths.iter().sum::<f64>().max(1.0);
        let shares = counts.sum(&vec![1.0 / total; lengths.len()]);
        let vocabulary = shares.iter().filter(|&&share| share > 0.0).count();
        let smoothed = vec![smoothing; shares.len()];
        let smoothed_length = smoothing * vocabulary as f64;
        Self {
            counts,
            lengths,
            shares,
            smoothed,
            smoothed_length,
            size: 0,
        }
    }

    /// Returns what a sentence adds to `Σ P(w) ln (c(w) + δ)`. It never grows as
    /// sentences are added.
    fn gain(&self, sentence: usize) -> f64 {
        self.counts
            .row(sentence)
            .map(|(term, count)| {
                self.shares[term] * (count / self.smoothed[term]).ln_1p()
            })
            .sum()
    }

    /// Returns the decrease of the divergence by a sentence of `length` words and `gain`.
    fn fall(&self, gain: f64, length: f64) -> f64 {
        gain - (length / self.smoothed_length).ln_1p()
    }

    fn add(&mut self, sentence: usize) {
        for (term, count) in self.counts.row(sentence) {
            self.smoothed[term] += count;
        }
        self.smoothed_length += self.lengths[sentence];
        self.size += 1;
    }
}

/// The sentences that were not taken yet, in one heap for each length.
struct Waiting {
    heaps: Vec<(f64, BinaryHeap<Offer>)>,
}

impl Waiting {
    fn of(state: &State<'_>) -> Self {
        let mut lengths: Vec<f64> = state
            .lengths
            .iter()
            .copied()
            .filter(|&length| length > 0.0)
            .collect();
        lengths.sort_unstable_by(f64::total_cmp);
        lengths.dedup();

        let mut heaps: Vec<_> = lengths
            .iter()
            .map(|&length| (length, BinaryHeap::new()))
            .collect();

        for (sentence, length) in state.lengths.iter().enumerate() {
            if *length > 0.0 {
                let class = lengths.partition_point(|known| known < length);
                let gain = state.gain(sentence);
                heaps[class].1.push(Offer {
                    gain,
                    sentence: sentence as u32,
                    looked_at: 0,
                });
            }
        }
        Self { heaps }
    }

    /// Returns the sentence that decreases the divergence most. Ties, to 1e-12, go to the
    /// earlier sentence.
    fn best(&mut self, state: &State<'_>, summary: &Summary<'_>) -> Option<u32> {
        let mut best: Option<(f64, u32)> = None;
        for (length, heap) in &mut self.heaps {
            // of one length the largest gain is the largest decrease, and an old gain is
            // a bound
            while let Some(offer) = heap.peek() {
                let bound = state.fall(offer.gain, *length);
                if best.is_some_and(|(fall, _)| bound < fall - 1e-12) {
                    break;
                }

                if !summary.can_take(offer.sentence) {
                    heap.pop();
                } else if offer.looked_at < state.size {
                    let sentence = offer.sentence;
                    heap.pop();
                    let gain = state.gain(sentence as usize);
                    heap.push(Offer {
                        gain,
                        sentence,
                        looked_at: state.size,
                    });
                } else {
                    let earlier = best.is_none_or(|(fall, sentence)| {
                        bound > fall + 1e-12 || offer.sentence < sentence
                    });
                    best = if earlier {
                        Some((bound, offer.sentence))
                    } else {
                        best
                    };
                    break;
                }
            }
        }
        best.map(|(_, sentence)| sentence)
    }
}

/// A sentence with its gain when the summary had `looked_at` sentences.
#[derive(PartialEq)]
struct Offer {
    gain: f64,
    sentence: u32,
    looked_at: usize,
}

impl Eq for Offer {}

impl Ord for Offer {
    fn cmp(&self, other: &Self) -> Ordering {
        self.gain
            .total_cmp(&other.gain)
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
    use proptest::prelude::*;

    fn picks(text: &str, budget: Budget) -> Vec<u32> {
        KlSum { smoothing: 0.01 }
            .summarise(&lines(text), budget)
            .picks
    }

    #[test]
    fn the_spread_of_words_is_kept() {
        // whales 4, ships 2: first the pair, then the word of which too little is there
        let text = "ships\nwhales\nwhales ships\nwhales whales\n";
        assert_eq!(picks(text, Budget::Sentences(2)), [2, 1]);
    }

    fn divergence(counts: &Vectors, chosen: &[u32]) -> f64 {
        let all = counts.sum(&vec![1.0; counts.len()]);
        let total: f64 = all.iter().sum();
        let mut factors = vec![0.0; counts.len()];
        for &at in chosen {
            factors[at as usize] = 1.0;
        }
        let summary = counts.sum(&factors);
        let length: f64 = summary.iter().sum();
        let words = || all.iter().zip(&summary).filter(|(all, _)| **all > 0.0);
        let smooth = length + 0.01 * words().count() as f64;
        let term = |(all, count): (&f64, &f64)| {
            all / total * (all / total / ((count + 0.01) / smooth)).ln()
        };
        words().map(term).sum()
    }

    proptest! {
        #[test]
        fn every_pick_is_the_best_there_is(
            sentences in prop::collection::vec(
                prop::collection::vec(prop::sample::select(vec!["whale", "ship", "sea", "salt"]), 1..6),
                1..9,
            ),
        ) {
            let text: Vec<String> = sentences.iter().map(|words| words.join(" ")).collect();
            let document = lines(&text.join("\n"));
            let counts = Vectors::counts(&document);
            let picks = KlSum { smoothing: 0.01 }.summarise(&document, Budget::Sentences(3)).picks;
            for size in 0..picks.len() {
                let with = |sentence| divergence(&counts, &[&picks[..size], &[sentence]].concat());
                let is_new = |&other: &u32| {
                    picks[..size].iter().all(|&pick| {
                        document.sentence_text(pick as usize) != document.sentence_text(other as usize)
                    })
                };
                for other in (0..counts.len() as u32).filter(is_new) {
                    prop_assert!(with(picks[size]) <= with(other) + 1e-9);
                }
            }
        }
    }
}
