//! The n-grams of characters and words as chrF counts them, sorted for fast comparison.

/// The length of the longest n-gram that fits into a `u128`: 6 code points of 21 bits.
pub(super) const LONGEST: usize = 6;

/// The n-grams of a text: one sorted list for each order, starting with order 1.
#[derive(Debug, Clone, Default)]
pub(super) struct SortedNgrams(Vec<Vec<u128>>);

/// The numbers of n-grams of one order that a candidate and a reference have and share.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Order {
    pub(super) candidate: f64,
    pub(super) reference: f64,
    pub(super) shared: f64,
}

impl SortedNgrams {
    /// Returns the n-grams of orders 1 to `longest` of tokens that are numbers below 2²¹.
    pub(super) fn of(tokens: &[u32], longest: usize) -> Self {
        let orders = (1..=longest.min(LONGEST)).map(|n| {
            let mut ngrams: Vec<u128> = tokens.windows(n).map(packed).collect();
            ngrams.sort_unstable();
            ngrams
        });
        Self(orders.collect())
    }

    /// Returns for each order how many n-grams this candidate has, the reference has, and
    /// both share.
    ///
    /// Quirk of sacreBLEU: n-grams of the candidate are counted only if the reference has
    /// at least one n-gram of that order.
    pub(super) fn against(&self, reference: &Self) -> impl Iterator<Item = Order> {
        self.0
            .iter()
            .zip(&reference.0)
            .map(|(candidate, reference)| Order {
                candidate: if reference.is_empty() {
                    0.0
                } else {
                    candidate.len() as f64
                },
                reference: reference.len() as f64,
                shared: shared(candidate, reference) as f64,
            })
    }
}

/// Returns an n-gram as one number, 21 bits for each of its tokens.
fn packed(ngram: &[u32]) -> u128 {
    ngram
        .iter()
        .fold(0, |packed, &token| packed << 21 | u128::from(token))
}

/// Returns the size of the multiset intersection of two sorted lists.
fn shared(a: &[u128], b: &[u128]) -> usize {
    let (mut at_a, mut at_b, mut shared) = (0, 0, 0);
    while at_a < a.len() && at_b < b.len() {
        let (x, y) = (a[at_a], b[at_b]);
        shared += usize::from(x == y);
        at_a += usize::from(x <= y);
        at_b += usize::from(y <= x);
    }
    shared
}

/// Returns the F-score of the mean precision and the mean recall over the orders that
/// both texts have, with recall weighted `beta²` times as much as precision.
pub(super) fn mean_f(orders: impl Iterator<Item = Order>, beta: f64) -> f64 {
    let (mut precision, mut recall, mut counted) = (0.0, 0.0, 0.0_f64);
    for order in orders.filter(|order| order.candidate > 0.0 && order.reference > 0.0) {
        precision += order.shared / order.candidate;
        recall += order.shared / order.reference;
        counted += 1.0;
    }
    precision /= counted.max(1.0);
    recall /= counted.max(1.0);
    if precision + recall > 0.0 {
        let factor = beta * beta;
        (1.0 + factor) * precision * recall / (factor * precision + recall)
    } else {
        0.0
    }
}
