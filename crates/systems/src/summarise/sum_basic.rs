//! SumBasic: what the document contains often, once.

mod sumy;

use std::{cmp::Ordering, collections::BinaryHeap};

use crate::rank::{Budget, Selection, Summary, Vectors};
use epitome_base::spec::{Entry, Profiles};
use epitome_text::Document;

use super::{
    profiles::Build, profiles::paper_or_sumy, profiles::stop_words_of,
    summariser::Summariser,
};

const PROFILES: &Profiles<Build, 2> = &paper_or_sumy(
    |_| Box::new(SumBasic),
    |params| Box::new(sumy::SumBasic::from(params)),
);

pub(super) const ENTRY: Entry<dyn Summariser> = Entry {
    name: "sum-basic",
    about: "sentences of probable words; the probability of a selected word is squared",
    source: "Nenkova & Vanderwende (2005), The impact of frequency on summarization, MSR-TR-2005-101",
    parameters: &[PROFILES.parameter(), stop_words_of(&["sumy"])],
    build: |params| params.profile(PROFILES)(params),
};

/// SumBasic, a greedy choice by the probabilities of words.
///
/// ```text
/// 1. p(w) = occurrences of w in the document / content words
/// 2. of the sentences with the most probable word, take the one of the largest mean p
/// 3. p(w) ← p(w)² for its words; back to 2
/// ```
///
/// `w` are content stems; the mean is over a sentence's content words with repeats. Words
/// wait in a heap and sentences are found by an inverted index: `O(Σ n(w))` over the
/// words that decide.
///
/// Nenkova & Vanderwende (2005). Left open there: a sentence that does not fit the budget
/// is no candidate; of equally probable words the one that occurs first is used first;
/// sentences without content words come last, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SumBasic;

impl Summariser for SumBasic {
    fn summarise(&self, document: &Document, budget: Budget) -> Selection {
        let counts = Vectors::counts(document);
        let index = counts.transposed();
        let total: f64 = counts.rows().flatten().map(|(_, count)| count).sum();
        let mut p = counts.sum(&vec![1.0 / total.max(1.0); counts.len()]);

        let mut words: BinaryHeap<Word> = p
            .iter()
            .enumerate()
            .map(|(term, &p)| Word { p, term })
            .collect();

        let mut summary = Summary::new(document, budget);

        while !summary.is_full()
            && let Some(word) = words.pop()
        {
            // the probability of a word in the heap may be an old one, which is too large
            if word.p > p[word.term] {
                words.push(Word {
                    p: p[word.term],
                    ..word
                });
                continue;
            }

            let candidates = index.row(word.term).map(|(sentence, _)| sentence);
            if let Some(best) = best(candidates, &counts, &p, &summary) {
                summary.take(best as u32);
                counts.row(best).for_each(|(term, _)| p[term] *= p[term]);
                words.push(Word {
                    p: p[word.term],
                    ..word
                });
            }
        }
        summary.finish()
    }
}

/// Returns the candidate of the largest mean probability that can be taken.
fn best(
    candidates: impl Iterator<Item = usize>,
    counts: &Vectors,
    p: &[f64],
    summary: &Summary<'_>,
) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    for sentence in candidates.filter(|&s| summary.can_take(s as u32)) {
        let (mut sum, mut words) = (0.0, 0.0);
        for (term, count) in counts.row(sentence) {
            sum += count * p[term];
            words += count;
        }
        let mean = sum / words;
        // 1e-12: a rounding error must not put a sentence before an earlier one
        if best.is_none_or(|(value, _)| mean > value * (1.0 + 1e-12)) {
            best = Some((mean, sentence));
        }
    }
    best.map(|(_, sentence)| sentence)
}

/// A word with its probability when it was last computed.
#[derive(PartialEq)]
struct Word {
    p: f64,
    term: usize,
}

impl Eq for Word {}

impl Ord for Word {
    fn cmp(&self, other: &Self) -> Ordering {
        self.p.total_cmp(&other.p).then(other.term.cmp(&self.term))
    }
}

impl PartialOrd for Word {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rank::testing::lines;

    fn picks(text: &str, budget: Budget) -> Vec<u32> {
        SumBasic.summarise(&lines(text), budget).picks
    }

    #[test]
    fn a_word_that_was_used_makes_way() {
        // p: whales 3/8, sing 2/8, ships 2/8, sail 1/8; after the first pick whales has 9/64 and
        // sing 4/64, so ships (16/64) decides next
        let text = "whales sing\nwhales sing whales\nships sail\nships\n";
        assert_eq!(picks(text, Budget::Sentences(2)), [1, 3]);
    }

    #[test]
    fn what_has_no_content_comes_last() {
        assert_eq!(picks("of the\nwhales\n", Budget::Sentences(2)), [1, 0]);
    }
}
