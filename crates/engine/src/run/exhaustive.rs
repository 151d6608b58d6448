//! The best of all subsets of sentences.

use epitome_systems::rank::{Budget, Summary};
use epitome_text::Document;

/// The subset within `budget` of the highest `value`, in document order; `greedy` where
/// none is better or where more than `limit` would have to be looked at.
///
/// A sentence of value 0 alone shares no word with a reference and cannot help; of equal
/// sentences the first is enough. What is left out changes no result, and is not counted.
pub(super) fn best_subset(
    document: &Document,
    budget: Budget,
    limit: u64,
    value: &mut impl FnMut(&[u32]) -> f64,
    mut greedy: Vec<u32>,
) -> Vec<u32> {
    let summary = Summary::with_likes(document, budget);
    let mut candidates: Vec<(u32, usize)> = Vec::new();
    for sentence in 0..document.sentences().len() as u32 {
        let text = |at: u32| document.sentence_text(at as usize);
        let repeats = candidates.iter().any(|&(other, _)| text(other) == text(sentence));
        if !repeats && summary.can_take(sentence) && value(&[sentence]) > 0.0 {
            candidates.push((sentence, summary.price(sentence)));
        }
    }
    let mut count = 0;
    let mut fits = |_: &[u32]| {
        count += 1;
        count <= limit
    };
    if !each_subset(&candidates, summary.left(), &mut Vec::new(), &mut fits) {
        return greedy;
    }
    greedy.sort_unstable();
    let mut highest = value(&greedy);
    let mut best = greedy;
    let mut look = |picks: &[u32]| {
        let value = value(picks);
        if value > highest {
            highest = value;
            best = picks.to_vec();
        }
        true
    };
    each_subset(&candidates, summary.left(), &mut Vec::new(), &mut look);
    best
}

/// Shows every subset that is not empty and costs at most `left` to `see`, until it says
/// no; whether it never did.
fn each_subset(
    candidates: &[(u32, usize)],
    left: usize,
    picks: &mut Vec<u32>,
    see: &mut impl FnMut(&[u32]) -> bool,
) -> bool {
    for (at, &(sentence, price)) in candidates.iter().enumerate() {
        if price > left {
            continue;
        }
        picks.push(sentence);
        let goes_on =
            see(picks) && each_subset(&candidates[at + 1..], left - price, picks, see);
        picks.pop();
        if !goes_on {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subset_that_can_be_paid_is_seen_once() {
        let mut seen = Vec::new();
        let all = each_subset(&[(0, 2), (3, 1), (5, 1)], 2, &mut Vec::new(), &mut |it| {
            seen.push(it.to_vec());
            true
        });
        assert!(all);
        assert_eq!(seen, [vec![0], vec![3], vec![3, 5], vec![5]]);
    }
}
