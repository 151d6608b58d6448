//! Maximal marginal relevance among candidates.

use crate::rank::best_first;

/// Picks at most `limit` of the candidates one after the other, each time the one of the
/// highest value. Returns them with their values; ties go to the earlier candidate.
///
/// ```text
/// value(c) = (1 − diversity) · relevance(c) − diversity · max_{p ∈ picks} likeness(c, p)
/// ```
///
/// The subtrahend is 0 for the first pick. With a `diversity` of 0 nothing is compared.
/// Carbonell & Goldstein (1998).
pub(super) fn picks(
    relevance: &[f64],
    diversity: f64,
    limit: usize,
    likeness: impl Fn(usize, usize) -> f64,
) -> Vec<(usize, f64)> {
    let value = |at: usize, nearest: Option<f64>| {
        let likeness = nearest.map_or(0.0, |nearest| diversity * nearest);
        (1.0 - diversity) * relevance[at] - likeness
    };
    if diversity == 0.0 {
        let order = best_first(relevance).into_iter().take(limit);
        return order
            .map(|at| (at as usize, relevance[at as usize]))
            .collect();
    }

    let mut nearest: Vec<Option<f64>> = vec![None; relevance.len()];
    let mut open: Vec<usize> = (0..relevance.len()).collect();
    let mut picks = Vec::new();
    while picks.len() < limit && !open.is_empty() {
        let values: Vec<f64> = open.iter().map(|&at| value(at, nearest[at])).collect();
        let best = best_first(&values)[0] as usize;
        let pick = open.remove(best);
        picks.push((pick, values[best]));

        for &at in &open {
            let like = likeness(at, pick);
            nearest[at] = Some(nearest[at].map_or(like, |known| known.max(like)));
        }
    }
    picks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Candidates 0 and 1 say the same.
    fn order(diversity: f64) -> Vec<usize> {
        let relevance = [0.9, 0.8, 0.5];
        let likeness = |a: usize, b: usize| if a + b == 1 { 1.0 } else { 0.0 };
        let picks = picks(&relevance, diversity, 9, likeness);
        picks.into_iter().map(|(at, _)| at).collect()
    }

    #[test]
    fn what_is_said_already_waits() {
        assert_eq!(order(0.0), [0, 1, 2]);
        assert_eq!(order(0.5), [0, 2, 1]);
    }

    #[test]
    fn the_limit_is_kept() {
        assert_eq!(picks(&[0.1, 0.2], 0.5, 1, |_, _| 0.0), [(1, 0.1)]);
        assert_eq!(picks(&[], 0.5, 1, |_, _| 0.0), []);
    }
}
