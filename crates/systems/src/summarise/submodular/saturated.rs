//! What a sentence covers at most.

use crate::rank::Vectors;

/// Term by term, how much a weight covers where each sentence is covered up to its cap:
///
/// ```text
/// Fₜ(x) = Σ_{i ∋ t} min(x · aᵢ(t), capᵢ)        Σᵢ min(Σₜ xₜ aᵢ(t), capᵢ) ≤ Σₜ Fₜ(xₜ)
/// ```
///
/// `Fₜ` bends where a sentence is full, at `capᵢ / aᵢ(t)`: with these sorted and both
/// parts added up from the left it is one search. 24 bytes an entry.
pub(super) struct Saturated {
    terms: Vec<Vec<Bend>>,
}

/// A sentence is full from this weight on.
struct Bend {
    from: f64,
    /// The caps of all up to here.
    full: f64,
    /// The weights in all after here.
    open: f64,
}

impl Saturated {
    /// `index` lists the sentences of each term.
    pub(super) fn new(index: &Vectors, caps: &[f64]) -> Self {
        let bends = |row: usize| {
            let mut sentences: Vec<(f64, f64, f64)> = index
                .row(row)
                .filter(|&(_, weight)| weight > 0.0)
                .map(|(at, weight)| (caps[at] / weight, caps[at], weight))
                .collect();
            sentences.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
            let (mut full, mut open) = (0.0, sentences.iter().map(|it| it.2).sum());
            let mut bends = vec![Bend {
                from: 0.0,
                full,
                open,
            }];
            for (from, cap, weight) in sentences {
                full += cap;
                open -= weight;
                bends.push(Bend { from, full, open });
            }
            bends
        };
        Self {
            terms: (0..index.len()).map(bends).collect(),
        }
    }

    /// `Fₜ(x)`.
    pub(super) fn covered(&self, term: usize, weight: f64) -> f64 {
        let bends = &self.terms[term];
        let after = bends.partition_point(|bend| bend.from <= weight);
        let bend = &bends[after.max(1) - 1];
        bend.full + weight * bend.open.max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_covered_up_to_its_cap() {
        let mut index = Vectors::empty(2);
        index.push_row([(0, 0.5), (1, 1.0)]);
        index.push_row([]);
        let saturated = Saturated::new(&index, &[0.4, 0.2]);
        // min(x/2, 0.4) + min(x, 0.2)
        assert!((saturated.covered(0, 0.1) - 0.15).abs() < 1e-15);
        assert!((saturated.covered(0, 0.5) - 0.45).abs() < 1e-15);
        assert!((saturated.covered(0, 1.0) - 0.6).abs() < 1e-15);
        assert_eq!(saturated.covered(1, 1.0), 0.0);
    }
}
