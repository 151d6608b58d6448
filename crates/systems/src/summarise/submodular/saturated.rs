//! An upper bound on what a sentence covers.

use crate::rank::Vectors;

/// For each term, how much a weight of it covers if each sentence is covered up to its
/// cap:
///
/// ```text
/// Fₜ(x) = Σ_{i ∋ t} min(x · aᵢ(t), capᵢ)        Σᵢ min(Σₜ xₜ aᵢ(t), capᵢ) ≤ Σₜ Fₜ(xₜ)
/// ```
///
/// `Fₜ` bends at `capᵢ / aᵢ(t)`, from which on a sentence is covered completely: with
/// these values sorted and both parts added up from the left, `Fₜ` takes one binary
/// search. 24 bytes for each entry.
pub(super) struct Saturated {
    terms: Vec<Vec<Bend>>,
}

/// The weight from which on a sentence is covered completely, with the parts of `Fₜ` from
/// there to the next.
struct Bend {
    from: f64,
    /// The sum of the caps of the sentences that are covered completely.
    full: f64,
    /// The sum of the weights of the sentences that are not.
    open: f64,
}

impl Saturated {
    /// Returns the functions of all terms. Row `t` of `index` lists the sentences of term
    /// `t`.
    pub(super) fn new(index: &Vectors, caps: &[f64]) -> Self {
        let terms = (0..index.len()).map(|term| {
            let mut sentences: Vec<(f64, f64, f64)> = index
                .row(term)
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
        });
        Self {
            terms: terms.collect(),
        }
    }

    /// Returns `Fₜ(x)`.
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
