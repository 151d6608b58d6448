//! The n-grams of a text, as numbers.

use super::counts::Counts;

/// Counts of the n-grams of one order.
///
/// An n-gram is a pair: the number of its first `n − 1` tokens among the (n − 1)-grams
/// of this text, and its last token; both fit a `u64`. So every order costs one binary
/// search, and an n-gram whose beginning is not in the text costs none.
#[derive(Debug, Clone)]
pub(super) struct Ngrams {
    /// For each order from 2 on, the different pairs, sorted: their places are numbers.
    levels: Vec<Vec<u64>>,
    tokens: Counts,
    counts: Counts,
    left: Counts,
    len: usize,
}

impl Ngrams {
    /// The `n`-grams of `tokens`; `n` is at least 1.
    pub(super) fn of(tokens: &[u32], n: usize) -> Self {
        let mut levels = Vec::with_capacity(n - 1);
        let mut numbers = tokens.to_vec();
        for order in 2..=n {
            let ends = tokens.iter().skip(order - 1);
            let pairs: Vec<u64> =
                numbers.iter().zip(ends).map(|(&start, &end)| pair(start, end)).collect();
            let mut level = pairs.clone();
            level.sort_unstable();
            level.dedup();
            numbers.clear();
            numbers.extend(pairs.iter().filter_map(|&pair| number(&level, pair)));
            levels.push(level);
        }
        Self {
            levels,
            tokens: Counts::of(tokens),
            counts: Counts::of(&numbers),
            left: Counts::default(),
            len: total(tokens, n),
        }
    }

    /// How many n-grams the text has.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The number of the n-gram at the start of `tokens`, if this text has it.
    fn number(&self, tokens: &[u32]) -> Option<u32> {
        let mut so_far = *tokens.first()?;
        if !self.tokens.has(so_far) {
            return None;
        }
        for (level, &end) in self.levels.iter().zip(&tokens[1..]) {
            if !self.tokens.has(end) {
                return None;
            }
            so_far = number(level, pair(so_far, end))?;
        }
        Some(so_far)
    }

    /// `Σ_g min(count of g in tokens, count of g here)`.
    pub(super) fn shared(&mut self, tokens: &[u32]) -> usize {
        let mut left = std::mem::take(&mut self.left);
        left.copy(&self.counts);
        let n = self.levels.len() + 1;
        let ngrams = tokens.windows(n).filter_map(|ngram| self.number(ngram));
        let shared = ngrams.filter(|&number| left.take(number)).count();
        self.left = left;
        shared
    }
}

/// How many `n`-grams `tokens` have.
pub(super) fn total(tokens: &[u32], n: usize) -> usize {
    (tokens.len() + 1).saturating_sub(n)
}

fn pair(start: u32, end: u32) -> u64 {
    u64::from(start) << 32 | u64::from(end)
}

fn number(level: &[u64], pair: u64) -> Option<u32> {
    level.binary_search(&pair).ok().map(|at| at as u32)
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
