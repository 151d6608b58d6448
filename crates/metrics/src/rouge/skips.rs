//! Pairs of tokens with gaps between them, for ROUGE-S and ROUGE-SU.

use super::counts::Counts;

/// The number of tokens that may be between the two tokens of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Skip {
    UpTo(usize),
    Any,
}

impl Skip {
    /// Returns the number of pairs of a text with this number of tokens.
    pub(super) fn pairs(self, tokens: usize) -> usize {
        let all = tokens * tokens.saturating_sub(1) / 2;
        match self {
            // the tokens `reach` or more before the end have `reach` pairs each
            Self::UpTo(skip) if skip + 1 < tokens => {
                let reach = skip + 1;
                reach * (tokens - reach) + reach * (reach - 1) / 2
            }
            Self::UpTo(_) | Self::Any => all,
        }
    }
}

/// A reference with scratch space for counting shared pairs. Pairs are counted separately
/// for each first token, so that the space depends on the number of types and not of
/// pairs.
pub struct Skips<'a> {
    tokens: &'a [u32],
    skip: Skip,
    singles: Counts,
    left_of_singles: Counts,
    here: Seconds,
    there: Seconds,
}

impl<'a> Skips<'a> {
    pub(super) fn of(tokens: &'a [u32], singles: &[u32], skip: Skip) -> Self {
        let types = Counts::of(tokens).types();
        Self {
            tokens,
            skip,
            singles: Counts::of(singles),
            left_of_singles: Counts::default(),
            here: Seconds::of(tokens, types),
            there: Seconds::of(&[], types),
        }
    }

    pub(super) fn tokens(&self) -> &'a [u32] {
        self.tokens
    }

    /// Returns `Σ_u min(count of u in the candidate, count of u here)` over pairs and
    /// single words.
    pub(super) fn shared(&mut self, candidate: &[u32], singles: &[u32]) -> usize {
        self.left_of_singles.copy(&self.singles);
        let left = &mut self.left_of_singles;
        let mut shared = singles.iter().filter(|&&token| left.take(token)).count();
        self.there.place(candidate);
        for first in 0..self.here.types() {
            if self.there.has(first) {
                self.here.count(self.tokens, first, self.skip);
                self.there.count(candidate, first, self.skip);
                shared += self.here.shared(&self.there);
            }
        }
        shared
    }
}

/// The counts of the second tokens of all pairs with the same first token.
struct Seconds {
    /// The index in `places` at which the places of each token begin.
    starts: Vec<usize>,
    places: Vec<usize>,
    counts: Vec<u32>,
    /// The tokens whose count is not 0.
    counted: Vec<u32>,
}

impl Seconds {
    fn of(tokens: &[u32], types: usize) -> Self {
        let mut seconds = Self {
            starts: vec![0; types + 1],
            places: Vec::new(),
            counts: vec![0; types],
            counted: Vec::new(),
        };
        seconds.place(tokens);
        seconds
    }

    fn types(&self) -> usize {
        self.counts.len()
    }

    fn has(&self, token: usize) -> bool {
        self.starts[token] < self.starts[token + 1]
    }

    /// Groups the places of `tokens` by token.
    fn place(&mut self, tokens: &[u32]) {
        let types = self.types();
        let known = || {
            tokens
                .iter()
                .enumerate()
                .filter(|(_, token)| (**token as usize) < types)
        };

        // a counting sort: `starts` first has the count of each token one index later, then
        // the sums of all counts before
        self.starts.fill(0);
        for (_, &token) in known() {
            self.starts[token as usize + 1] += 1;
        }
        for at in 0..types {
            self.starts[at + 1] += self.starts[at];
        }

        let mut next = self.starts.clone();
        self.places.clear();
        self.places.resize(self.starts[types], 0);
        for (at, &token) in known() {
            self.places[next[token as usize]] = at;
            next[token as usize] += 1;
        }
    }

    /// Counts the tokens that follow `first`, at most `skip` tokens apart.
    fn count(&mut self, tokens: &[u32], first: usize, skip: Skip) {
        for &token in &self.counted {
            self.counts[token as usize] = 0;
        }
        self.counted.clear();

        let places = self.starts[first]..self.starts[first + 1];
        match skip {
            Skip::UpTo(skip) => {
                for at in places {
                    let place = self.places[at];
                    // the pair's second token is at most `skip + 1` places after the
                    // first
                    let end = tokens.len().min(place + skip + 2);
                    for &token in &tokens[place + 1..end] {
                        self.add(token, 1);
                    }
                }
            }
            Skip::Any => {
                let Some(&start) = self.places.get(places.start) else {
                    return;
                };
                let mut firsts = 0;
                for &token in &tokens[start..] {
                    self.add(token, firsts);
                    firsts += u32::from(token as usize == first);
                }
            }
        }
    }

    /// Adds to the count of a token, unless the reference does not contain the token.
    fn add(&mut self, token: u32, by: u32) {
        if let Some(count) = self.counts.get_mut(token as usize).filter(|_| by > 0) {
            if *count == 0 {
                self.counted.push(token);
            }
            *count += by;
        }
    }

    /// Returns the size of the multiset intersection of both counts.
    fn shared(&self, other: &Self) -> usize {
        self.counted
            .iter()
            .map(|&token| self.counts[token as usize].min(other.counts[token as usize]))
            .map(|count| count as usize)
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(tokens: &[u32], skip: Skip) -> Vec<(u32, u32)> {
        let reach = match skip {
            Skip::UpTo(skip) => skip + 1,
            Skip::Any => tokens.len(),
        };
        let after = |at: usize| tokens.iter().skip(at + 1).take(reach);
        let from = |(at, &token)| after(at).map(move |&second| (token, second));
        tokens.iter().enumerate().flat_map(from).collect()
    }

    proptest! {
        #[test]
        fn counts_are_those_of_the_pairs(
            a in prop::collection::vec(0_u32..7, 0..40),
            b in prop::collection::vec(0_u32..5, 0..40),
            skip in prop_oneof![Just(Skip::Any), (0_usize..8).prop_map(Skip::UpTo)],
        ) {
            let mut left = pairs(&b, skip);
            prop_assert_eq!(skip.pairs(b.len()), left.len());
            let mut expected = 0;
            for pair in pairs(&a, skip) {
                if let Some(at) = left.iter().position(|known| *known == pair) {
                    left.swap_remove(at);
                    expected += 1;
                }
            }
            let mut skips = Skips::of(&b, &[], skip);
            prop_assert_eq!(skips.shared(&a, &[]), expected);
            prop_assert_eq!(skips.shared(&a, &[]), expected, "scratch space is clean");
        }
    }
}
