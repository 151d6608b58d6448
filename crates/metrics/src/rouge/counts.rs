//! How often each token occurs.

/// Counts by token number; tokens beyond have none.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts(Vec<u32>);

impl Counts {
    /// Those of `tokens`.
    pub(super) fn of(tokens: &[u32]) -> Self {
        let types = tokens
            .iter()
            .max()
            .map_or(0, |&highest| highest as usize + 1);
        let mut counts = Self(vec![0; types]);
        counts.add(tokens);
        counts
    }

    /// How many numbers there are counts for.
    pub(super) fn types(&self) -> usize {
        self.0.len()
    }

    /// Becomes a copy of `other`.
    pub(super) fn copy(&mut self, other: &Self) {
        self.0.clear();
        self.0.extend_from_slice(&other.0);
    }

    /// Becomes the counts of those `tokens` that `other` has counts for, each at most as
    /// high as there: what both share.
    pub(super) fn clip(&mut self, tokens: &[u32], other: &Self) {
        let types = other.types();
        self.0.clear();
        self.0.resize(types + 1, 0);
        // the last counts all others: half of the tokens are, so a branch would be a guess
        for &token in tokens {
            self.0[types.min(token as usize)] += 1;
        }
        self.0.truncate(types);
        for (count, &most) in self.0.iter_mut().zip(&other.0) {
            *count = (*count).min(most);
        }
    }

    /// The sum of all counts.
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

    /// Takes one off a count, if there is one.
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

/// What is left to count of a candidate and a reference: a token counts only as often
/// as both have it, in all sentences together.
#[derive(Debug, Clone)]
pub(super) struct Clip {
    reference: Counts,
    left: Counts,
}

impl Clip {
    /// For a reference.
    pub(super) fn of(reference: &[u32]) -> Self {
        Self {
            reference: Counts::of(reference),
            left: Counts::default(),
        }
    }

    /// Starts with all tokens of the reference and a candidate.
    pub(super) fn start(&mut self, candidate: &[u32]) {
        self.left.clip(candidate, &self.reference);
    }

    /// Takes a token from both, if both have it.
    pub(super) fn takes(&mut self, token: u32) -> bool {
        self.left.take(token)
    }
}
