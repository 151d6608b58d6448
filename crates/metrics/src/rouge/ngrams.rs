//! The n-grams of a text as numbers, for counting the shared ones.

use super::counts::Counts;

/// The counts of the n-grams of one order in a text.
///
/// An n-gram is represented by a pair: the number of its first `n − 1` tokens among the
/// (n − 1)-grams of this text, and its last token; both fit into a `u64`. So every order
/// costs one search among the tokens that follow a beginning, which are mostly one or
/// two.
#[derive(Debug, Clone)]
pub struct Ngrams {
    /// The pairs of each order from 2 on.
    levels: Vec<Level>,
    counts: Counts,
    left: Counts,
    len: usize,
}

/// The different pairs of one order in sorted order; the index of a pair is its number.
#[derive(Debug, Clone)]
struct Level {
    /// The index in `ends` at which the last tokens of each beginning start.
    starts: Vec<u32>,
    ends: Vec<u32>,
    /// A bit for the number modulo 64 of each last token, per beginning. Most pairs of a
    /// candidate that do not occur here are rejected by it.
    bits: Vec<u64>,
}

/// The number of last tokens that are looked at one by one.
const FEW: usize = 8;

impl Level {
    /// Returns the different ones among the pairs of a beginning and a last token at the
    /// same index.
    fn of(beginnings: &[u32], last: &[u32]) -> Self {
        let pairs = || beginnings.iter().zip(last);
        let count = beginnings.iter().max();
        let count = count.map_or(0, |&highest| highest as usize + 1);

        // sorted by beginning, by counting: the ends of each beginning are side by side
        let mut next = vec![0_u32; count + 1];
        for &beginning in beginnings {
            next[beginning as usize + 1] += 1;
        }
        for at in 0..count {
            next[at + 1] += next[at];
        }
        let mut ends = vec![0; beginnings.len()];
        let mut bits = vec![0; count];
        for (&beginning, &end) in pairs() {
            let place = &mut next[beginning as usize];
            ends[*place as usize] = end;
            *place += 1;
            bits[beginning as usize] |= 1 << (end % 64);
        }

        // `next` is now where each beginning stops
        let mut starts = vec![0; count + 1];
        let (mut from, mut kept) = (0, 0);
        for (at, &to) in next[..count].iter().enumerate() {
            let to = to as usize;
            ends[from..to].sort_unstable();
            for place in from..to {
                if place == from || ends[place] != ends[place - 1] {
                    ends[kept] = ends[place];
                    kept += 1;
                }
            }
            starts[at + 1] = kept as u32;
            from = to;
        }
        ends.truncate(kept);

        Self { starts, ends, bits }
    }

    fn number(&self, beginning: u32, end: u32) -> Option<u32> {
        let beginning = beginning as usize;
        if self.bits.get(beginning)? >> (end % 64) & 1 == 0 {
            return None;
        }
        let (first, last) = (self.starts[beginning], self.starts[beginning + 1]);
        let ends = &self.ends[first as usize..last as usize];
        let at = match ends.len() {
            // a search by halves takes longer than a look at a few
            0..=FEW => ends.iter().position(|&known| known == end),
            _ => ends.binary_search(&end).ok(),
        };
        Some(first + at? as u32)
    }
}

impl Ngrams {
    /// Returns the `n`-grams of `tokens`; `n` must be at least 1.
    pub(super) fn of(tokens: &[u32], n: usize) -> Self {
        let mut levels = Vec::with_capacity(n - 1);
        let mut numbers = tokens.to_vec();
        for order in 2..=n {
            let last = tokens.get(order - 1..).unwrap_or_default();
            numbers.truncate(last.len());
            let level = Level::of(&numbers, last);
            let pairs = numbers.iter().zip(last);
            numbers = pairs
                .filter_map(|(&beginning, &end)| level.number(beginning, end))
                .collect();

            levels.push(level);
        }
        Self {
            levels,
            counts: Counts::of(&numbers),
            left: Counts::default(),
            len: total(tokens, n),
        }
    }

    /// Returns the number of n-grams of the text.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Returns the number of an n-gram, or `None` if this text does not contain it.
    fn number(&self, ngram: &[u32]) -> Option<u32> {
        let (&first, ends) = ngram.split_first()?;
        let mut levels = self.levels.iter().zip(ends);
        levels.try_fold(first, |so_far, (level, &end)| level.number(so_far, end))
    }

    /// Returns `Σ_g min(count of g in tokens, count of g here)`.
    pub(super) fn shared(&mut self, tokens: &[u32]) -> usize {
        let mut left = std::mem::take(&mut self.left);
        let n = self.levels.len() + 1;
        let shared = if n == 1 {
            left.clip(tokens, &self.counts);
            left.sum()
        } else {
            left.copy(&self.counts);
            let ngrams = tokens.windows(n).filter_map(|ngram| self.number(ngram));
            ngrams.filter(|&number| left.take(number)).count()
        };
        self.left = left;
        shared
    }
}

/// Returns the number of `n`-grams that `tokens` have.
pub(super) fn total(tokens: &[u32], n: usize) -> usize {
    (tokens.len() + 1).saturating_sub(n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn naive(a: &[u32], b: &[u32], n: usize) -> usize {
        let mut left: Vec<&[u32]> = b.windows(n).collect();
        let mut take = |ngram: &[u32]| {
            let at = left.iter().position(|known| *known == ngram)?;
            Some(left.swap_remove(at))
        };
        a.windows(n).filter(|ngram| take(ngram).is_some()).count()
    }

    proptest! {
        #[test]
        fn numbers_count_as_the_ngrams_do(
            a in prop::collection::vec(0_u32..4, 0..40),
            b in prop::collection::vec(0_u32..4, 0..40),
            n in 1_usize..6,
        ) {
            let mut ngrams = Ngrams::of(&b, n);
            prop_assert_eq!(ngrams.shared(&a), naive(&a, &b, n));
            prop_assert_eq!(ngrams.len(), b.windows(n).count());
            prop_assert_eq!(ngrams.shared(&b), ngrams.len());
        }
    }
}
