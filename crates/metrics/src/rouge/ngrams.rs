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

impl Level {
    fn of(mut pairs: Vec<u64>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let beginnings = pairs.last().map_or(0, |&pair| (pair >> 32) as usize + 1);
        let mut starts = vec![0; beginnings + 1];
        let mut bits = vec![0; beginnings];
        for &pair in &pairs {
            let beginning = (pair >> 32) as usize;
            starts[beginning + 1] += 1;
            bits[beginning] |= 1 << (pair % 64);
        }
        for at in 0..beginnings {
            starts[at + 1] += starts[at];
        }
        Self {
            starts,
            ends: pairs.into_iter().map(|pair| pair as u32).collect(),
            bits,
        }
    }

    fn number(&self, beginning: u32, end: u32) -> Option<u32> {
        let beginning = beginning as usize;
        if self.bits.get(beginning)? >> (end % 64) & 1 == 0 {
            return None;
        }
        let (first, last) = (self.starts[beginning], self.starts[beginning + 1]);
        let ends = &self.ends[first as usize..last as usize];
        let at = ends.binary_search(&end).ok()?;
        Some(first + at as u32)
    }
}

impl Ngrams {
    /// Returns the `n`-grams of `tokens`; `n` must be at least 1.
    pub(super) fn of(tokens: &[u32], n: usize) -> Self {
        let mut levels = Vec::with_capacity(n - 1);
        let mut numbers = tokens.to_vec();
        for order in 2..=n {
            let ends = tokens.iter().skip(order - 1);
            let pairs = || numbers.iter().zip(ends.clone());
            let packed =
                pairs().map(|(&start, &end)| u64::from(start) << 32 | u64::from(end));
            let level = Level::of(packed.collect());
            numbers = pairs()
                .filter_map(|(&start, &end)| level.number(start, end))
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
