//! Counts of tokens, and the clipping of matches by counts.

/// The number of occurrences of each token, indexed by token number; tokens beyond the
/// end have none.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts(Vec<u32>);

impl Counts {
    /// Returns the counts of `tokens`.
    pub(super) fn of(tokens: &[u32]) -> Self {
        let types = tokens
            .iter()
            .max()
            .map_or(0, |&highest| highest as usize + 1);
        let mut counts = Self(vec![0; types]);
        counts.add(tokens);
        counts
    }

    /// Returns the number of token types that have a count, including counts of 0.
    pub(super) fn types(&self) -> usize {
        self.0.len()
    }

    /// Replaces these counts by a copy of `other`.
    pub(super) fn copy(&mut self, other: &Self) {
        self.0.clear();
        self.0.extend_from_slice(&other.0);
    }

    /// Replaces these counts by the counts of `tokens`, each at most as high as in
    /// `other`: the multiset intersection of both.
    pub(super) fn clip(&mut self, tokens: &[u32], other: &Self) {
        let types = other.types();
        self.0.clear();
        self.0.resize(types + 1, 0);
        // the last count is that of all other tokens: they are about half of the tokens, so
        // a branch would be mispredicted
        for &token in tokens {
            self.0[types.min(token as usize)] += 1;
        }
        self.0.truncate(types);
        for (count, &most) in self.0.iter_mut().zip(&other.0) {
            *count = (*count).min(most);
        }
    }

    /// Returns the sum of all counts.
    pub(super) fn sum(&self) -> usize {
        self.0.iter().map(|&count| count as usize).sum()
    }

    fn add(&mut self, tokens: &[u32]) {
        for &token in tokens {
            if let Some(count) = self.0.get_mut(token as usize) {
                *count += 1;
            }
        }
    }

    /// Lowers the count of a token by one and returns true, or returns false if it is 0.
    pub(super) fn take(&mut self, token: u32) -> bool {
        match self.0.get_mut(token as usize) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }
}

/// The tokens of a candidate and a reference that can still be matched: a token counts
/// only as often as both texts contain it, over all sentences together.
#[derive(Debug, Clone)]
pub(super) struct Clip {
    reference: Counts,
    left: Counts,
}

impl Clip {
    /// Returns the clipping for a reference; [`Self::start`] must be called for each
    /// candidate.
    pub(super) fn of(reference: &[u32]) -> Self {
        Self {
            reference: Counts::of(reference),
            left: Counts::default(),
        }
    }

    /// Starts again with all tokens of the reference and those of a candidate.
    pub(super) fn start(&mut self, candidate: &[u32]) {
        self.left.clip(candidate, &self.reference);
    }

    /// Uses up one occurrence of a token in both texts; returns false if one of them has
    /// none left.
    pub(super) fn takes(&mut self, token: u32) -> bool {
        self.left.take(token)
    }
}
